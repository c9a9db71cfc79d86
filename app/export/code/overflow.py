"""Where a formula overflows although its result does not: a gate's textbook form, which the engine does not use."""

from __future__ import annotations

import math

from app.engine.trace import Trace
from app.engine.varied import run_rule


def overflows_opened(trace: Trace) -> bool:
    """Whether some composite gate is not finite on the way through its own definition, as in 1 / (1 + exp(1000))."""
    program, values = trace.program, trace.values
    for node in range(len(program.ops)):
        operation = program.operation(node)
        if operation is None or operation.expansion is None:
            continue
        names = dict(zip(operation.operands, (values[each] for each in program.operands(node)), strict=False))
        run = run_rule(operation.expansion, {**names, **operation.attributes, **program.attributes(node)})
        if not all(math.isfinite(float(each)) for each in run):
            return True
    return False
