"""What the computations answer, as a document for readers and tools.

Answers are written straight from the trace (`app/api/answers.py`) and never pass through these models; a test reads
real answers back into them.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

NonFinite = Literal["NaN", "Infinity", "-Infinity"]
Number = Annotated[
    float | NonFinite,
    Field(description='A float64 number, or `"NaN"`, `"Infinity"`, `"-Infinity"`, which JSON numbers cannot hold.'),
]


class Answer(BaseModel):
    """A record of an answer. Version 1 may gain fields; none changes its meaning or goes."""

    model_config = ConfigDict(extra="forbid", strict=True)


Entries = Annotated[
    Number | list[Any] | None,
    Field(
        description=(
            "A number; nested lists of numbers for a tensor; null for a tensor with more entries than `max_elements`."
        )
    ),
]


class Span(Answer):
    """A place in the program as sent."""

    start: int = Field(description="Offset of the first character, in code points from 0.", ge=0, examples=[4])
    end: int = Field(description="Offset after the last character.", ge=0, examples=[5])
    line: int = Field(description="Line of the first character, counted from 1.", ge=1, examples=[1])
    column: int = Field(description="Column of the first character, counted from 1.", ge=1, examples=[5])


class TensorSummary(Answer):
    """What is told of a tensor instead of its entries."""

    min: Number = Field(description="Smallest entry.")
    mean: Number = Field(description="Mean of all entries.")
    max: Number = Field(description="Largest entry.")
    norm: Number = Field(description="Root of the sum of squares.")


class Node(Answer):
    """One value of the graph: a leaf, or the result of an operation."""

    id: str = Field(description="The same for the same program.", examples=["n0"])
    kind: Literal["input", "parameter", "constant", "operation"] = Field(
        description="Role of a leaf, or `operation`.", examples=["input"]
    )
    op: str | None = Field(description="Name of the operation in `/api/v1/operations`; null for a leaf.")
    operands: list[str] = Field(description="Ids of the operands in order, repeats kept.", examples=[["n0", "n1"]])
    attributes: dict[str, Any] = Field(description="Settings of the operation, such as a slope.")
    name: str | None = Field(description="The name that the program gives; null for unnamed gates and literals.")
    label: str = Field(description="The name shown in formulas: given, a literal as typed, or automatic (s0, s1, …).")
    latex: str = Field(description="The label in LaTeX.", examples=["w_{0}"])
    shape: list[int] = Field(description="Empty for a scalar.", examples=[[]])
    value: Entries = Field(
        description="Result of the forward pass; a tensor as nested lists, a large one as null.", examples=[-2.0]
    )
    gradient: Entries = Field(
        description=(
            "d(output)/d(node), in the shape of the value: the sum of `downstream` over all edges that leave it. "
            "Null for a constant: nothing is differentiated by it."
        ),
        examples=[-4.0],
    )
    summary: TensorSummary | None = Field(default=None, description="Of the value of a tensor that is not listed.")
    gradient_summary: TensorSummary | None = Field(
        default=None, description="Of the gradient of a tensor that is not listed."
    )
    depth: int = Field(description="Length of the longest way from a leaf.", ge=0, examples=[0])
    group: str | None = Field(description="Id of the innermost group that holds this node.")
    span: Span | None = Field(description="Where the program writes this node; for a leaf, its first use.")
    value_span: Span | None = Field(description="Where the program writes this leaf's number, or null.")


class Edge(Answer):
    """The wire from an operand to the node that uses it. `x * x` has two."""

    source: str = Field(description="Id of the operand.", examples=["n0"])
    target: str = Field(description="Id of the node that uses it.", examples=["n2"])
    operand: int = Field(description="Position of the operand, from 0.", ge=0, examples=[0])
    local: Entries = Field(
        description=(
            "d(target)/d(operand); null when the operand is a constant. Of tensors, entry by entry; null for "
            "operations on whole tensors, whose Jacobian is never built."
        ),
        examples=[1.0],
    )
    upstream: Entries = Field(description="The gradient that arrives at the target.", examples=[-4.0])
    downstream: Entries = Field(
        description=(
            "upstream × local, of whole tensors the vector-Jacobian product: what this edge passes on; "
            "null when the operand is a constant."
        ),
        examples=[-4.0],
    )
    summed: list[int] = Field(
        default_factory=list,
        description=(
            "Axes of what the target works on that `downstream` was summed over, because the operand was repeated "
            "along them; left out where there are none."
        ),
        examples=[[0]],
    )


class Group(Answer):
    """A composite or a call of one's own function that is sent open, and the closed gate that stands for it."""

    id: str = Field(description="Id of the group; nodes name it under `group`.")
    name: str | None = Field(
        description="The name that the program gives to a composite's result, or null; of a call, the function's name."
    )
    op: str | None = Field(description="Name of the composite operation; null for a call of one's own function.")
    title: str = Field(description="What to call it on a page.")
    group: str | None = Field(description="Id of the group around this one, or null.")
    operands: list[str] = Field(
        description="Ids of the nodes that enter it, in order; of a call, then those its formula takes from outside."
    )
    output: str = Field(description="Id of the node that leaves it.")
    shape: list[int] = Field(
        description="Sizes of the result's axes; empty for a number.", default_factory=list, examples=[[2, 3]]
    )
    value: Entries = Field(description="Value of the closed gate, by its stable formula.", examples=[0.73])
    gradient: Entries = Field(description="d(output)/d(result of the group); null for a constant.", examples=[1.0])
    summary: TensorSummary | None = Field(
        description="Of a value with more entries than `max_elements`; null or left out for any other.", default=None
    )
    gradient_summary: TensorSummary | None = Field(description="The same of the gradient.", default=None)
    latex: str | None = Field(
        description="A call, typeset with the labels of its operands; null for a composite.",
        examples=[r"\mathrm{neuron}\left(a, b, c\right)"],
    )
    span: Span = Field(description="Where the program writes the composite or the call.")
    attributes: dict[str, Any] = Field(description="Settings of the operation.")
    written: bool = Field(
        description="The program writes its gates itself, as in `1 / (1 + exp(-u))`. Only with expand `*`."
    )
    edges: list[Edge] = Field(description="The edges of the closed gate; their target is this group's id.")


class StatementPart(Answer):
    """The part of a statement's LaTeX that is one node."""

    node: str = Field(description="Id of the node.")
    start: int = Field(description="Offset of its first character in `latex`.", ge=0)
    end: int = Field(description="Offset after its last character.", ge=0)


class Statement(Answer):
    """How one statement of the program was read."""

    latex: str = Field(description="The statement, typeset.", examples=["q = x + y"])
    node: str | None = Field(description="Id of the node that the statement makes; null for a definition.")
    span: Span = Field(description="Where the program writes it.")
    parts: list[StatementPart] = Field(description="Which part of the formula is which node.")


class Remark(Answer):
    """Something worth a sentence: a reading with two meanings, a number that is not finite, a kink."""

    code: str = Field(description="Stable name of the kind of remark.", examples=["not-finite"])
    message: str = Field(description="One sentence for a reader.")
    node: str | None = Field(description="Id of the node it is about, or null.")
    span: Span | None = Field(description="The place in the program it is about, or null.")


class Conventions(Answer):
    """The derivatives that were taken at kinks."""

    relu_at_zero: float = Field(description="Slope of relu and its relatives at 0.", examples=[0.0])
    ties: Literal["split", "first", "both"] = Field(description="Who receives the gradient among equals.")
    abs_at_zero: float = Field(description="Slope of abs at 0.", examples=[0.0])


class EvaluateAnswer(Answer):
    """Every value and every gradient of a program."""

    output: str = Field(description="Id of the node that was differentiated.", examples=["n4"])
    outputs: list[str] = Field(description="Ids of all requested outputs; gradients follow the first.")
    nodes: list[Node] = Field(description="In topological order: operands before users.")
    edges: list[Edge] = Field(description="In the order of their targets, then of operands.")
    groups: list[Group] = Field(description="Composites that are sent open.")
    statements: list[Statement] = Field(description="How the program was read, one entry per statement.")
    notation: Literal["chainrule", "latex", "python"] = Field(
        description="The notation that the program was read in. Places are those of the program as sent in each."
    )
    rewritten: str | None = Field(
        description="The same program in our notation; null where it is written in it.", examples=["f = sigmoid(w * x)"]
    )
    gradients: dict[str, Entries] = Field(
        description="d(output)/d(leaf) for every named leaf; null for a constant.", examples=[{"x": -4.0}]
    )
    values: dict[str, Entries] = Field(description="Value of every named node.", examples=[{"x": -2.0, "f": -12.0}])
    defaulted: list[str] = Field(description="Names of leaves that had no number and got 1.")
    warnings: list[Remark] = Field(description="Remarks on readings and numbers.")
    kinks: list[Remark] = Field(description="Nodes that sit where their operation has no derivative.")
    remarks: list[Remark] = Field(
        description=(
            "Numeric health, told where it happens; nothing is wrong: `saturated` and `off` gates, "
            "`vanishing` and `exploding` gradients of leaves."
        )
    )
    conventions: Conventions = Field(description="The conventions that were used.")
