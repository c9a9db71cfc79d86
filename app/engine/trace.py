"""From text to every value and every gradient: the one call that the API, the command line and notebooks make."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.errors import Span
from app.graph.model import Edge, Group, Node, Statement
from app.limits import DEFAULT_LIMITS, Limits
from app.operations.conventions import Conventions


@dataclass(frozen=True, slots=True)
class Notice:
    """Something worth a word that is not a mistake: a warning or a value that sits on a kink.

    node is an id, or None when it concerns the text alone.
    """

    code: str
    message: str
    node: str | None
    span: Span | None


class Trace:
    """The answer: graph, values and gradients, all lists in topological order; records are made when asked for."""

    nodes: Sequence[Node]
    values: Sequence[float]
    gradients: Sequence[float | None]
    edges: Sequence[Edge]
    groups: Sequence[Group]
    statements: Sequence[Statement]
    output: str
    outputs: tuple[str, ...]
    defaulted: tuple[str, ...]
    warnings: Sequence[Notice]
    kinks: Sequence[Notice]
    conventions: Conventions

    def leaf_gradients(self) -> dict[str, float | None]:
        """Gradient of every named leaf, by name; None for a constant."""
        raise NotImplementedError

    def named_values(self) -> dict[str, float]:
        """Value of every named node, by name; the output under its label."""
        raise NotImplementedError


def trace(
    source: str,
    *,
    values: Mapping[str, float] | None = None,
    output: str | Sequence[str] | None = None,
    seed: float | None = None,
    share: bool = False,
    expand: Collection[str] = (),
    conventions: Conventions = Conventions(),  # noqa: B008  # frozen, without state
    limits: Limits = DEFAULT_LIMITS,
) -> Trace:
    """Reads the program, evaluates it and differentiates its output with respect to every node.

    values    of leaves, by name; they win over the program's own
    output    name of the node to differentiate, or several; the first is differentiated
    seed      upstream gradient of the output, 1.0 unless given
    share     merge equal sub-expressions
    expand    names of composites to open, "*" for all
    Raises UserError: kind "program" (spans), "value" (field paths), "limit".
    """
    raise NotImplementedError
