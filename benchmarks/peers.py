"""The peers behind one call: from text and leaf values to the output's value and the gradient of every leaf.

A peer that is not installed is named as missing. Peers that overload operators read the text as their users would write
it: as Python. It is our own generated text, never a visitor's, so running it is safe here.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.programs import Program

OneShot = Callable[[Program], tuple[float, list[float]]]


@dataclass(frozen=True, slots=True)
class Peer:
    """`run` is None where the package is missing. `gives` tells what one call yields beside the value."""

    name: str
    package: str
    gives: str
    run: OneShot | None


def peers() -> tuple[Peer, ...]:
    """Every peer of the one-shot rows, installed or not."""
    return (
        Peer("micrograd", "micrograd", "every gradient", _installed(_micrograd)),
        Peer("torch eager", "torch", "leaf gradients", _installed(_torch)),
        Peer("CasADi SX", "casadi", "leaf gradients", _installed(_casadi)),
        Peer("autograd", "autograd", "leaf gradients", _installed(_autograd)),
    )


def _installed(make: Callable[[], OneShot]) -> OneShot | None:
    try:
        return make()
    except ImportError:
        return None


def _execute(program: Program, namespace: dict[str, Any]) -> Any:
    exec(program.text, namespace)
    return namespace[program.output]


def _micrograd() -> OneShot:
    """micrograd, with the functions it lacks written in its own style."""
    from micrograd.engine import Value

    sys.setrecursionlimit(1_000_000)  # its topological sort calls itself once per node of a chain

    def unary(name: str, function: Callable[[float], float], slope: Callable[[float, float], float]) -> Any:
        def operation(operand: Any) -> Any:
            out = Value(function(operand.data), (operand,), name)

            def backward() -> None:
                operand.grad += slope(operand.data, out.data) * out.grad

            out._backward = backward
            return out

        return operation

    functions = {
        "exp": unary("exp", math.exp, lambda _, y: y),
        "sin": unary("sin", math.sin, lambda x, _: math.cos(x)),
        "tanh": unary("tanh", math.tanh, lambda _, y: 1 - y * y),
        "sigmoid": unary("sigmoid", lambda x: 1 / (1 + math.exp(-x)), lambda _, y: y * (1 - y)),
    }

    def run(program: Program) -> tuple[float, list[float]]:
        leaves = {name: Value(value) for name, value in program.values.items()}
        out = _execute(program, {**functions, **leaves})
        out.backward()
        return out.data, [leaf.grad for leaf in leaves.values()]

    return run


def _torch() -> OneShot:
    """PyTorch in float64 on one thread; leaves are one tensor taken apart, its fastest way in and out."""
    import torch

    torch.set_num_threads(1)
    functions = {"exp": torch.exp, "sin": torch.sin, "tanh": torch.tanh, "sigmoid": torch.sigmoid}

    def run(program: Program) -> tuple[float, list[float]]:
        leaves = torch.tensor(list(program.values.values()), dtype=torch.float64, requires_grad=True)
        out = _execute(program, {**functions, **dict(zip(program.values, leaves.unbind(), strict=True))})
        out.backward()
        return out.item(), leaves.grad.tolist()

    return run


def _casadi() -> OneShot:
    """CasADi's scalar graphs: build, differentiate, compile to its virtual machine, call once."""
    import casadi

    functions = {
        "exp": casadi.exp,
        "sin": casadi.sin,
        "tanh": casadi.tanh,
        "sigmoid": lambda x: 1 / (1 + casadi.exp(-x)),
    }

    def run(program: Program) -> tuple[float, list[float]]:
        leaves = casadi.SX.sym("x", len(program.values))
        namespace = {**functions, **dict(zip(program.values, casadi.vertsplit(leaves), strict=True))}
        out = _execute(program, namespace)
        both = casadi.Function("both", [leaves], [out, casadi.gradient(out, leaves)])
        value, gradient = both(list(program.values.values()))
        return float(value), [float(number) for number in gradient.full().ravel()]

    return run


def _autograd() -> OneShot:
    import autograd
    import autograd.numpy as numpy

    functions = {
        "exp": numpy.exp,
        "sin": numpy.sin,
        "tanh": numpy.tanh,
        "sigmoid": lambda x: 1 / (1 + numpy.exp(-x)),
    }

    def run(program: Program) -> tuple[float, list[float]]:
        def output(*numbers: Any) -> Any:
            return _execute(program, {**functions, **dict(zip(program.values, numbers, strict=True))})

        everywhere = tuple(range(len(program.values)))
        value, gradient = autograd.value_and_grad(output, argnum=everywhere)(*program.values.values())
        return float(value), [float(number) for number in gradient]

    return run
