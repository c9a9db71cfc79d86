"""What the calls about printed numbers are asked and answer: the wrong-answer detective, and worked examples."""

from typing import Literal

from pydantic import Field

from app.api.schemas.answers import Answer, Number, Span
from app.api.schemas.problems import ProblemEntry
from app.api.schemas.requests import Finite, ProgramRequest

Quantity = Literal["value", "gradient", "updated"]
Verdict = Literal["exact", "rounded", "truncated", "rounded-on-the-way", "wrong"]
Manner = Literal["exact", "rounded", "truncated"]
SlipKind = Literal[
    "path", "derivative", "place", "factor", "sign", "constant", "power", "router", "value", "local", "upstream",
    "other", "term", "early", "step", "rounding", "transpose", "sum", "softmax", "order",
]  # fmt: skip

_RATE = "Learning rate of the step that gives new values: parameter − learning rate × gradient."
_PARAMETERS = "Names of the leaves that the step changes. Left out or null, it is every parameter."


class StepRequest(ProgramRequest):
    """A program, and perhaps a step of gradient descent."""

    learning_rate: Finite | None = Field(
        default=None, description=_RATE, examples=[0.7], json_schema_extra={"default": None}
    )  # fmt: skip
    parameters: list[str] | None = Field(
        default=None, description=_PARAMETERS, examples=[["w1", "w2"]], json_schema_extra={"default": None}
    )


class DiagnoseRequest(StepRequest):
    """A program, and what someone got for one of its nodes: exactly one of `leaf` and `node`."""

    printed: str = Field(
        description=(
            "The number as it was written, so that its digits count: `0.0012`, `-2.0e-3`, `5·10^-5`, `1/6`. "
            "It is right when it is our number rounded or cut to these digits. Of a tensor that is named without an "
            "index all entries: nested lists, rows of a spreadsheet, what NumPy or PyTorch prints, a LaTeX matrix."
        ),
        examples=["0.0012", "[[0.13, 0.07], [0, 0]]"],
    )
    leaf: str | None = Field(
        default=None,
        description="Name of a leaf, `w1`, or one entry of it, `W1[0, 1]`, indices from 0.",
        examples=["w1", "W1[0, 1]"],
        json_schema_extra={"default": None},
    )
    node: str | None = Field(
        default=None,
        description="Id, name or label of any node, or one entry of it: `z1[2]`.",
        examples=["h_a", "z1[2]"],
        json_schema_extra={"default": None},
    )
    quantity: Quantity = Field(
        default="gradient",
        description="What the number is said to be. `updated`, the value after a step, needs `learning_rate`.",
        examples=["gradient"],
    )


class WorkedRequest(StepRequest):
    """A program, and the numbers that a source prints for it."""

    lines: str = Field(
        description=(
            "One number a line: `h_a = 0.5868` is a value, `dE/dw1 = -0.0010` or `grad_w1 = -0.0010` a gradient, "
            "`new w1 = 0.1007` a value after a step, `eta = 0.7` the learning rate. Of `dE/dw1 = a * b = 0.2` the last "
            "number counts. An entry is `dE/dW1[0, 1] = 0.07`, a whole tensor `z1 = [0.2, -1]`, on several "
            "lines. LaTeX and tables are read too. A line that cannot be read says why and stops no other."
        ),
        examples=["z_a = 0.351\ndE/dw5 = -0.0533\neta = 0.7\nnew w5 = 0.2373"],
    )


class Phrase(Answer):
    """A title or a sentence."""

    text: str = Field(description="Plain.", examples=["Path through y1 left out"])
    latex: str = Field(
        description="The same with names as LaTeX between dollar signs.",
        examples=["Path through $y_{1}$ left out"],
    )


class NodeRef(Answer):
    """A node that an answer speaks of."""

    id: str = Field(description="The same for the same program.", examples=["n3"])
    label: str = Field(description="What formulas call it.", examples=["w1"])
    latex: str = Field(description="The label in LaTeX.", examples=["w_{1}"])
    op: str | None = Field(description="Name of the operation; null for a leaf.")
    span: Span | None = Field(description="Where the program writes it.")


class EdgeRef(Answer):
    """An edge that an answer speaks of."""

    source: str = Field(description="Id of the operand.", examples=["n0"])
    target: str = Field(description="Id of the node that uses it.", examples=["n2"])
    operand: int = Field(description="Position of the operand, from 0.", ge=0, examples=[0])


class Term(Answer):
    """One summand of a gradient."""

    name: Phrase = Field(description="Which one it is.")
    value: Number = Field(description="What it adds.", examples=[0.0012667])
    shown: str = Field(description="The same, with digits that add up with the others.", examples=["0.001267"])
    node: str | None = Field(description="Id of the node that it runs through and the others do not, or null.")


class Total(Answer):
    """The sum of all terms."""

    value: Number = Field(description="The gradient.", examples=[0.0019839])
    shown: str = Field(description="The same, with the digits of the terms.", examples=["0.001984"])


class SlipMatch(Answer):
    """A slip that gives exactly the digits that were written."""

    kind: SlipKind = Field(description="What kind of slip it is.", examples=["path"])
    title: Phrase = Field(description="A few words.")
    headline: str = Field(description="One short sentence.", examples=["One path is missing."])
    says: Phrase = Field(description="What the number is.")
    value: Number | None = Field(description="The number that the slip gives; null of a tensor.", examples=[0.0012667])
    manner: Manner | None = Field(
        description="How it gives the digits: as it is, rounded, or cut; null of a tensor.", examples=["truncated"]
    )
    digits: str | None = Field(
        description="How the digits come about, in a sentence; null where they are the number's own.",
        examples=["0.001267 cut after four decimals is 0.0012; rounded it would be 0.0013."],
    )
    node: str | None = Field(description="Id of the gate where it happened, or null.")
    kept: list[Term] = Field(description="Where terms of a sum are missing: those that are in the number.")
    left_out: list[Term] = Field(description="Those that are not.")
    total: Total | None = Field(description="The sum of all of them; null where no term is missing.")
    kept_edges: list[EdgeRef] = Field(description="Edges that lie on what was kept; empty where no term is missing.")
    dropped_edges: list[EdgeRef] = Field(description="Edges that lie only on what was left out.")
    gives_all: bool = Field(description="Whether it gives everything that was written; false where wrong entries only.")
    gives: list[int] | None = Field(
        description="Of a tensor, the wrong entries that it gives, counted row by row from 0; null of a number.",
        examples=[[3, 4, 5]],
    )


class Tried(Answer):
    """A slip that gives another number."""

    kind: SlipKind = Field(description="What kind of slip it is.", examples=["sign"])
    title: Phrase = Field(description="A few words.")
    value: Number = Field(description="The number that the slip gives.", examples=[-0.0019839])
    gives: str = Field(description="The same with as many decimals as were written.", examples=["−0.0020"])


class WrittenNumber(Answer):
    """A number as it was written."""

    text: str = Field(description="As it was sent.", examples=["0.0012"])
    value: Number | None = Field(description="The number; null of a tensor.", examples=[0.0012])
    decimals: int | None = Field(
        description="Digits after the point; negative for `1.2e5`; null for a fraction and for what is not finite.",
        examples=[4],
    )
    digits: int | None = Field(description="Significant digits, 0 for a zero.", examples=[2])


class Cells(Answer):
    """The entries of a tensor, row by row."""

    typed: list[str] = Field(description="As they were written.", examples=[["0.13", "0.07"]])
    ours: list[str] = Field(description="Our numbers, with two digits more than were written.")
    verdicts: list[Verdict] = Field(description="The verdict on each.", examples=[["rounded", "wrong"]])


class Judged(Answer):
    """What can be said about a number, an entry of a tensor, or a whole tensor."""

    quantity: Quantity = Field(description="What the number is said to be.", examples=["gradient"])
    printed: WrittenNumber = Field(description="The number as it was written.")
    index: list[int] | None = Field(
        description="Which entry it is, from 0; null of a number or a whole tensor.", examples=[[0, 1]]
    )
    shape: list[int] = Field(description="The shape of our tensor; empty for a number or an entry.", examples=[[4, 3]])
    exact: Number | None = Field(description="Our number; null of a tensor.", examples=[0.0019839])
    exact_shown: str = Field(description="The same with two digits more than were written.", examples=["0.001984"])
    verdict: Verdict = Field(
        description=(
            "`exact`, `rounded` and `truncated` are right: our number as it is, rounded, or cut to these digits. "
            "`rounded-on-the-way`: so near that rounding intermediate results explains it. `wrong`: anything else."
        ),
        examples=["wrong"],
    )
    headline: Phrase = Field(description="One short sentence.")
    says: Phrase | None = Field(description="One or two more, or null.")
    digits: str | None = Field(
        description="How the digits come about: from our number, or from the only slip that gives them."
    )
    caution: str | None = Field(
        description="Said where so few digits were written that a slip may give them by chance; else null.",
        examples=["Two digits only: another slip may give them by chance. More digits tell more."],
    )
    matches: list[SlipMatch] = Field(
        description=(
            "Every slip that gives exactly these digits; none is preferred. Of a tensor those that give all entries; "
            "where there are none, those that give every wrong entry; else some that give a part of them."
        )
    )
    which: Phrase | None = Field(description="Of a tensor, which entries are wrong; null of a number or another shape.")
    cells: Cells | None = Field(
        description="Of a tensor its entries; null of a number, of another shape, and above 10,000 entries."
    )


class DiagnoseAnswer(Judged):
    """What can be said about a number: right, rounded on the way, or wrong with every usual slip that gives it."""

    output: str = Field(description="Id of the output.", examples=["n20"])
    node: NodeRef = Field(description="The node whose number it is said to be.")
    tried: list[Tried] = Field(
        description=(
            "Slips that give other numbers, those of every kind first; 60 of them. Of a tensor each with its number at "
            "the first wrong entry."
        )
    )
    tried_count: int = Field(description="How many slips were tried in all, those that match included.", ge=0)
    nodes: list[NodeRef] = Field(
        description="The nodes of `kept_edges` and `dropped_edges`; empty in a graph too large to draw them."
    )


class WorkedFigure(Judged):
    """One number of a worked example with its verdict."""

    node: NodeRef = Field(description="The node whose number it is said to be.")
    of: NodeRef = Field(description="The node that is differentiated: E in `dE/dw1`.")
    follows: Phrase | None = Field(
        description="Where it is not our number: it comes from the printed numbers of other lines; else null."
    )


class WorkedRow(Answer):
    """One line of a worked example."""

    text: str = Field(description="The line.", examples=["dE/dw1 = -0.0010"])
    span: Span = Field(description="Its place in `lines`.")
    problem: ProblemEntry | None = Field(description="Why it could not be read, or null.")
    figure: WorkedFigure | None = Field(description="Its number with the verdict, or null.")


class WorkedCounts(Answer):
    """Lines of a worked example by their verdicts."""

    exact: int = Field(description="Our number as it is.", ge=0)
    rounded: int = Field(description="Our number, rounded.", ge=0)
    truncated: int = Field(description="Our number, cut.", ge=0)
    rounded_on_the_way: int = Field(description="As near as rounding on the way leaves it.", ge=0)
    wrong: int = Field(description="Anything else.", ge=0)
    unread: int = Field(description="Lines that could not be read.", ge=0)


class WorkedAnswer(Answer):
    """Every line of a worked example with its verdict."""

    output: str = Field(description="Id of the output.", examples=["n20"])
    learning_rate: Number | None = Field(description="The learning rate that was used, or null.", examples=[0.7])
    counts: WorkedCounts = Field(description="How many lines have which verdict.")
    rows: list[WorkedRow] = Field(description="The lines in their order; the learning rate is none of them.")
