"""Flat code: both passes of a program as straight-line assignments in Python, NumPy, PyTorch or JAX.

Forward lines are the `code` templates of the registry. Backward lines are printed from the very rule texts that the
engine evaluates, so what is shown is what is computed; where our language cannot say a rule of whole tensors, they are
the `back` templates of its entry. Sums over axes along which an operand was repeated are lines like all others.
"""

from app.export.code.dialects import DIALECTS, Dialect
from app.export.code.records import Code, Line, Note
from app.export.code.write import usual_language, write_code

__all__ = ["DIALECTS", "Code", "Dialect", "Line", "Note", "usual_language", "write_code"]
