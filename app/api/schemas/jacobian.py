"""The calls about several outputs and second derivatives: Jacobian, Hessian, tangents, the backward pass as a graph."""

from typing import Literal

from pydantic import Field

from app.api.schemas.answers import Answer, Entries, Number, Span
from app.api.schemas.named import NamedGraph
from app.api.schemas.requests import LeafValue, Names, ProgramRequest

_LEAVES = (
    "Leaves to differentiate by, by name; also other nodes, by id, name or label, each varied alone. "
    "Of a tensor every entry has a column; `W[0, 1]` is one of them. "
)
_EVERY_LEAF = "Left out or null, every leaf that is no constant."


class _MatrixRequest(ProgramRequest):
    """What the calls for a matrix have in common."""

    leaves: Names | None = Field(
        default=None,
        description=_LEAVES + _EVERY_LEAF,
        examples=[["x", "y", "z"]],
        json_schema_extra={"default": None},
    )
    graph: bool = Field(
        default=False,
        description="Also answer with the graph that lies between these leaves and the outputs.",
        examples=[False],
    )


class JacobianRequest(_MatrixRequest):
    """A program, and which outputs to differentiate by which leaves. Only `source` is required."""

    outputs: Names | None = Field(
        default=None,
        description=(
            "Nodes to differentiate, by id, name or label; of a tensor every entry has a row, `z[0]` is one of them. "
            "Left out or null, those under `output`, "
            "else the results of all statements that nothing uses."
        ),
        examples=[["u", "v"]],
        json_schema_extra={"default": None},
    )
    layout: Literal["outputs", "leaves"] = Field(
        default="outputs",
        description="What the rows are: `outputs`, or `leaves`, which is the transpose that some lectures use.",
        examples=["outputs"],
    )
    row: str | None = Field(
        default=None,
        description="The output whose gradients `graph` carries, by id, name or label; the first unless given.",
        examples=["u"],
        json_schema_extra={"default": None},
    )


_NODE = "Id, name or label of the node to differentiate; the output unless given."


class HessianRequest(_MatrixRequest):
    """A program with one output, and the leaves to differentiate it by twice. Only `source` is required."""

    node: str | None = Field(default=None, description=_NODE, examples=["f"], json_schema_extra={"default": None})


class JvpRequest(ProgramRequest):
    """A program, and how fast its leaves change. Only `source` is required."""

    tangents: dict[str, LeafValue] | None = Field(
        default=None,
        description=(
            "Rate of change of leaves, by name; also of other nodes, by id, name or label, which then change by this "
            "alone. Of a tensor: nested lists in its shape, one number for all, or one entry, `W[0, 1]`, alone. "
            "Left out or null, every leaf that is no constant changes by 1."
        ),
        examples=[{"x": 1}],
        json_schema_extra={"default": None},
    )


class BackwardRequest(ProgramRequest):
    """A program whose backward pass is wanted as a graph of its own. Only `source` is required."""

    node: str | None = Field(default=None, description=_NODE, examples=["f"], json_schema_extra={"default": None})


class Head(Answer):
    """The node that a row or a column belongs to."""

    id: str = Field(description="Id of the node, as `/evaluate` gives it for the same fields.", examples=["n0"])
    label: str = Field(description="What formulas call it.", examples=["x"])
    latex: str = Field(description="The label in LaTeX.", examples=["x"])
    op: str | None = Field(description="Name of its operation; null for a leaf.", examples=["mul"])
    span: Span = Field(description="Where the program writes it.")
    value: Number | None = Field(
        description="Result of the forward pass; null for a whole tensor, which heads no row of numbers.",
        examples=[6.0],
    )
    entry: list[int] | None = Field(
        default=None,
        description="Of an entry of a tensor: its indices, from 0. Absent for a number.",
        examples=[[0, 1]],
    )
    shape: list[int] | None = Field(default=None, description="Of a whole tensor.", examples=[[2, 3]])


class Sweeps(Answer):
    """What it costs to fill the matrix, by either mode."""

    reverse: int = Field(description="Reverse sweeps: one for each output.", examples=[2])
    forward: int = Field(description="Forward sweeps: one for each leaf.", examples=[3])
    used: Literal["reverse", "forward"] = Field(
        description="The mode that filled this matrix: the one with fewer sweeps. Both give the same numbers.",
        examples=["reverse"],
    )


class Zero(Answer):
    """Why an entry is zero."""

    reason: Literal["no-path", "router", "flat", "cancels", "underflow"] = Field(
        description=(
            "`no-path`: the output is not computed from the leaf. `router`: a gate such as max chose another input, "
            "or lets nothing through. `flat`: a local gradient on every path is 0 here. `cancels`: the products of "
            "the paths add up to 0. `underflow`: the product is too small for a float64."
        ),
        examples=["router"],
    )
    message: str = Field(description="The reason in one sentence.", examples=["max chose y here, so z receives 0."])


class Product(Answer):
    """What backpropagation computes in place of a Jacobian: the upstream gradient times it, without building it."""

    text: str | None = Field(
        description="Rule of the gate in our language, g being the upstream gradient; null where it has no such text.",
        examples=["outer(g, x)"],
    )
    latex: str | None = Field(
        description="The rule in LaTeX; null where several gates do more than pass the gradient on.",
        examples=["g\\,x^{\\top}"],
    )
    upstream: Entries = Field(description="g: the gradient that arrives at the output, or ones where none arrives.")
    arrives: bool = Field(description="Whether g is the program's own gradient.", examples=[True])
    result: Entries = Field(description="g times the Jacobian, as one reverse sweep computes it.")
    multiplications: int = Field(
        description=(
            "Of that sweep, from the output back to the leaf; where a rule has no text, one for each entry is counted."
        ),
        ge=0,
        examples=[12],
    )


class Block(Answer):
    """The part of the matrix that is one output by one leaf: where it is zero, and what is computed in its place."""

    output: Head = Field(description="The output.")
    leaf: Head = Field(description="The leaf.")
    entries: int = Field(description="How many entries it has.", ge=0, examples=[48])
    structure: Literal["diagonal", "moves", "blocks", "dense", "none", "mixed"] | None = Field(
        description=(
            "`diagonal`: entry i from entry i alone. `moves`: each from one other. `blocks`: groups from groups, none "
            "shared. `dense`: every entry from every entry. `none`: nothing. `mixed`: some from some. Null if unknown."
        ),
        examples=["diagonal"],
    )
    zeros: int | None = Field(
        description="Entries that are 0 whatever the values are; null if unknown.", ge=0, examples=[36]
    )
    zeros_here: int | None = Field(
        description="Further entries that are 0 at these values; null without the matrix.", ge=0, examples=[3]
    )
    message: str = Field(
        description="The structure in words.",
        examples=["Diagonal: each entry of y is computed from the entry of z at the same place."],
    )
    product: Product = Field(description="What is computed in its place.")


class JacobianAnswer(Answer):
    """The derivative of every output by every leaf."""

    layout: Literal["outputs", "leaves"] = Field(description="What the rows are.", examples=["outputs"])
    rows: list[Head] = Field(description="The nodes of the rows: outputs, or leaves in the other layout.")
    columns: list[Head] = Field(description="The nodes of the columns.")
    matrix: list[list[Number]] = Field(
        description="Row by row: d(output)/d(leaf).", examples=[[[2.0, 5.0, 0.0], [4.0, 1.0, -1.0]]]
    )
    paths: list[list[Number]] | None = Field(
        description=(
            "How many paths each entry sums over, counted over single gates; rounded above 2^53. "
            "Null where tensors are too large for it."
        ),
        examples=[[[1.0, 2.0, 1.0], [1.0, 1.0, 1.0]]],
    )
    why: list[list[Zero | None]] | None = Field(
        description="Why an entry is zero; null for one that is not. Null itself where tensors are too large for it."
    )
    shape: list[int] | None = Field(
        default=None, description="Rows and columns of the matrix, built or not; only with tensors.", examples=[[4, 12]]
    )
    note: str | None = Field(
        default=None,
        description="Why the matrix is not built: its size, and the limit. Rows and columns are empty then.",
    )
    blocks: list[Block] | None = Field(
        default=None, description="With tensors: one for each output and leaf, the first 36."
    )
    sweeps: Sweeps = Field(description="What filling it costs, by either mode.")
    graph: NamedGraph | None = Field(
        description=(
            "Between leaves and outputs, with the gradients of one output: single gates where there are few, "
            "else one node for each line. Null unless asked for."
        )
    )


class HessianAnswer(Answer):
    """The second derivatives of one output: its gradient, differentiated by every leaf once more."""

    output: Head = Field(description="The output.")
    leaves: list[Head] = Field(description="The nodes of rows and columns.")
    gradient: list[Number] = Field(description="First derivatives, one for each leaf.", examples=[[4.0, 1.0]])
    matrix: list[list[Number]] = Field(
        description="Row by row: the derivative of one leaf's gradient by every leaf. Symmetric up to rounding.",
        examples=[[[4.0, 2.0], [2.0, 0.0]]],
    )
    eigenvalues: list[Number] = Field(
        description="Of its symmetric part, the smallest first; empty where an entry is not finite.",
        examples=[[-0.8284271247461903, 4.82842712474619]],
    )
    curvature: str | None = Field(
        description="What the signs of the eigenvalues say, in one sentence; null for more than eight leaves.",
        examples=["Curves up in every direction here."],
    )
    sweeps: int = Field(description="Reverse sweeps through both passes: one for each leaf.", examples=[2])
    gates: int = Field(description="Gates of forward and backward pass together, passed in each sweep.", examples=[9])
    graph: NamedGraph | None = Field(
        description="Between leaves and output, with first derivatives. Null unless asked for."
    )


class Tangent(Head):
    """A node with its tangent."""

    value: Entries = Field(description="Result of the forward pass.", examples=[6.0])  # type: ignore[assignment]
    tangent: Entries = Field(
        description="How fast it changes: the sum over its operands of local gradient times tangent.", examples=[2.0]
    )


class JvpAnswer(Answer):
    """The tangent of every node, by one forward sweep."""

    output: str = Field(description="Id of the output.", examples=["n4"])
    nodes: list[Tangent] = Field(description="In topological order: operands before users.")
