"""What the calls about single nodes answer: curves of the output, and gradients compared with small steps."""

from typing import Literal

from pydantic import Field

from app.api.schemas.answers import Answer, Number


class Point(Answer):
    """One point of a curve."""

    x: float = Field(description="Value of the node that varies.", examples=[-3.0])
    value: Number = Field(description="Value of the output there.", examples=[0.7310585786300049])


class Kink(Answer):
    """A place at which the output has no slope: it bends there, or jumps."""

    x: float = Field(description="Where it is.", examples=[0.0])
    node: str = Field(description="Id of the gate whose kink it is.", examples=["n5"])
    jump: bool = Field(description="Whether the output itself jumps, so that its line is broken.", examples=[False])
    before: Number = Field(description="Slope of the output right before it.", examples=[0.0])
    after: Number = Field(description="Slope of the output right after it.", examples=[1.0])
    message: str = Field(description="What the gate does there, in one sentence.")


class CurveAnswer(Answer):
    """The output over values of one node, and its slope at the present value."""

    output: str = Field(description="Id of the output.", examples=["n12"])
    node: str = Field(description="Id of the node that varies.", examples=["n3"])
    label: str = Field(description="What formulas call that node, or its entry: `W1[0, 1]`.", examples=["w1"])
    entry: list[int] | None = Field(
        description="Of a tensor, which entry varies, counted from 0; null for a number.", examples=[[0, 1]]
    )
    x: Number = Field(description="Its present value.", examples=[-3.0])
    value: Number = Field(
        description="Present value of the output; of a tensor the sum of its entries.", examples=[0.7310585786300049]
    )
    slope: Number = Field(
        description="d(output)/d(node) at the present value, as `/evaluate` gives it for a seed of 1.",
        examples=[-0.3932238664829637],
    )
    low: Number = Field(description="Left end of the range.", examples=[-6.0])
    high: Number = Field(description="Right end of the range.", examples=[0.0])
    points: list[Point] = Field(
        description=(
            "In the order of `x`, with one point right before and one right after every kink. "
            "None where the present value is not finite."
        )
    )
    kinks: list[Kink] = Field(description="In the order of `x`; the 24 nearest to the present value.")


Verdict = Literal["agrees", "differs", "kink", "unclear"]


class EntryCheck(Answer):
    """The gradient at one entry of a tensor that was asked for as a whole."""

    entry: list[int] = Field(description="Where, counted from 0.", examples=[[0, 1]])
    gradient: Number = Field(description="By the chain rule.", examples=[-0.39322386648296376])
    numeric: Number = Field(description="By central difference.", examples=[-0.3932238664650614])
    verdict: Verdict = Field(description="The outcome there.", examples=["agrees"])


class Check(Answer):
    """The gradient at one node, compared with a central difference.

    Of a tensor that is asked for as a whole, the numbers are those of the entry with the largest deviation.
    """

    node: str = Field(description="Id of the node.", examples=["n3"])
    label: str = Field(description="What formulas call it, or its entry: `W1[0, 1]`.", examples=["w1"])
    value: Number = Field(description="Its present value x.", examples=[-3.0])
    step: Number = Field(
        description="The step h: the cube root of the machine epsilon, times |x| where that is above 1.",
        examples=[1.8166e-05],
    )
    gradient: Number = Field(description="d(output)/d(node) by the chain rule.", examples=[-0.39322386648296376])
    numeric: Number = Field(description="(f(x + h) − f(x − h)) / 2h.", examples=[-0.3932238664650614])
    difference: Number = Field(description="numeric − gradient.", examples=[1.8e-11])
    tolerance: Number = Field(
        description=(
            "How far both may lie apart: four times the sum of what the step cuts off (from a step twice as long) and "
            "what rounding leaves (from every gate's value and gradient)."
        ),
        examples=[1.8e-10],
    )
    left: Number = Field(description="(f(x) − f(x − h)) / h.", examples=[-0.3932])
    right: Number = Field(description="(f(x + h) − f(x)) / h.", examples=[-0.3932])
    verdict: Verdict = Field(
        description=(
            "`kink`: one lies within the step, so there is no one slope to compare. "
            "`unclear`: the step is too coarse here, or a number is not finite."
        ),
        examples=["agrees"],
    )
    message: str = Field(description="The outcome in one sentence.", examples=["Finite difference gives −0.3932."])
    entry: list[int] | None = Field(
        description="Of a tensor, the entry that these numbers are of; null for a number.", examples=[[0, 1]]
    )
    entries: list[EntryCheck] | None = Field(
        description=(
            "Of a tensor that was asked for as a whole: its entries, or 64 of them spread evenly, fewer where the "
            "limits of one request need it. Null otherwise."
        )
    )
    size: int = Field(description="How many entries it has; 1 for a number.", ge=1, examples=[12])


class CheckAnswer(Answer):
    """Gradients compared with central differences, node by node."""

    output: str = Field(description="Id of the output.", examples=["n12"])
    checks: list[Check] = Field(description="Leaves first, each in the order in which it was named.")
