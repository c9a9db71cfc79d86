"""What the call about flat code is asked, and what it answers."""

from typing import Literal

from pydantic import Field

from app.api.schemas.answers import Answer, Number, Span
from app.api.schemas.requests import ProgramRequest

Language = Literal["python", "numpy", "torch", "jax"]


class CodeRequest(ProgramRequest):
    """A program, and the language to write both passes in. Only `source` is required."""

    language: Language | None = Field(
        default=None,
        description=(
            "Plain Python, NumPy, PyTorch or JAX; the last two end with the library's own differentiation. Plain "
            "Python has no tensors. Left out or null: plain Python, and NumPy for a program with tensors."
        ),
        examples=["python"],
    )
    comments: bool = Field(
        default=True, description="Whether lines carry the present values as comments.", examples=[True]
    )


class CodeNote(Answer):
    """Why a line adds with `+=`, or sums over an axis."""

    title: str = Field(description="One line.", examples=["+= where z is used twice"])
    text: str = Field(
        description="One or two sentences.", examples=["Line 10 wrote the part of f. Line 12 adds the part of a."]
    )
    lines: list[int] = Field(
        description="Numbers of the lines that write parts of this sum, this one last; of many the first and the last.",
        examples=[[10, 12]],
    )


class CodeLine(Answer):
    """One line of the file."""

    number: int = Field(description="Its number, from 1; the three sections run through.", ge=1, examples=[12])
    kind: Literal["import", "setup", "leaves", "gate", "seed", "gradient", "helper", "remark", "autograd"] = Field(
        description=(
            "`leaves` gives leaves their values, `gate` computes one, `seed` starts the backward pass, `gradient` "
            "writes one part of a gradient, `setup` defines functions that the "
            "library has not, `helper` shares out ties, `autograd` is the library's own differentiation."
        ),
        examples=["gradient"],
    )
    text: str = Field(description="The code, without its comment.", examples=["grad_z += grad_a * (1 - a) * a"])
    comment: str | None = Field(
        description="The comment, with its `#`; null where there is none.", examples=["# 0.7311 + 0.1966 = 0.9277"]
    )
    node: str | None = Field(
        description="Id of the node whose value or gradient the line writes, or null.", examples=["n5"]
    )
    gate: str | None = Field(
        description="Id of the gate at work: the one computed, or the one that passes its gradient on; else null.",
        examples=["n6"],
    )
    operand: int | None = Field(
        description="Position of that gate's operand which receives the gradient, or null.", examples=[0]
    )
    leaves: list[str] = Field(description="Ids of the leaves to which the line gives values.", examples=[[]])
    label: str | None = Field(description="What formulas call the node; null without a node.", examples=["z"])
    latex: str | None = Field(description="The label in LaTeX, or null.", examples=["z"])
    op: str | None = Field(description="Operation of the node; null for a leaf.", examples=["add"])
    span: Span | None = Field(description="Where the program writes the node, or null.")
    value: Number | None = Field(
        description=(
            "What the line's name holds behind it: a value, or the gradient summed so far; else null, and null for a "
            "tensor, whose shape and first entries the comment tells."
        ),
        examples=[0.9276705118714867],
    )
    part: Number | None = Field(
        description="Of a gradient line, what it contributes; else null, and for a tensor.",
        examples=[0.19661193324148185],
    )
    leaf: bool = Field(description="Whether the line writes the gradient of a leaf.", examples=[False])
    adds: bool = Field(description="Whether the line is a `+=`: the node is used more than once.", examples=[True])
    note: CodeNote | None = Field(description="Why the line adds, or sums what was repeated; null for all others.")


class CodeNode(Answer):
    """A node that has a name in the code."""

    id: str = Field(description="Id of the node, as `/evaluate` gives it for the same fields.", examples=["n5"])
    label: str = Field(description="What formulas call it.", examples=["z"])
    latex: str = Field(description="The label in LaTeX.", examples=["z"])
    op: str | None = Field(description="Its operation; null for a leaf.", examples=["add"])
    span: Span = Field(description="Where the program writes it.")
    identifier: str = Field(
        description="What the code calls it: the label where that is possible, `lambda_` for lambda.", examples=["z"]
    )
    gradient_identifier: str | None = Field(
        description="What the code calls its gradient; null where no line writes it.", examples=["grad_z"]
    )


class CodeAnswer(Answer):
    """Both passes as straight-line code that runs, one gate a line."""

    output: str = Field(description="Id of the node that is differentiated.", examples=["n7"])
    language: Language = Field(description="As asked, or the one chosen.", examples=["python"])
    file_name: str = Field(description="A name for the file.", examples=["gradients.py"])
    text: str = Field(description="The whole file: the lines below in order, their comments in one column.")
    forward: list[CodeLine] = Field(description="Imports, leaves, then every gate in topological order.")
    backward: list[CodeLine] = Field(
        description="Gradients in reverse topological order. The first part of each is assigned, others are added."
    )
    autograd: list[CodeLine] = Field(
        description="For PyTorch and JAX, the same gradients by the library itself; empty for Python and NumPy."
    )
    nodes: list[CodeNode] = Field(description="Every node that has a name in the code, in topological order.")
    remarks: list[str] = Field(
        description=(
            "Where the code does not do what the graph does: plain Python stops at an infinite result, and tensors of "
            "more than 1,024 entries are read from files."
        ),
        examples=[[]],
    )
