"""What the call about the worked solution is asked, and what it answers."""

from typing import Literal

from pydantic import Field

from app.api.schemas.answers import Answer, Entries, Span
from app.api.schemas.named import NamedGraph
from app.api.schemas.paths import Count
from app.api.schemas.requests import Finite, Names, ProgramRequest

Format = Literal["structured", "markdown", "latex"]
Relation = Literal["=", "≈"]


class DerivationRequest(ProgramRequest):
    """A program, and which worked solution of it. Only `source` is required."""

    leaf: str | None = Field(
        default=None,
        description=(
            "Name of the leaf (or id, name or label of any node) to solve for, or one entry of a tensor such as "
            "`W1[0, 1]`; null for every leaf."
        ),
        examples=["w1"],
        json_schema_extra={"default": None},
    )
    format: Format = Field(
        default="structured",
        description=(
            "`structured` for a page of one's own, `markdown` with `$…$` formulas, `latex` for a whole document."
        ),
        examples=["markdown"],
    )
    learning_rate: Finite | None = Field(
        default=None,
        description="Also one step of gradient descent with this learning rate.",
        examples=[0.7],
        json_schema_extra={"default": None},
    )
    parameters: Names | None = Field(
        default=None,
        description="Names of the leaves that take that step; every parameter of the program unless given.",
        examples=[["w1", "w2"]],
        json_schema_extra={"default": None},
    )


class Printed(Answer):
    """A number or a tensor as the solution prints it, and as it is."""

    text: str = Field(
        description="As printed: rounded so that the equations around it check. A large tensor by shape and reach.",
        examples=["−0.001014"],
    )
    latex: str = Field(description="The same in LaTeX; a vector is a column.", examples=["-0.001014"])
    value: Entries = Field(
        description="The exact number, or nested lists; null for a tensor too large to be printed whole.",
        examples=[-0.0010144828807628174],
    )
    shape: list[int] = Field(description="Of a tensor; empty for a number.", examples=[[]])


class NodeName(Answer):
    """A node by its names."""

    id: str = Field(description="Id of the node, as `/evaluate` gives it for the same fields.", examples=["n3"])
    label: str = Field(description="What formulas call it.", examples=["w1"])
    latex: str = Field(description="The label in LaTeX.", examples=["w_{1}"])


class GivenLeaf(NodeName):
    """A leaf with its number."""

    op: None = Field(description="Null: a leaf is not computed.")
    role: Literal["input", "parameter", "constant"] = Field(description="Role of the leaf.", examples=["parameter"])
    value: Printed = Field(description="Its number, with every digit.")
    defaulted: bool = Field(description="Whether nothing gave it a number, so that it is 1.", examples=[False])
    on_path: bool = Field(description="Whether it is the leaf that was asked for; true where every leaf is shown.")
    span: Span = Field(description="Where the program writes it.")


class ForwardRow(NodeName):
    """One line of the forward table: a step with its symbols, its numbers and its value."""

    op: str = Field(description="Operation of its last gate.", examples=["sigmoid"])
    symbols: str = Field(description="What it is computed by, in LaTeX.", examples=[r"\sigma\left(z_{a}\right)"])
    numbers: str = Field(
        description="The same with numbers; empty where that would only repeat the value.",
        examples=[r"\sigma\left(0.3510\right)"],
    )
    value: Printed = Field(description="Its value.")
    relation: Relation = Field(description="`≈` where eight decimals would not give the printed value back.")
    on_path: bool = Field(description="Whether the leaf that was asked for reaches it; true where every leaf is shown.")
    gates: list[str] = Field(description="Ids of the gates folded into it, itself last.", examples=[["n4"]])
    span: Span = Field(description="Where the program writes it.")


class LocalDerivative(Answer):
    """d(target)/d(source), everything else that the target reads held; or, of whole tensors, the rule for
    d(output)/d(source) in the gradient of the target."""

    source: str = Field(description="Id of the node it is taken by.", examples=["n3"])
    target: str = Field(description="Id of the node it is taken of.", examples=["n4"])
    head: str = Field(description="Its name in LaTeX.", examples=[r"\frac{\partial y}{\partial z_{c}}"])
    text: str = Field(description="The simplified formula in the language of programs.", examples=["y * (1 - y)"])
    symbols: str = Field(description="The same in LaTeX.", examples=["y (1 - y)"])
    numbers: str | None = Field(
        description="The same with numbers; null where that would only repeat the value.",
        examples=["0.6156 (1 - 0.6156)"],
    )
    value: Printed | None = Field(
        description="Its value, of tensors entry by entry; null for a rule that multiplies whole tensors."
    )
    relation: Relation = Field(description="`≈` where eight decimals would not give the printed value back.")
    reason: str | None = Field(
        description="A condition in LaTeX that holds at these numbers and decides the formula, or null.",
        examples=["z > 0"],
    )
    remark: str | None = Field(description="A sentence where the derivative is a matter of choice, or null.")


class ChainFactor(Answer):
    """One factor of a chain."""

    kind: Literal["gradient", "local"] = Field(
        description="`gradient`: d(output)/d(source), found in a block before. `local`: d(target)/d(source)."
    )
    source: str = Field(description="Id of the node it is taken by.", examples=["n3"])
    target: str = Field(description="Id of the node it is taken of.", examples=["n4"])
    head: str = Field(description="Its name in LaTeX.", examples=[r"\frac{\partial y}{\partial z_{c}}"])
    number: Printed = Field(description="Its value.")


class ChainTerm(Answer):
    """The part of a gradient that comes through one use of the node."""

    factors: list[ChainFactor] = Field(description="From the output's side.")
    product: Printed = Field(description="Their product.")


class AlgebraLine(Answer):
    """One step of algebra: the gradient as a formula and with numbers."""

    symbols: str = Field(description="The formula in LaTeX.", examples=["h - y"])
    numbers: str = Field(description="The same with numbers.", examples=["0.8808 - 1"])
    value: Printed = Field(description="What comes out.")
    relation: Relation = Field(description="`≈` where eight decimals would not give the printed value back.")
    why: str = Field(description="What was done to the line before.", examples=["the terms that are left"])


class ChainBlock(NodeName):
    """The chain rule for one node: one term for each of its uses."""

    op: str | None = Field(description="Operation of its gate; null for a leaf.")
    head: str = Field(description="Its gradient's name in LaTeX.", examples=[r"\frac{\partial E}{\partial w_{1}}"])
    is_leaf: bool = Field(description="Whether it is a leaf.")
    terms: list[ChainTerm] = Field(description="One for each use, in the order of the uses.")
    symbols: str | None = Field(
        description="The formula in LaTeX, where the gradient is one local derivative or a tensor; else null.",
        examples=["t - y"],
    )
    numbers: str | None = Field(description="The same with numbers, or null.", examples=["1 - 0.6156"])
    more_terms: int = Field(description="Uses beyond those that are listed; the value has them all.", ge=0)
    value: Printed = Field(description="The gradient.")
    relation: Relation = Field(description="`≈` where eight decimals would not give the printed value back.")
    reused: int = Field(description="How many later blocks take this gradient as a factor.", ge=0, examples=[4])
    sentence: str | None = Field(
        description="What is added, and what is taken up again further down, with `$…$` around names; or null."
    )
    shapes: str | None = Field(
        description="Shapes of the factors and the result of a product of tensors, in LaTeX; or null.",
        examples=[r"(4 \times 1)(1 \times 3) = 4 \times 3"],
    )
    remarks: list[str] = Field(
        description="Sentences on the rule, with `$…$` around names: what is summed and why, which entries are off."
    )
    lines: list[AlgebraLine] = Field(
        description="The same gradient simplified in symbols, step by step; empty where nothing cancels."
    )


class ParameterUpdate(NodeName):
    """One step of gradient descent for one parameter: new = old − learning rate × gradient."""

    op: None = Field(description="Null: a leaf is not computed.")
    old: Printed = Field(description="Its value before.")
    gradient: Printed = Field(description="Its gradient.")
    new: Printed = Field(description="Its value after the step.")
    relation: Relation = Field(description="`≈` where eight decimals would not give the printed value back.")


class WorkedSolution(Answer):
    """The worked solution: given, forward pass, local derivatives, chain rule, update."""

    title: str = Field(description="Its heading, with `$…$` around names.", examples=["Gradients of $E$"])
    output: NodeName = Field(description="The node that is differentiated.")
    leaf: NodeName | None = Field(description="The node that was asked for; null for every leaf.")
    given: list[GivenLeaf] = Field(description="The leaves.")
    rows: list[ForwardRow] = Field(description="The forward table, in topological order.")
    locals: list[LocalDerivative] = Field(description="The derivatives that stand as factors, from the output's side.")
    blocks: list[ChainBlock] = Field(description="The chain rule, in reverse topological order.")
    learning_rate: Printed | None = Field(description="The learning rate of the update, or null.")
    updates: list[ParameterUpdate] = Field(description="The update of each parameter; empty without a learning rate.")
    independent: list[NodeName] = Field(description="Nodes that the output does not depend on: their gradient is 0.")
    paths: Count | None = Field(
        description="Number of paths from the node that was asked for, counted between steps; null for every leaf."
    )
    notes: list[str] = Field(description="Sentences on kinks, and on numbers that are not finite.")
    digits_note: str | None = Field(description="Why more than four decimals are shown, with `$…$`; or null.")
    cut: list[str] = Field(description="What of a long solution is left out, in sentences.")
    steps: int = Field(description="Number of steps of the program, listed or not.", ge=0, examples=[7])
    graph: NamedGraph | None = Field(description="The graph between leaves and steps; null for a long program.")


class DerivationAnswer(Answer):
    """The worked solution of a program, as a record or as a text."""

    format: Format = Field(description="The format that was asked for.")
    text: str | None = Field(description="The Markdown or LaTeX; null for `structured`.")
    solution: WorkedSolution | None = Field(description="The record; null for a text.")
