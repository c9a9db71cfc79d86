"""Chainrule: computational graphs and backpropagation, from an expression to every value and gradient."""

from app.engine.trace import Trace, trace
from app.errors import Fix, Problem, Span, UserError, render_text
from app.export.notebook import represent
from app.export.svg import draw_svg
from app.operations.conventions import Conventions

__all__ = ["Conventions", "Fix", "Problem", "Span", "Trace", "UserError", "draw_svg", "render_text", "trace"]

Trace._repr_mimebundle_ = represent
