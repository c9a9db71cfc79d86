"""What a checked request asks for, computed and written as JSON. Needs no web framework."""

from __future__ import annotations

import json
from typing import Any

from app.api.answers import refuse_size, write_answer
from app.api.schemas.requests import MAX_ELEMENTS, CheckRequest, CurveRequest, EvaluateRequest, ProgramRequest
from app.api.skeletons import Kept
from app.api.tensor_answers import tensor_entry
from app.engine.check import Check, EntryCheck
from app.engine.curve import draw_curve
from app.engine.kinks import Kink
from app.engine.tensors.check import check_trace
from app.engine.tensors.choice import choose_entry
from app.engine.tensors.curve import draw_entry_curve
from app.engine.tensors.trace import TensorTrace, numbers_only
from app.engine.trace import Trace, trace
from app.limits import Limits
from app.numbers import to_json
from app.operations.conventions import Conventions


def trace_program(asked: ProgramRequest, limits: Limits, seed: float = 1.0) -> Trace:
    """The trace of the program in a request, which has numbers only. Raises UserError."""
    found = trace_any(asked, limits, seed)
    numbers_only(found)
    return found


def trace_any(asked: ProgramRequest, limits: Limits, seed: float = 1.0) -> Trace:
    """The same, also of a program with tensors. Raises UserError."""
    conventions = asked.conventions
    return trace(
        asked.source,
        values=asked.values,
        output=asked.output[0] if asked.output and len(asked.output) == 1 else asked.output,
        seed=seed,
        share=asked.share,
        expand=asked.expand,
        conventions=Conventions(conventions.relu_at_zero, conventions.ties, conventions.abs_at_zero),
        limits=limits,
    )


def evaluate_json(asked: EvaluateRequest, limits: Limits, kept: Kept) -> bytes:
    """Every value and gradient. Raises UserError."""
    found = trace_any(asked, limits, asked.seed)
    if isinstance(found, TensorTrace):
        return answer_json(found, limits, asked.max_elements)
    output = tuple(asked.output) if asked.output else None
    key = (asked.source, output, asked.share, tuple(asked.expand))
    return write_answer(found, limits, kept.skeleton(key, found))


def answer_json(found: Trace, limits: Limits, max_elements: int = MAX_ELEMENTS) -> bytes:
    """The answer of an evaluation, with numbers or with tensors. Raises UserError where it would be too large."""
    if not isinstance(found, TensorTrace):
        return write_answer(found, limits)
    content = encode(tensor_entry(found, limits, min(max_elements, limits.max_tensor_elements)))
    if len(content) > limits.max_response_bytes:
        refuse_size(limits)
    return content


def curve_json(asked: CurveRequest, limits: Limits) -> bytes:
    """The output over values of one node. Raises UserError."""
    found = trace_any(asked, limits)
    varied = choose_entry(found, asked.leaf, asked.node)
    if isinstance(found, TensorTrace):
        curve = draw_entry_curve(found, varied, span=asked.span, points=asked.points, limits=limits)
    else:
        curve = draw_curve(found, varied.node, span=asked.span, points=asked.points, limits=limits)
    return encode(
        {
            "output": found.output,
            "node": curve.node,
            "label": curve.label,
            "entry": None if curve.entry is None else list(curve.entry),
            "x": to_json(curve.x),
            "value": to_json(curve.value),
            "slope": to_json(curve.slope),
            "low": to_json(curve.low),
            "high": to_json(curve.high),
            "points": [{"x": x, "value": to_json(value)} for x, value in curve.points],
            "kinks": [_kink_entry(kink) for kink in curve.kinks],
        }
    )


def check_json(asked: CheckRequest, limits: Limits) -> bytes:
    """Gradients compared with central differences. Raises UserError."""
    found = trace_any(asked, limits, asked.seed)
    checks = check_trace(found, asked.leaf, asked.node, limits)
    return encode({"output": found.output, "checks": [_check_entry(check) for check in checks]})


def _kink_entry(kink: Kink) -> dict[str, Any]:
    return {
        "x": kink.x,
        "node": kink.node,
        "jump": kink.jump,
        "before": to_json(kink.before),
        "after": to_json(kink.after),
        "message": kink.message,
    }


def _check_entry(check: Check) -> dict[str, Any]:
    numbers = {
        "value": check.value,
        "step": check.step,
        "gradient": check.gradient,
        "numeric": check.numeric,
        "difference": check.difference,
        "tolerance": check.tolerance,
        "left": check.left,
        "right": check.right,
    }
    return {
        "node": check.node,
        "label": check.label,
        **{name: to_json(number) for name, number in numbers.items()},
        "verdict": check.verdict,
        "message": check.message,
        "entry": None if check.entry is None else list(check.entry),
        "entries": None if check.entries is None else [_one_entry(one) for one in check.entries],
        "size": check.size,
    }


def _one_entry(one: EntryCheck) -> dict[str, Any]:
    numbers = {"gradient": to_json(one.gradient), "numeric": to_json(one.numeric)}
    return {"entry": list(one.entry), **numbers, "verdict": one.verdict}


def encode(answer: dict[str, Any]) -> bytes:
    """An answer as JSON in UTF-8."""
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
