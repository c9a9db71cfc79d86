"""The lists of the API: operations, examples, limits. Written once, and sent with a tag so that a page asks cheaply."""

import hashlib
import json
from functools import cache, lru_cache
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.explain.tensor_shapes import shape_examples
from app.graph.forms import COUNT, without_settings
from app.language.latex import Latex
from app.language.parser import parse_unfolded
from app.language.printer import print_node
from app.lessons.load import lessons
from app.lessons.outline import Outline, outline
from app.lessons.records import Lesson
from app.lessons.verdict import judge, verdict
from app.limits import Limits, settings
from app.numbers import to_json
from app.operations import EVERY_OPERATION, Operation
from app.operations.fillers import FILLERS


def cached_answer(request: Request, content: bytes, media_type: str = "application/json") -> Response:
    """The content with its tag, or 304 for a caller that has it already."""
    tag = _tag(content)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    if tag in (one.strip().removeprefix("W/") for one in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


@lru_cache(maxsize=16)
def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


@cache
def operations_json() -> bytes:
    """The registry."""
    return _json(
        {
            "operations": [_operation_entry(one) for one in EVERY_OPERATION],
            "fillers": [
                {
                    "name": one.name,
                    "title": one.title,
                    "says": one.says,
                    "settings": dict(one.settings),
                    "draws": one.draws,
                    "source": one.source,
                }
                for one in FILLERS.values()
            ],
        }
    )


@cache
def examples_json() -> bytes:
    """The gallery, with what each source prints judged by what we compute."""
    return _json({"examples": [_lesson_entry(one) for one in lessons()]})


def limits_json(limits: Limits) -> bytes:
    """The settings in force."""
    entries = [
        {
            "setting": one.name,
            "about": one.about,
            "unit": one.unit,
            "value": one.value,
            "default": one.default,
            "over": one.over,
        }
        for one in settings(limits)
    ]
    return _json({"limits": entries})


def _operation_entry(operation: Operation) -> dict[str, Any]:
    pattern = operation.pattern
    return {
        "name": operation.name,
        "title": operation.title,
        "section": operation.section,
        "operands": operation.operands,
        "variadic": operation.variadic,
        "whole": operation.whole,
        "attributes": dict(operation.attributes),
        "aliases": operation.aliases,
        "notation": operation.notation,
        "latex": operation.latex,
        "symbol": operation.symbol,
        "tensor_latex": operation.tensor_latex,
        "tensor_symbol": operation.tensor_symbol,
        "glyph": operation.glyph,
        "folded": operation.folded,
        "pattern": None
        if pattern is None
        else {
            "name": pattern.name,
            "title": pattern.title,
            "word": pattern.word,
            "sentence": pattern.sentence,
            "program": pattern.program,
        },
        "says": operation.says,
        "reuse": operation.reuse,
        "expansion": operation.expansion,
        "expansion_latex": _rule_latex(operation.expansion),
        "composite": operation.composite,
        "opened": operation.opened and without_settings(operation.opened),
        "opened_latex": _opened_latex(operation.opened),
        "over": operation.over,
        "jacobian": operation.jacobian and _jacobian(*operation.jacobian),
        "kinks": operation.kinks,
        "kink_sentence": operation.kink_sentence,
        "convention": operation.convention,
        "local": [
            {"operand": name, "text": text, "latex": _rule_latex(text)}
            for name, text in zip(operation.operands, operation.shown, strict=True)
        ],
        "downstream": _downstream(operation),
        "shapes": [
            {"operands": one.operands, "result": one.result, "attributes": dict(one.attributes)}
            for one in shape_examples(operation)
        ],
        "code": dict(operation.code),
        "source": operation.source,
    }


def _opened_latex(text: str | None) -> str | None:
    """The open form for whole tensors as LaTeX; the number of entries in it is no operand."""
    latex = _rule_latex(text and without_settings(text))
    return latex and latex.replace(f"#{COUNT}", COUNT)


def _jacobian(diagonal: str, column: str, row: str) -> dict[str, str | None]:
    """diag(diagonal) - column rowᵀ; the diagonal 1 is I."""
    left = "I" if diagonal == "1" else rf"\mathrm{{diag}}\left({_rule_latex(diagonal)}\right)"
    first, second = (r"\mathbf{1}" if text == "1" else _rule_latex(text) or "" for text in (column, row))
    turned = rf"{{{second}}}^{{\top}}" if second.startswith("#") else rf"\left({second}\right)^{{\top}}"
    return {"diagonal": diagonal, "column": column, "row": row, "latex": rf"{left} - {first}\,{turned}"}


def _downstream(operation: Operation) -> list[dict[str, Any]]:
    """The vector-Jacobian products of an operation on whole tensors, by the ranks of its operands."""
    if operation.pull is not None:
        return [{"ranks": None, "text": None, "latex": operation.pulled}]
    return [
        {"ranks": ranks or None, "text": texts, "latex": [_rule_latex(text) for text in texts]}
        for ranks, texts in operation.downstream.items()
    ]


def _rule_latex(text: str | None) -> str | None:
    """A text in the language of programs as LaTeX in which `#x` stands for the name x."""
    if text is None:
        return None
    program = parse_unfolded(text)
    labels = {node: f"#{name}" for node, name in program.leaves.items()}
    return print_node(Latex(program, labels, textbook=True), program.roots[-1])[0]


def _lesson_entry(lesson: Lesson) -> dict[str, Any]:
    found = verdict(lesson)
    return {
        "slug": lesson.slug,
        "title": lesson.title,
        "formula": lesson.formula,
        "summary": lesson.summary,
        "section": lesson.section,
        "kind": lesson.kind,
        "source": {
            "title": lesson.source.title,
            "author": lesson.source.author,
            "place": lesson.source.place,
            "year": lesson.source.year,
        },
        "program": lesson.program,
        "values": {},
        "step": None
        if lesson.step is None
        else {"learning_rate": lesson.step.learning_rate, "parameters": list(lesson.step.parameters)},
        "output": lesson.output,
        "note": lesson.note,
        "verdict": {"kind": found.kind, "count": found.count, "total": found.total},
        "printed": [
            {
                "name": figure.name,
                "quantity": figure.quantity,
                "printed": figure.printed,
                "exact": figure.exact,
                "verdict": figure.verdict,
            }
            for figure in judge(lesson)
        ],
        "graph": _outline_entry(outline(lesson)),
    }


def _outline_entry(found: Outline) -> dict[str, Any]:
    return {
        "output": found.output,
        "nodes": [
            {
                "id": node.id,
                "kind": node.kind,
                "op": node.op,
                "operands": node.operands,
                "local": [_number(one) for one in node.local],
                "name": node.name,
                "label": node.label,
                "latex": node.latex,
                "shape": node.shape,
                "value": _number(node.value),
                "gradient": _number(node.gradient),
            }
            for node in found.nodes
        ],
    }


def _number(value: float | None) -> float | str | None:
    return None if value is None else to_json(value)
