"""What the call about paths is asked, and what it answers."""

from typing import Annotated

from pydantic import Field

from app.api.schemas.answers import Answer, Entries, Number
from app.api.schemas.named import NamedEdge, NamedNode
from app.api.schemas.requests import ProgramRequest


class PathsRequest(ProgramRequest):
    """A program, and between which of its nodes the paths run. Only `source` is required."""

    leaf: str | None = Field(
        default=None,
        description=(
            "Name of the leaf that the paths start from, or one entry of it, `W1[0, 1]`. "
            "Without `leaf` and `node` it is the leaf with most paths; "
            "among equals the first parameter, then the first leaf."
        ),
        examples=["w1"],
        json_schema_extra={"default": None},
    )
    node: str | None = Field(
        default=None,
        description="Id, name or label of any node that the paths start from, or one entry of it, instead of a leaf.",
        examples=["h_a"],
        json_schema_extra={"default": None},
    )
    to: str | None = Field(
        default=None,
        description=(
            "Id, name or label of any node that the paths lead to, or one entry of it, instead of the output. "
            "A tensor stands for the sum of its entries."
        ),
        examples=["y1"],
        json_schema_extra={"default": None},
    )
    every_gate: bool = Field(
        default=False,
        description="Whether factors are those of single gates. Without it they are those between named nodes.",
        examples=[False],
    )
    max_paths: int = Field(
        default=200,
        ge=1,
        description=(
            "Most paths to list. More than the server's limit are not listed, and the edges of all paths listed are "
            "limited too; number and sum cover all paths in any case."
        ),
        examples=[200],
    )


class Count(Answer):
    """A whole number of any size."""

    exact: Annotated[int, Field(ge=0)] | Annotated[str, Field(pattern=r"^\d+$")] = Field(
        description="The number where JSON readers hold it exactly (below 2^53), else its digits as a text.",
        examples=[36, "1267650600228229401496703205376"],
    )
    text: str = Field(description="The same for readers.", examples=["36", "1.3·10³⁰"])


class Visits(Answer):
    """What reverse mode saves, in visits of edges of single gates."""

    paths: Count = Field(description="Number of paths.")
    path_by_path: Count = Field(description="Edges of every path, added up: the cost of multiplying along each alone.")
    edges: int = Field(
        description="Edges that lie on a path: backpropagation visits each of them once.", ge=0, examples=[20]
    )


class AllLeaves(Visits):
    """The same for the gradients of all leaves."""

    leaves: int = Field(description="Number of leaves that are no constants.", ge=0, examples=[19])


class PathNode(NamedNode):
    """A node that lies on a path."""

    left_out: int = Field(
        description="Edges that enter it from nodes on no path: those that this answer leaves out.", ge=0, examples=[6]
    )


class TensorStep(Answer):
    """One factor of a path from a whole tensor: a Jacobian that is not built, and the rule computed in its place."""

    rows: int = Field(description="Rows of the Jacobian: entries of the step's target.", ge=1, examples=[4])
    columns: int = Field(description="Columns: entries of its source.", ge=1, examples=[12])
    rule: str | None = Field(
        description=(
            "How the gate passes its gradient g on, in LaTeX; null where the step runs through several gates, "
            "or the rule is no formula."
        ),
        examples=["g\\,x^{\\top}"],
    )


class Path(Answer):
    """One path, with the values: from its start to the output."""

    nodes: list[str] = Field(description="Ids of its nodes.", examples=[["n0", "n2", "n4"]])
    operands: list[int] = Field(
        description="For every step, which edge of its target it is (`operand` of the edge).", examples=[[0, 0]]
    )
    factors: list[Number] | None = Field(
        description="For every step, its local gradient; null for a path from a whole tensor.", examples=[[1.0, -4.0]]
    )
    product: Entries = Field(
        description="The factors, multiplied from the output back: the path's part of the gradient.", examples=[-4.0]
    )
    steps: list[TensorStep] | None = Field(default=None, description="Of a path from a whole tensor: its factors.")


class PathLeaf(Answer):
    """A leaf, and how many paths it has to the output."""

    id: str = Field(description="Id of the leaf.", examples=["n0"])
    name: str = Field(description="Its name.", examples=["w1"])
    latex: str = Field(description="Its name in LaTeX.", examples=["w_{1}"])
    paths: Count = Field(description="Number of paths from it to the output.")


class PathsAnswer(Answer):
    """The paths between two nodes, each with its factors and its product; the sum of the products is the gradient."""

    start: str | None = Field(
        description="Id of the start, of an entry `n0[0, 1]`; null in a program without leaves.",
        examples=["n0"],
    )
    output: str = Field(description="Id of the node that they lead to.", examples=["n4"])
    every_gate: bool = Field(description="Whether factors are those of single gates.", examples=[False])
    total: Entries = Field(
        description="Sum of the products of all paths, listed or not: d(output)/d(start), as `/evaluate` gives it.",
        examples=[-4.0],
    )
    shape: list[int] | None = Field(
        default=None,
        description="Of the whole tensor that the paths start from; absent for a number.",
        examples=[[4, 3]],
    )
    paths: list[Path] = Field(
        description="All of them as operands stand in the program, or, where they are too many, the largest."
    )
    ranked: bool = Field(
        description="Whether only the largest are listed, the largest absolute value first.", examples=[False]
    )
    nodes: list[PathNode] = Field(
        description="Start, output and all nodes between them, listed or not, in topological order."
    )
    edges: list[NamedEdge] = Field(description="In the order of their targets, then of operands.")
    visits: Visits = Field(
        description="Counts for this start. They are always of single gates, composites as `expand` has them."
    )
    all_leaves: AllLeaves = Field(description="Counts for all leaves: one backward pass serves them all.")
    leaves: list[PathLeaf] = Field(description="Every leaf that is no constant, in topological order.")
