"""Where a program's parts are written, read again where the first reading did not note it."""

from __future__ import annotations

from app.language.careful import read_carefully
from app.language.program import Places, Program
from app.language.reader import Reader
from app.limits import DEFAULT_LIMITS


def places_of(program: Program) -> Places:
    """The places of a program's nodes, literals and statements."""
    if program.places is None:
        reader = Reader(program.prepared, DEFAULT_LIMITS)
        read_carefully(reader)
        program.places = reader.places
    return program.places
