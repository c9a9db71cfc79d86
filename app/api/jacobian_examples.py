"""Requests to `/jacobian`, `/hessian`, `/jvp` and `/backward` that the manual shows."""

from typing import Any

_TWO = "u = (x + y) * max(y, z); v = x^2 * y - z; x = 1; y = 2; z = 0"
_NEURON = "f = sigmoid(w0 x0 + w1 x1 + w2); w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"

JACOBIAN_EXAMPLES: dict[str, dict[str, Any]] = {
    "two outputs": {
        "summary": "Two outputs by three leaves; one entry is zero because max chose another input",
        "value": {"source": _TWO},
    },
    "the transpose": {
        "summary": "Chosen outputs and leaves, one row for each leaf",
        "value": {"source": _TWO, "outputs": ["v"], "leaves": ["x", "y"], "layout": "leaves"},
    },
    "with a graph": {
        "summary": "With the graph in between, which carries the gradients of v",
        "value": {"source": _TWO, "graph": True, "row": "v"},
    },
}

HESSIAN_EXAMPLES: dict[str, dict[str, Any]] = {
    "two leaves": {
        "summary": "Second derivatives of x²y",
        "value": {"source": "f = x^2 * y; x = 1; y = 2"},
    },
    "weights of a neuron": {
        "summary": "How a neuron curves as its weights vary",
        "value": {"source": _NEURON, "leaves": ["w0", "w1", "w2"]},
    },
}

JVP_EXAMPLES: dict[str, dict[str, Any]] = {
    "one leaf": {
        "summary": "How fast every node changes as y does: the column of y in a Jacobian",
        "value": {"source": _TWO, "tangents": {"y": 1}},
    },
    "a direction": {
        "summary": "Several leaves change at one time",
        "value": {"source": _TWO, "tangents": {"x": 1, "y": -2}},
    },
}

BACKWARD_EXAMPLES: dict[str, dict[str, Any]] = {
    "sum times z": {
        "summary": "The backward pass of the first example of the lecture",
        "value": {"source": "q = x + y\nf = q * z", "values": {"x": -2, "y": 5, "z": -4}},
    },
    "a neuron": {
        "summary": "The backward pass of a neuron, its sigmoid one gate",
        "value": {"source": _NEURON},
    },
}
