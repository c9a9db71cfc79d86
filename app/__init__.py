"""Chainrule: computational graphs and backpropagation, from an expression to every value and gradient."""

from app.engine.trace import Trace, trace
from app.errors import Fix, Problem, Span, UserError, render_text
from app.operations.conventions import Conventions

__all__ = ["Conventions", "Fix", "Problem", "Span", "Trace", "UserError", "render_text", "trace"]
