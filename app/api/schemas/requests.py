"""What a caller may send to a computation. One record for every call, so that a new option is added once."""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

Finite = Annotated[float, Field(allow_inf_nan=False, strict=True)]


MAX_ELEMENTS = 1_000
"""Entries of a tensor that are listed in an answer unless the request says otherwise."""


def _number_or_lists(given: Any, check: ValidatorFunctionWrapHandler) -> Any:
    """Lists are looked at where they become a tensor: a union would tell every mistake twice."""
    return given if isinstance(given, list) else check(given)


LeafValue = Annotated[
    Finite,
    WrapValidator(_number_or_lists),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "array", "items": {}}]}),
]


def _one_or_many(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


Names = Annotated[
    list[str],
    BeforeValidator(_one_or_many),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
Openings = Annotated[
    list[str],
    BeforeValidator(_one_or_many),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class Closed(BaseModel):
    """A record that refuses fields it does not know and values of a neighbouring type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ConventionsRequest(Closed):
    """Which derivative is taken where there is none. Each one left out keeps its default."""

    relu_at_zero: Finite = Field(
        default=0.0,
        ge=0.0,
        le=1.0,
        description="Slope of relu and its relatives at exactly 0. PyTorch takes 0, some lectures take 1.",
        examples=[0, 1],
    )
    ties: Literal["split", "first", "both"] = Field(
        default="split",
        description=(
            "Who receives the gradient when the largest operands of max (or the smallest of min) are equal: "
            "`split` shares it equally, `first` gives it to the first of them, `both` gives all of it to each."
        ),
        examples=["split"],
    )
    abs_at_zero: Finite = Field(default=0.0, ge=-1.0, le=1.0, description="Slope of abs at exactly 0.", examples=[0])


class ProgramRequest(Closed):
    """What every computation is told of a program."""

    source: str = Field(
        description=(
            "The program: statements separated by newlines or `;`. The last formula is the output. "
            "LaTeX and Python are read as well; a text with a backslash is LaTeX."
        ),
        examples=["q = x + y\nf = q * z"],
    )
    values: dict[str, LeafValue] = Field(
        default_factory=dict,
        description=(
            "Numbers for leaves, by name. They win over numbers that the program itself gives. "
            "A leaf with no number anywhere gets 1 and is listed under `defaulted`. "
            "A number beyond float64 is refused. A tensor is written as nested lists, all rows of one length; "
            "one entry of it is `W[0, 1]`, indices from 0."
        ),
        examples=[{"x": -2, "y": 5, "z": -4}],
    )
    output: Names | None = Field(
        default=None,
        description=(
            "The node that is differentiated, by name, or a list of several. "
            "Left out or null, it is the last statement that is not only a value."
        ),
        examples=["f"],
        json_schema_extra={"default": None},
    )
    share: bool = Field(default=False, description="Merge equal sub-expressions into one node.", examples=[False])
    expand: Openings = Field(
        default_factory=list,
        description=(
            'Composite operations or groups to open into their primitive gates, by name; `"*"` opens all; '
            "where tensors would be too large then, none. Closed ones appear as one node. "
            "Calls of the program's own functions are always sent open, with a group."
        ),
        examples=[["sigmoid"]],
    )
    conventions: ConventionsRequest = Field(
        default_factory=ConventionsRequest, description="Derivatives at kinks.", examples=[{"relu_at_zero": 1}]
    )


class EvaluateRequest(ProgramRequest):
    """A program, and what to compute of it. Only `source` is required."""

    seed: Finite = Field(
        default=1.0, description="The gradient that arrives at the output: 1 for d(output)/d(node).", examples=[1.0]
    )
    max_elements: int = Field(
        default=MAX_ELEMENTS,
        ge=1,
        description="Tensors with more entries are answered by a summary instead of their numbers.",
        examples=[1_000],
    )


class CurveRequest(ProgramRequest):
    """A program, and which of its nodes varies: exactly one of `leaf` and `node`."""

    leaf: str | None = Field(
        default=None,
        description="Name of the leaf that varies; of a tensor one entry, `W1[0, 1]`, counted from 0.",
        examples=["w1", "W1[0, 1]"],
        json_schema_extra={"default": None},
    )
    node: str | None = Field(
        default=None,
        description=(
            "Id, name or label of any node that varies, alone: what it is computed from is held. "
            "Of a tensor one entry, `n3[2]`."
        ),
        examples=["n3"],
        json_schema_extra={"default": None},
    )
    span: Finite | None = Field(
        default=None,
        gt=0.0,
        description="How far the curve reaches to both sides of the present value; three local units unless given.",
        examples=[3.0],
        json_schema_extra={"default": None},
    )
    points: int = Field(
        default=161,
        ge=3,
        description="Number of points, spread evenly, the present value among them. Kinks add two points each.",
        examples=[161],
    )


class CheckRequest(EvaluateRequest):
    """A program, and which of its gradients to compare with small steps. Only `source` is required."""

    leaf: Names | None = Field(
        default=None,
        description=(
            "Names of leaves; `W1[0, 1]` is one entry, `W1` every entry of a tensor alone, or a sample of them. "
            "Without `leaf` and `node` it is every leaf that is not a constant."
        ),
        examples=[["w1", "x1"], ["W1[0, 1]"]],
        json_schema_extra={"default": None},
    )
    node: Names | None = Field(
        default=None,
        description="Ids, names or labels of any nodes, or entries of them; each is varied alone.",
        examples=[["n3"]],
        json_schema_extra={"default": None},
    )
