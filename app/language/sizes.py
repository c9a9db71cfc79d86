"""The refusal of what is larger than a setting allows."""

from __future__ import annotations

from app.errors import Problem, UserError
from app.limits import Limits, setting_name


def over_limit(code: str, what: str, count: int, unit: str, field: str, limits: Limits) -> UserError:
    """The refusal of something larger than a setting allows."""
    limit = getattr(limits, field)
    message = f"This {what} has {count:,} {unit}; the limit is {limit:,}."
    return UserError([Problem(code, message, f"The setting {setting_name(field)} changes the limit.")], "limit")
