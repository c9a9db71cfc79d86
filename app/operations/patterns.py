"""How a gate treats the gradient that arrives: the words of the lecture, one record each."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern in gradient flow.

    word stands beside the gate, title heads the section of the inspector, sentence explains it,
    program is the smallest program that shows it.
    """

    name: str
    title: str
    word: str
    sentence: str
    program: str

    def saying(self, sentence: str) -> Pattern:
        """The same pattern, explained in the words of one operation."""
        return replace(self, sentence=sentence)


DISTRIBUTOR = Pattern(
    "distributor",
    "Gradient distributor",
    "distributor",
    "Each input receives the upstream gradient unchanged.",
    "x = 1; y = 2; f = x + y",
)
SWITCHER = Pattern(
    "switcher",
    "Gradient switcher",
    "switcher",
    "Each input receives the upstream gradient times the other input's value.",
    "x = 2; y = 3; f = x * y",
)
ROUTER = Pattern(
    "router",
    "Gradient router",
    "router",
    "One input receives the whole gradient, or none does; the others receive 0.",
    "x = 2; y = 1; f = max(x, y)",
)
SCALER = Pattern(
    "scaler",
    "Gradient scaler",
    "scaler",
    "Each input receives the upstream gradient times the slope of the gate.",
    "x = 1; f = exp(x)",
)
BLOCKER = Pattern(
    "blocker",
    "Gradient blocker",
    "blocker",
    "The output does not follow small changes of the input, so no gradient passes.",
    "x = 1.5; f = floor(x)",
)
ADDER = Pattern(
    "adder",
    "Gradient adder",
    "adder",
    "The gradients of all branches add up, also when one gate takes the same input twice.",
    "x = 3; f = x * x",
)
"""The pattern of a fan-out. It belongs to a wire that is used more than once, not to an operation."""

PATTERNS: dict[str, Pattern] = {
    pattern.name: pattern for pattern in (DISTRIBUTOR, SWITCHER, ROUTER, SCALER, BLOCKER, ADDER)
}
