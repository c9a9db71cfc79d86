"""Lines of Python that compute gradients by hand: the graph works them out, so they are passed over, and it is said."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.language.python_tokens import Line, Token
from app.language.translation import Notes

_GRADIENT = re.compile(r"grad_\w+|\w+_grad|d\w+_d\w+")


class Backward:
    """Which lines belong to a backward pass that the text writes out.

    Names such as `grad_x` are gradients once something is computed; names such as `dx` once one of them is begun
    with 1, as a backward pass is: `dL = 1.0`.
    """

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._names: set[str] = set()
        self._start = -1
        self._end = -1

    def takes(
        self, line: Line, target: list[Token], value: list[Token], known: Mapping[str, str], formulas: int
    ) -> bool:
        """Whether the line is one of them; notes its name if so."""
        if not formulas or not target:
            return False
        name = target[0].text
        short = len(name) > 1 and name[0] == "d" and name[1:] in known
        is_gradient = bool(_GRADIENT.fullmatch(name)) or (short and (bool(self._names) or _is_one(value)))
        if not is_gradient and not self.mentions(value):
            return False
        self._names.update(token.text for token in target if token.kind == "name")
        if self._start < 0:
            self._start = line.start
        self._end = line.end
        return True

    def mentions(self, tokens: list[Token]) -> bool:
        """Whether a name among these tokens is a gradient that was passed over, or `w.grad`."""
        return any(
            (token.text == "grad" and at > 0 and tokens[at - 1].text == ".") or token.text in self._names
            for at, token in enumerate(tokens)
            if token.kind == "name"
        )

    def tell(self) -> None:
        """Says once what was passed over."""
        if self._start >= 0:
            self._notes.remark(
                "left-out",
                "The lines of the backward pass are left out: gradients are what the graph works out.",
                self._start,
                self._end,
            )


def _is_one(tokens: list[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].text in ("1", "1.0", "1.")
