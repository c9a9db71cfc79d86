"""Requests to `/curve` and `/check` that the manual shows."""

from typing import Any

_NEURON = "f = sigmoid(w0 x0 + w1 x1 + w2); w0 = 2; x0 = -1; w1 = -3; x1 = -2; w2 = -3"
_PATTERNS = "f = (x + y) * max(y, z); x = 1; y = 2; z = 0"

CURVE_EXAMPLES: dict[str, dict[str, Any]] = {
    "a weight of a neuron": {
        "summary": "A neuron as one of its weights varies, at seven points",
        "value": {"source": _NEURON, "leaf": "w1", "points": 7},
    },
    "a kink": {
        "summary": "A product with a maximum: at y = 0 the maximum takes its other input",
        "value": {"source": _PATTERNS, "leaf": "y", "span": 3, "points": 7},
    },
    "an inner node": {
        "summary": "An inner node varied alone, by its name",
        "value": {"source": "q = x + y\nf = q * z", "values": {"x": -2, "y": 5, "z": -4}, "node": "q", "points": 5},
    },
}

CHECK_EXAMPLES: dict[str, dict[str, Any]] = {
    "one leaf": {
        "summary": "One gradient of the neuron",
        "value": {"source": _NEURON, "leaf": "w1"},
    },
    "every leaf": {
        "summary": "Every gradient of a program with a maximum",
        "value": {"source": _PATTERNS},
    },
    "at a kink": {
        "summary": "At a kink there is no one slope to compare with, and that is said",
        "value": {"source": "relu(x)", "values": {"x": 0}},
    },
}
