"""Whatever is typed is read, or refused with problems that help."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from app import Span, Trace, UserError, render_text, trace
from app.errors import MAX_PROBLEMS
from app.language.careful import read_carefully
from app.language.notation import print_program
from app.language.parser import parse
from app.language.quick import read_quickly
from app.language.reader import Reader
from app.language.statements import finish_text
from app.language.text import prepare
from app.limits import DEFAULT_LIMITS
from tests.language.latex_texts import LATEX_TEXTS
from tests.language.programs import PIECED_TEXTS, programs
from tests.language.python_texts import PYTHON_TEXTS
from tests.language.reading import same

OUR_OWN = re.compile(r"Traceback|Error|None|dict|\bfloat\b|\.py|numpy")


def _check(source: str) -> None:
    try:
        result = trace(source)
    except UserError as error:
        _check_problems(source, error)
    else:
        _check_records(source, result)


def _check_problems(source: str, error: UserError) -> None:
    assert error.kind == "program"
    assert 1 <= len(error.problems) <= MAX_PROBLEMS
    starts = [problem.span.start for problem in error.problems if problem.span]
    assert starts == sorted(starts)
    assert len(starts) == len(error.problems)
    for problem in error.problems:
        _check_span(source, problem.span)
        if problem.fix is not None:
            _check_span(source, problem.fix.span)
        for sentence in filter(None, (problem.message, problem.hint)):
            assert sentence.endswith("."), sentence
            assert re.match(r"[A-Z`0-9]", sentence), sentence
            assert not {unicodedata.category(letter) for letter in sentence} & {"Cc", "Cs"}, sentence
            assert not OUR_OWN.search(re.sub("`[^`]*`|64-bit float", "", sentence)), sentence
    render_text(source, error.problems)


def _check_span(source: str, span: Span | None) -> None:
    assert span is not None
    assert 0 <= span.start <= span.end <= len(source)
    before = re.split("\r\n?|[\n\x85\u2028\u2029]", source[: span.start])
    assert (span.line, span.column) == (len(before), len(before[-1]) + 1)


def _check_records(source: str, result: Trace) -> None:
    for node in result.nodes:
        _check_span(source, node.span)
    for statement in result.statements:
        _check_span(source, statement.span)
        for part in statement.parts:
            assert 0 <= part.start < part.end <= len(statement.latex)
    assert len(result.edges) == sum(len(node.operands) for node in result.nodes)
    assert all(notice.message.endswith(".") for notice in (*result.warnings, *result.kinks))


@given(PIECED_TEXTS)
@settings(max_examples=1500)
def test_texts_made_of_our_words_are_read_or_explained(source: str) -> None:
    _check(source)


@given(st.text(max_size=60))
@settings(max_examples=500)
def test_any_text_is_read_or_explained(source: str) -> None:
    _check(source)


@given(LATEX_TEXTS)
@settings(max_examples=1000)
def test_texts_made_of_latex_are_read_or_explained(source: str) -> None:
    _check(source)
    _check(f"{source}\\alpha")


@given(PYTHON_TEXTS)
@settings(max_examples=1000)
def test_texts_made_of_python_are_read_or_explained(source: str) -> None:
    _check(source)
    _check(f"import math\n{source}")


@given(programs())
@settings(max_examples=300)
def test_good_programs_are_read(source: str) -> None:
    _check(source)
    parse(source)


@given(programs() | PIECED_TEXTS)
@settings(max_examples=1500)
def test_quick_and_careful_reading_agree(source: str) -> None:
    prepared = prepare(source)
    quick = read_quickly(prepared, DEFAULT_LIMITS.max_name_chars)
    reader = Reader(prepared, DEFAULT_LIMITS)
    read_carefully(reader)
    finish_text(reader)
    if quick is not None:
        assert not reader.problems
        assert same(quick, reader.program)


@given(programs())
@settings(max_examples=500)
def test_printing_and_reading_again_changes_nothing(source: str) -> None:
    program = parse(source)
    printed = print_program(program)
    again = parse(printed)
    assert same(program, again), printed
    assert print_program(again) == printed
