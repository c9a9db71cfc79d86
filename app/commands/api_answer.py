"""What the API answers to the same question: the output of `--json`. Loaded only where it is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, TypeVar

from app.api.schemas.requests import ProgramRequest
from app.commands.program import Outcome, values_of
from app.limits import Limits

Asked = TypeVar("Asked", bound=ProgramRequest)


def api_answer(
    model: type[Asked],
    compute: Callable[[Asked, Limits], bytes],
    source: str,
    options: argparse.Namespace,
    limits: Limits,
    **more: Any,
) -> Outcome:
    """The JSON text of a call for the program and its options; `more` are the fields of this call alone.

    Raises UserError.
    """
    asked = model(
        source=source,
        values=dict(values_of(options)),
        output=options.output,
        share=options.share,
        expand=options.expand,
        conventions={
            "relu_at_zero": options.relu_at_zero,
            "ties": options.ties,
            "abs_at_zero": options.abs_at_zero,
        },  # type: ignore[arg-type]
        **more,
    )
    return Outcome(compute(asked, limits).decode("utf-8"))
