"""Names of a Python text in our notation, where a name has one meaning: one that is assigned again gets a fresh one."""

from __future__ import annotations

from app.errors import quoted
from app.language.python_tokens import Line, Token
from app.language.translation import Notes


class Names:
    """What each name is called here at this moment.

    versions    name there -> name here         assigned    names here that a statement gives
    taken       every name of the text, and those made up
    local       parameters of the function whose formula is being read: they are called as they are
    undo        for each function that is written where it is called: what its names meant before
    """

    def __init__(self, notes: Notes, lines: list[Line]) -> None:
        self.notes = notes
        self.versions: dict[str, str] = {}
        self.assigned: set[str] = set()
        self.taken = {token.text for line in lines for token in line.tokens if token.kind == "name"}
        self.local: set[str] = set()
        self.undo: list[list[tuple[str, str | None]]] = []
        self.numbers: dict[str, int] = {}

    def here(self, token: Token) -> str:
        """What a name is called here where it is used."""
        name = token.text
        return name if name in self.local else self.versions.setdefault(name, name)

    def fresh(self, name: str) -> str:
        between = "_" if name[-1].isdigit() else ""
        number = self.numbers.get(name, 0) + 1
        while f"{name}{between}{number}" in self.taken:
            number += 1
        self.numbers[name] = number
        fresh = f"{name}{between}{number}"
        self.taken.add(fresh)
        return fresh

    def assign(self, token: Token, *, literal: bool) -> str:
        """The name here that an assignment gives: the same the first time, then a fresh one."""
        name = token.text
        known = self.versions.get(name)
        if name not in self.assigned and (known is None or (known == name and literal)):
            here = name
        else:
            here = self.fresh(name)
            self.notes.remark(
                "renamed",
                f"{quoted(name)} gets a new value here; from this line on it is {quoted(here)}.",
                token.start,
                token.end,
            )
        self.give(name, here)
        return here

    def give(self, name: str, here: str) -> None:
        """From now on, in the function that is being read, a name means this one."""
        if self.undo:
            self.undo[-1].append((name, self.versions.get(name)))
        self.versions[name] = here
        self.assigned.add(here)

    def enter(self) -> None:
        """A function's body begins: its names are its own."""
        self.undo.append([])

    def leave(self) -> None:
        """The body ends: every name means what it meant before."""
        for name, before in reversed(self.undo.pop()):
            if before is None:
                self.versions.pop(name, None)
            else:
                self.versions[name] = before
