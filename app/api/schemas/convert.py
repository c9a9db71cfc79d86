"""What the call that rewrites a program is asked, and what it answers."""

from typing import Literal

from pydantic import Field

from app.api.schemas.answers import Answer
from app.api.schemas.requests import ProgramRequest

NotationName = Literal["chainrule", "latex", "python"]
Target = Literal["chainrule", "latex", "python", "scalars"]


class ConvertRequest(ProgramRequest):
    """A program in any notation that is read, and the one to write it in."""

    to: Target = Field(
        description=(
            "`chainrule` for our own notation, `latex` for formulas to paste into a document, `python` for a function "
            "that runs, of NumPy where there are tensors, `scalars` for our notation with vectors and matrices written "
            "out entry by entry. "
            "Numbers under `values` are written in place of the program's own."
        ),
        examples=["latex"],
    )


class ConvertAnswer(Answer):
    """The same program in another notation."""

    notation: NotationName = Field(description="The notation that the program was read in.", examples=["chainrule"])
    to: Target = Field(description="The notation of `text`.", examples=["latex"])
    text: str = Field(
        description=(
            "The program. It reads back as the same graph, up to the spelling of names; `scalars` gives one of numbers."
        ),
        examples=["\\begin{aligned}\n  q &= x + y \\\\\n  f &= q z\n\\end{aligned}"],
    )
