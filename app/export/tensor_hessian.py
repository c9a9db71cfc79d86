"""Second derivatives in a program with tensors: of its entries, through the program written out in scalars."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from app.engine.hessian import Hessian, find_hessian, refuse_leaves
from app.engine.tensors.choice import Varied
from app.engine.tensors.jacobian import Place, count_places, places_of
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import trace as trace_text
from app.errors import Problem, UserError
from app.export.scalars import scalar_entries
from app.limits import Limits


def find_tensor_hessian(
    trace: TensorTrace, output: int, chosen: Sequence[Varied], limits: Limits
) -> tuple[Hessian, tuple[Place, ...]]:
    """The Hessian of a number by entries, and the entries; the nodes that it names itself are of the written program.

    Raises UserError: kind "limit" for too many entries, or a program that would be too long; kind "value" for an output
    that is a tensor, and where written out in scalars it has no finite value though it has one here.
    """
    if np.ndim(trace.values[output]):
        text = f"`{trace.graph.labels[output]}` is a tensor: second derivatives are those of a number."
        raise UserError([Problem("tensor-output", text, "Name one that is a number.", field="node")], "value")
    count = count_places(trace, chosen)
    if count > limits.max_hessian_leaves:
        refuse_leaves(count, limits)
    places = tuple(places_of(trace, chosen))
    text, entries = scalar_entries(trace, limits)
    written = trace_text(text, conventions=trace.conventions, limits=limits)
    names = written.program.names
    nodes = [names.get(str(entries[place.node][place.entry])) for place in places]
    target = names.get(str(entries[output][()]))
    if target is None or None in nodes:
        message = "Second derivatives of this program are not known: an entry is a number that it does not name."
        raise UserError([Problem("no-hessian", message, "Name other leaves.", field="leaves")], "value")
    found = find_hessian(written, target, [node for node in nodes if node is not None], limits)
    if not math.isfinite(written.values[target]) and math.isfinite(trace.values[output]):
        message = "Written out in scalars this program overflows, so its second derivatives are not known."
        raise UserError([Problem("no-hessian", message, "Take smaller values.", field="leaves")], "value")
    return found, places
