"""The contract of version 1 as pydantic models: the only place where pydantic lives."""

from app.api.schemas.answers import EvaluateAnswer
from app.api.schemas.catalogue import ExamplesAnswer, Health, LimitsAnswer, OperationsAnswer
from app.api.schemas.curves import CheckAnswer, CurveAnswer
from app.api.schemas.paths import PathsAnswer, PathsRequest
from app.api.schemas.problems import ProblemDocument
from app.api.schemas.requests import CheckRequest, CurveRequest, EvaluateRequest

__all__ = [
    "CheckAnswer",
    "CheckRequest",
    "CurveAnswer",
    "CurveRequest",
    "EvaluateAnswer",
    "EvaluateRequest",
    "ExamplesAnswer",
    "Health",
    "LimitsAnswer",
    "OperationsAnswer",
    "PathsAnswer",
    "PathsRequest",
    "ProblemDocument",
]
