"""Flat code: both passes of a program as straight-line assignments in Python, NumPy, PyTorch or JAX.

Forward lines are the `code` templates of the registry. Backward lines are printed from the very rule texts that the
engine evaluates, so what is shown is what is computed.
"""

from app.export.code.dialects import DIALECTS, Dialect
from app.export.code.records import Code, Line, Note
from app.export.code.write import write_code

__all__ = ["DIALECTS", "Code", "Dialect", "Line", "Note", "write_code"]
