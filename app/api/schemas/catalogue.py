"""What the catalogues answer: operations, examples, limits, health."""

from typing import Any, Literal

from pydantic import Field

from app.api.schemas.answers import Answer, Number
from app.operations.conventions import ConventionName


class Pattern(Answer):
    """What an operation does to the gradient that flows back through it."""

    name: str = Field(description="Stable name.", examples=["switcher"])
    title: str = Field(description="Its name in a sentence.", examples=["gradient switcher"])
    word: str = Field(description="The word shown beside a gate.", examples=["switcher"])
    sentence: str = Field(description="One sentence for a student.")
    program: str = Field(description="The smallest program that shows it.")


class LocalRule(Answer):
    """The derivative of an operation by one of its operands."""

    operand: str = Field(description="Name of the operand.", examples=["x"])
    text: str | None = Field(description="The rule in the language of programs; null where no gradient flows.")
    latex: str | None = Field(description="The rule in LaTeX, `#x` standing for operand x and `#out` for the result.")


class WholeRule(Answer):
    """What an operation on whole tensors passes on to each operand: its vector-Jacobian product."""

    ranks: list[int] | None = Field(description="Ranks of the operands for which it holds; null for all.")
    text: list[str | None] | None = Field(
        description="Per operand, the product in the language of programs, `g` being the upstream gradient."
    )
    latex: list[str | None] = Field(description="The same in LaTeX, `#x` standing for operand x and `#g` for g.")


class JacobianRule(Answer):
    """The Jacobian of an operation on a vector: diag(diagonal) − column rowᵀ, each entry by entry."""

    diagonal: str = Field(description="The diagonal, in the language of programs; `out` is the result.", examples=["1"])
    column: str = Field(description="The column of the product that is taken off.", examples=["1"])
    row: str = Field(description="Its row.", examples=["exp(out)"])
    latex: str = Field(
        description="The whole in LaTeX.", examples=[r"\mathrm{diag}\left(#out\right) - #out\,{#out}^{\top}"]
    )


class ShapeExample(Answer):
    """Shapes that an operation takes and what becomes of them."""

    operands: list[list[int]] = Field(description="Shape of each operand.", examples=[[[3, 2], [2, 4]]])
    result: list[int] = Field(description="Shape of the result; empty for a number.", examples=[[3, 4]])
    attributes: dict[str, Any] = Field(
        description="Settings of the call in this example, such as the axis.", examples=[{"axis": 0}]
    )


class Operation(Answer):
    """One entry of the registry: what a gate computes, and how its gradient is found."""

    name: str = Field(description="The name used in calls and in `op`.", examples=["mul"])
    title: str = Field(description="Its name for readers.", examples=["Multiply"])
    section: str = Field(description="The section of the cheat sheet.", examples=["arithmetic"])
    operands: list[str] = Field(description="Names of the operands in order.", examples=[["x", "y"]])
    variadic: bool = Field(description="Whether the operand may be repeated.")
    whole: bool = Field(description="It works on whole tensors, and not entry by entry.")
    attributes: dict[str, Any] = Field(description="Settings that a call may give by name, with their defaults.")
    aliases: list[str] = Field(description="Other names of the same operation.")
    notation: str = Field(description="How it is written, `#x` standing for operand x.", examples=["#x * #y"])
    latex: str = Field(description="How it is typeset.", examples=[r"#x \cdot #y"])
    symbol: str = Field(description="The text inside its gate.", examples=["×"])
    tensor_latex: str | None = Field(
        description="How it is typeset where operands are tensors, of a loss one, of others all; null for the same.",
        examples=[r"#x \odot #y"],
    )
    tensor_symbol: str | None = Field(
        description="The text inside its gate then, or null for the same.", examples=["½‖·‖²"]
    )
    glyph: str | None = Field(description="Name of a curve drawn inside the gate in place of the text.")
    folded: list[str | None] = Field(
        description="Text of the gate when the operand at this place is a literal, `#c` standing for the literal."
    )
    pattern: Pattern | None = Field(description="What it does to gradients.")
    says: str = Field(description="What it does, in one sentence.")
    reuse: str | None = Field(description="What the gate reuses on the way back.")
    expansion: str | None = Field(description="The same computation in primitive gates, in the language of programs.")
    expansion_latex: str | None = Field(description="The expansion in LaTeX, `#x` standing for operand x.")
    opened: str | None = Field(
        description="The same for whole tensors, settings left out; `n` is how many entries are reduced to one.",
        examples=["1/2 * sum((t - y)^2)"],
    )
    opened_latex: str | None = Field(
        description="That in LaTeX, `#x` standing for operand x.",
        examples=[r"\tfrac{1}{2} \sum \left(#t - #y\right)^{2}"],
    )
    composite: bool = Field(description="Whether it has an expansion and can be opened.")
    over: Literal["sum", "mean"] | None = Field(
        description="Of a loss, how the losses of many entries make one number; null for all others."
    )
    jacobian: JacobianRule | None = Field(
        description="The Jacobian where it is told beside the product that is computed in its place; null elsewhere."
    )
    kinks: str | None = Field(description="The condition under which it has no derivative.")
    kink_sentence: str | None = Field(description="What the reader is told there.")
    convention: ConventionName | None = Field(
        description="The convention of a request that decides the derivative there."
    )
    local: list[LocalRule] = Field(description="Derivative by each operand; empty rules for whole tensors.")
    downstream: list[WholeRule] = Field(description="What whole tensors pass on; empty for all other operations.")
    shapes: list[ShapeExample] = Field(
        description=(
            "Of an operation on whole tensors, one example for each combination of ranks that it treats its own way, "
            "and for each axis; of a loss, how its entries make one number. Empty for all that broadcast."
        )
    )
    code: dict[str, str] = Field(description="The forward computation in python, numpy, torch and jax.")
    source: str = Field(description="Where the formula comes from.")


class Filler(Answer):
    """A function that writes a tensor of one value, as a literal does: no gate, and nothing is differentiated by it."""

    name: str = Field(description="The name used in calls, with the sizes as operands.", examples=["xavier"])
    title: str = Field(description="Its name for readers.", examples=["Xavier (Glorot)"])
    says: str = Field(description="What it writes, in one sentence.")
    settings: dict[str, float | None] = Field(
        description=(
            "What a call may give by name, with defaults; null is worked out from the sizes. "
            "The same sizes, settings and seed give the same numbers always."
        ),
        examples=[{"low": -1.0, "high": 1.0, "seed": 0.0}],
    )
    draws: str | None = Field(description="The distribution of its entries in LaTeX; null where nothing is random.")
    source: str = Field(description="Where it comes from.")


class OperationsAnswer(Answer):
    """The registry of operations."""

    operations: list[Operation] = Field(description="Every operation, in the order of the registry.")
    fillers: list[Filler] = Field(description="Every function that writes a tensor: zeros, ones, random starts.")


class LessonSource(Answer):
    """Where an example comes from."""

    title: str = Field(description="The course, book or paper.")
    author: str = Field(description="Who wrote or taught it.")
    place: str = Field(description="The page, section or lecture.")
    year: int | None = Field(description="The year, where the source gives one.")


class Verdict(Answer):
    """How the numbers that the source prints compare with ours."""

    kind: Literal["matches", "rounded", "wrong", "none"] = Field(description="The worst of all printed numbers.")
    count: int = Field(description="How many printed numbers have that verdict.", ge=0)
    total: int = Field(description="How many numbers the source prints.", ge=0)


class PrintedNumber(Answer):
    """One number as the source prints it."""

    name: str = Field(description="The node it belongs to.")
    quantity: Literal["value", "gradient", "updated"] = Field(
        description="Which of its numbers; `updated` is its value after one step of gradient descent."
    )
    printed: str = Field(description="The digits as printed.")
    exact: float = Field(description="The number we compute.")
    verdict: Literal["matches", "rounded", "wrong"] = Field(description="How the two compare.")


class TrainingStep(Answer):
    """One step of gradient descent as the source takes it."""

    learning_rate: float = Field(description="The learning rate.", examples=[0.7])
    parameters: list[str] = Field(description="The leaves that take the step; empty for every parameter.")


class OutlineNode(Answer):
    """One node of an example's graph, with the edges that enter it."""

    id: str = Field(description="Its id in this graph.", examples=["n3"])
    kind: Literal["input", "parameter", "constant", "operation"] = Field(description="Role of a leaf, or `operation`.")
    op: str | None = Field(description="Name of the operation; null for a leaf.")
    operands: list[str] = Field(description="Ids of its operands in order, repeats kept.")
    local: list[Number | None] = Field(description="Derivative by each operand; null where nothing is differentiated.")
    name: str | None = Field(description="The program's name for it, or null.")
    label: str = Field(description="What formulas call it.")
    latex: str = Field(description="The label in LaTeX.")
    shape: list[int] = Field(description="Its shape; empty for a number.")
    value: Number | None = Field(description="Its value; null for a tensor.")
    gradient: Number | None = Field(
        description="Gradient of the output with respect to it; null for constants and tensors."
    )


class Outline(Answer):
    """The graph of an example in short, composites closed: what a small drawing of it needs."""

    output: str = Field(description="Id of the output.")
    nodes: list[OutlineNode] = Field(description="In topological order.")


class Lesson(Answer):
    """One example: a program with the numbers its source prints."""

    slug: str = Field(description="Its name in addresses.")
    title: str = Field(description="Its name on a card.")
    formula: str | None = Field(description="The title in LaTeX, where it is a formula.")
    summary: str = Field(description="One short line.")
    section: str = Field(description="The section of the gallery.")
    kind: Literal["gates", "neurons", "networks", "tensors"] = Field(description="What it is about.")
    source: LessonSource = Field(description="Where it comes from.")
    program: str = Field(description="The program.")
    values: dict[str, float] = Field(description="Numbers for leaves beside the program.")
    step: TrainingStep | None = Field(description="The step of gradient descent that the source takes, or null.")
    output: str | None = Field(description="The node to differentiate, where it is not the last formula.")
    note: str | None = Field(description="A sentence on the source's numbers, or null.")
    verdict: Verdict = Field(description="The comparison in short.")
    printed: list[PrintedNumber] = Field(description="Every printed number.")
    graph: Outline = Field(description="Its graph in short.")


class ExamplesAnswer(Answer):
    """The gallery."""

    examples: list[Lesson] = Field(description="Every example, in the order of the gallery.")


class Limit(Answer):
    """One limit of this server."""

    setting: str = Field(description="The environment variable that sets it.", examples=["CHAINRULE_MAX_NODES"])
    about: str = Field(description="What it bounds.")
    unit: str = Field(description="What it counts.", examples=["nodes"])
    value: float = Field(description="Its value on this server.", examples=[20000])
    default: float = Field(description="Its value where nothing is set.", examples=[20000])
    over: str = Field(description="What crossing it leads to: a status, or a word.", examples=["413"])


class LimitsAnswer(Answer):
    """Every limit of this server."""

    limits: list[Limit] = Field(description="In the order of the settings table.")


class Health(Answer):
    """The server answers."""

    status: Literal["ok"] = Field(description="Always `ok`.", examples=["ok"])
