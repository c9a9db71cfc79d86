"""Sizes and times the product allows, each a setting read from the environment.

One frozen record, handed down as an argument: nothing reads the environment while a request is answered.
A field `max_nodes` is set by the variable `CHAINRULE_MAX_NODES`; messages name it through `setting_name`.
"""

import math
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

PREFIX = "CHAINRULE_"


class SettingError(ValueError):
    """An environment variable holds something its setting cannot be; the text says which and what would do."""


def _setting(default: float, about: str, *, unit: str, over: str, least: float = 1) -> Any:
    about_it = {"default": default, "about": about, "unit": unit, "over": over, "least": least}
    return field(default=default, metadata=about_it)


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit with its default. `over` in the metadata is what crossing it leads to."""

    max_body_bytes: int = _setting(1_048_576, "Size of a request body", unit="bytes", over="413")
    max_source_chars: int = _setting(262_144, "Length of a program", unit="characters", over="413")
    max_name_chars: int = _setting(100, "Length of one name in a program", unit="characters", over="422")
    max_nodes: int = _setting(20_000, "Nodes of a graph, composites opened", unit="nodes", over="413")
    max_statements: int = _setting(5_000, "Statements of a program", unit="statements", over="413")
    max_outputs: int = _setting(100, "Outputs named in one request", unit="outputs", over="413")
    max_hessian_leaves: int = _setting(50, "Leaves of one Hessian", unit="leaves", over="413")
    max_jacobian_entries: int = _setting(
        65_536, "Entries of one Jacobian between tensors", unit="entries", over="told in words"
    )
    max_points: int = _setting(1_001, "Points of one curve", unit="points", over="413", least=3)
    max_gate_runs: int = _setting(
        10_000_000, "Gates that a curve, a check or a worked example may run", unit="gate runs", over="413"
    )
    max_paths_listed: int = _setting(1_000, "Paths listed in one answer", unit="paths", over="cut and said")
    max_path_steps: int = _setting(
        100_000, "Edges of all paths listed in one answer", unit="edges", over="cut and said"
    )
    max_derivation_steps: int = _setting(
        200, "Steps of a worked solution that are written out", unit="steps", over="the rest is counted"
    )
    max_slips: int = _setting(2_000, "Slips tried on one number that someone got", unit="slips", over="tried no more")
    max_figures: int = _setting(200, "Numbers in one worked example", unit="numbers", over="413")
    max_response_bytes: int = _setting(33_554_432, "Size of an answer", unit="bytes", over="413")
    max_tensor_elements: int = _setting(131_072, "Entries of one tensor", unit="entries", over="413")
    max_total_elements: int = _setting(1_000_000, "Entries of all tensors of a program", unit="entries", over="413")
    max_rank: int = _setting(8, "Axes of a tensor", unit="axes", over="413")
    max_flops: int = _setting(2_000_000_000, "Additions and multiplications of one product", unit="steps", over="413")
    evaluate_seconds: float = _setting(
        4.0, "Time that the computation of a large program may take", unit="seconds", over="504", least=0.01
    )
    evaluate_memory_mb: int = _setting(
        512, "Memory that the computation of a large program may take", unit="megabytes", over="413", least=16
    )
    workers: int = _setting(2, "Large programs computed at one time, each in a process", unit="processes", over="503")
    queue_length: int = _setting(64, "Large programs that may wait for a process", unit="programs", over="503", least=0)
    queue_seconds: float = _setting(
        3.0, "Time that a large program may wait for a process", unit="seconds", over="503", least=0.01
    )
    header_seconds: float = _setting(
        10.0, "Time in which a request's first line and headers must arrive", unit="seconds", over="408", least=0.1
    )
    body_seconds: float = _setting(
        20.0, "Time in which a whole request body must arrive", unit="seconds", over="408", least=0.1
    )
    keep_alive_seconds: int = _setting(
        5, "Time an idle connection stays open", unit="seconds", over="connection closed"
    )
    grace_seconds: int = _setting(15, "Time that running requests get at shutdown", unit="seconds", over="ended")
    max_header_bytes: int = _setting(
        32_768, "Size of a request's first line and headers", unit="bytes", over="400", least=1_024
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """One limit as a reader meets it: the variable's name, what it bounds, its value now and by default."""

    name: str
    field: str
    about: str
    unit: str
    over: str
    value: float
    default: float


def setting_name(field_name: str) -> str:
    """The environment variable of a field of `Limits`, for messages: `max_nodes` gives `CHAINRULE_MAX_NODES`."""
    return PREFIX + field_name.upper()


def settings(limits: Limits) -> Iterator[Setting]:
    """Every limit in the order of the record, with its present value."""
    for one in fields(Limits):
        about = one.metadata
        yield Setting(
            name=setting_name(one.name),
            field=one.name,
            about=about["about"],
            unit=about["unit"],
            over=about["over"],
            value=getattr(limits, one.name),
            default=about["default"],
        )


def read_limits(environment: Mapping[str, str] | None = None) -> Limits:
    """The limits as the environment sets them, defaults elsewhere.

    An empty variable counts as absent. Raises SettingError that names every variable with an unusable value.
    """
    environment = os.environ if environment is None else environment
    chosen: dict[str, float] = {}
    complaints: list[str] = []
    for one in fields(Limits):
        name = setting_name(one.name)
        text = environment.get(name, "").strip()
        if not text:
            continue
        default, least = one.metadata["default"], one.metadata["least"]
        whole = isinstance(default, int)
        value = _read_number(text, whole=whole)
        if value is None or value < least:
            kind = "a whole number" if whole else "a number"
            shown = text if len(text) <= 60 else text[:59] + "…"
            complaints.append(f"{name} is {shown!r}, but it needs {kind} of at least {least} (default {default}).")
        else:
            chosen[one.name] = value
    if complaints:
        raise SettingError("\n".join(complaints))
    return Limits(**chosen)  # type: ignore[arg-type]  # each value was read as its field's own type


def unknown_settings(environment: Mapping[str, str]) -> list[str]:
    """Variables that carry our prefix and set nothing: most often a slip of the pen, worth a word at start-up."""
    known = {setting_name(one.name) for one in fields(Limits)}
    return sorted(name for name in environment if name.startswith(PREFIX) and name not in known)


def _read_number(text: str, *, whole: bool) -> float | None:
    """The number written in text, or None. `1_000` is fine; infinity, NaN and 20-digit counts are not."""
    if len(text) > 20 or not text.isascii():
        return None
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


DEFAULT_LIMITS = Limits()
