"""The graph between named nodes as answers carry it."""

from typing import Literal

from pydantic import Field

from app.api.schemas.answers import Answer, Number, Span


class NamedNode(Answer):
    """A leaf, a named node or an output; a program line of several gates is one of these."""

    id: str = Field(description="Id of the node, as `/evaluate` gives it for the same fields.", examples=["n4"])
    kind: Literal["leaf", "gate", "output-gate"] = Field(
        description="`output-gate` is a gate whose result is an output.", examples=["gate"]
    )
    role: Literal["input", "parameter", "constant"] | None = Field(
        description="Role of a leaf; null for a gate.", examples=["parameter"]
    )
    op: str | None = Field(description="Operation of its last gate; null for a leaf.", examples=["add"])
    name: str | None = Field(description="The program's name for it, or null.", examples=["z_a"])
    label: str = Field(description="What formulas call it.", examples=["z_a"])
    latex: str = Field(description="The label in LaTeX.", examples=["z_{a}"])
    span: Span = Field(description="Where the program writes it.")
    shown: str = Field(
        description="What its circle shows: a line of one gate as that gate, a sum of more as `Σ`, else `ƒ`.",
        examples=["Σ"],
    )
    glyph: str | None = Field(description="Name of the curve drawn instead of `shown`, or null.", examples=["sigmoid"])
    folded: bool = Field(description="Whether it stands for several gates.", examples=[True])
    gates: list[str] = Field(
        description="Ids of the gates without a name that belong to it, in topological order.", examples=[["n2", "n3"]]
    )
    shape: list[int] = Field(description="Empty for a number.", examples=[[]])
    value: Number | None = Field(description="Result of the forward pass; null for a tensor.", examples=[4.3])
    gradient: Number | None = Field(
        description="d(output)/d(node); null for an output that is a constant, and for a tensor.",
        examples=[0.0019839118724015218],
    )
    hidden_operands: int = Field(
        description="Uses of literals and constants in its line: operands that are no nodes here.", ge=0, examples=[0]
    )


class NamedEdge(Answer):
    """The wire from one node to another, with the derivative of one by the other, all other nodes held."""

    source: str = Field(description="Id of the node it comes from.", examples=["n0"])
    target: str = Field(description="Id of the node that is computed from it.", examples=["n4"])
    operand: int = Field(
        description="Its place among the edges of the target, from 0, as the operands stand in the program.",
        ge=0,
        examples=[0],
    )
    local: Number | None = Field(
        description=(
            "d(target)/d(source): the sum over the ways through the gates between them. "
            "This and the next two are null in a program with tensors."
        ),
        examples=[1.0],
    )
    upstream: Number | None = Field(description="The gradient that arrives at the target.", examples=[0.00198])
    downstream: Number | None = Field(description="upstream × local: what this edge passes on.", examples=[0.00198])
    value_of: str | None = Field(
        description="Id of the node whose value `local` is by its rule, as the other factor of a product; else null.",
        examples=["n3"],
    )


class NamedGraph(Answer):
    """The graph between the leaves, the named nodes and the outputs: the granularity of a textbook."""

    output: str = Field(description="Id of the node whose gradients it carries.", examples=["n12"])
    nodes: list[NamedNode] = Field(description="In topological order: operands before users.")
    edges: list[NamedEdge] = Field(description="In the order of their targets, then of operands.")
