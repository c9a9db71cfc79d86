"""Runs generated code, which is ours, in a namespace of its own, and compares every gradient with the engine.

The only place where anything that this product writes is executed.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
import warnings
from typing import Any

import numpy as np
import pytest

from app.engine.trace import Trace
from app.export.code import Code, write_code

LANGUAGES = ("python", "numpy", "torch", "jax")


def needs(language: str) -> None:
    """Skips where the target's library is not installed."""
    if language in ("torch", "jax") and importlib.util.find_spec(language) is None:
        pytest.skip(f"{language} is not installed here, so code for it cannot be run")


def run(code: Code) -> dict[str, Any]:
    """Everything that the code has assigned."""
    space: dict[str, Any] = {}
    torch = importlib.import_module("torch") if code.language == "torch" else None
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            exec(compile(code.text, code.file_name, "exec"), space)
    finally:
        if torch is not None:
            torch.set_default_dtype(torch.float32)
    return space


def check(trace: Trace, language: str, tolerance: float = 1e-12) -> Code:
    """Runs the code of a trace; every value and every gradient is the engine's."""
    code = write_code(trace, language)
    space = run(code)
    for node, name in code.names.items():
        assert_same(space[name], trace.values[node], tolerance, f"{name}\n{code.text}")
        expected = trace.gradients[node]
        if node in code.gradients:
            if expected is None and node == trace.output_nodes[0]:
                expected = 1.0  # of an output that is a constant: nothing is differentiated, but it starts with 1
            expected = 0.0 if expected is None else expected
            assert_same(space[code.gradients[node]], expected, tolerance, f"grad {name}\n{code.text}")
        else:
            assert expected is None or not np.any(expected), f"no line for the gradient of {name}\n{code.text}"
    assert set(trace.program.leaves) - trace.program.fixed <= set(code.gradients), code.text
    check_autograd(trace, code, space, tolerance)
    return code


def check_autograd(trace: Trace, code: Code, space: dict[str, Any], tolerance: float) -> None:
    """What the library finds by itself; at kinks it may choose another slope."""
    if not code.autograd or trace.kinks:
        return
    reached = [leaf for leaf in trace.program.leaves if leaf in code.gradients]
    if code.language == "torch":
        for leaf in reached:
            found = space[code.names[leaf]].grad
            # PyTorch's own hard sigmoid has the slope 1/6 in single precision.
            expected: Any = trace.gradients[leaf]
            expected = 0.0 if expected is None else expected
            assert_same(np.zeros(np.shape(expected)) if found is None else found, expected, 1e-7, code.text)
        return
    parameters = next(line.text for line in code.autograd if line.text.startswith("def "))
    names = parameters.removeprefix("def forward(").removesuffix("):").split(", ")
    by_name = {code.names[leaf]: trace.gradients[leaf] for leaf in reached}
    for name, found in zip(names, space["grads"], strict=True):
        expected = by_name[name]
        assert_same(found, 0.0 if expected is None else expected, tolerance, code.text)


def assert_same(found: Any, expected: Any, tolerance: float, about: str) -> None:
    """Equal within the tolerance, relative above 1 and absolute below; a tensor in its shape too."""
    if np.ndim(expected):
        array = np.asarray(found.detach() if hasattr(found, "detach") else found, dtype=np.float64)
        assert array.shape == np.shape(expected), f"{array.shape} is not {np.shape(expected)}: {about}"
        scale = np.maximum(1.0, np.abs(np.where(np.isfinite(expected), expected, 1.0)))
        with np.errstate(all="ignore"):
            close = (np.abs(array - expected) <= tolerance * scale) | (array == expected)
        assert np.all(close | (np.isnan(array) & np.isnan(expected))), f"{array!r} is not {expected!r}: {about}"
        return
    number = float(found.detach() if hasattr(found, "detach") else found)
    if math.isnan(expected) or math.isinf(expected):
        assert number == expected or (math.isnan(number) and math.isnan(expected)), about
        return
    assert abs(number - expected) <= tolerance * max(1.0, abs(expected)), f"{number!r} is not {expected!r}: {about}"
