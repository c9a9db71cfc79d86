"""What names of Python's libraries mean to a formula."""

from __future__ import annotations

from app.language.vocabulary import FUNCTIONS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MODULES = _words(
    "math np numpy torch jnp jax nn F tf cmath scipy special autograd anp functional onp lax numpy_ activations"
)
"""Roots of dotted names that are passed over; `import … as` adds others."""

_RENAMED = {
    "maximum": "max",
    "minimum": "min",
    "fmax": "max",
    "fmin": "min",
    "power": "pow",
    "float_power": "pow",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "arctan2": "atan2",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "absolute": "abs",
    "fabs": "abs",
    "expit": "sigmoid",
    "clamp": "clip",
    "fmod": "mod",
    "remainder": "mod",
    "multiply": "mul",
    "subtract": "sub",
    "divide": "div",
    "true_divide": "div",
    "negative": "neg",
    "sgn": "sign",
    "copysign": "copysign",
    "logaddexp": "logaddexp",
    "concatenate": "concat",
    "cat": "concat",
    "hardsigmoid": "hard_sigmoid",
    "log_sigmoid": "logsigmoid",
    "ReLU": "relu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "rint": "round",
}

FUNCTION_OF = {name: name for name in FUNCTIONS} | {
    name: ours for name, ours in _RENAMED.items() if ours in FUNCTIONS and name not in FUNCTIONS
}
"""A function's name in Python -> ours."""

ATTRIBUTE_OF = {"negative_slope": "slope", "dim": "axis", "keepdim": "keepdims"}

WRAPPERS = _words(
    "tensor Tensor array asarray float float32 float64 double Value Variable Parameter as_tensor scalar FloatTensor "
    "constant jit"
)
"""Calls around a number that say only how it is kept."""

CONSTANTS = {"pi": "pi", "e": "e"}

DROPPED_METHODS = _words(
    "item detach clone double float cpu cuda numpy requires_grad_ retain_grad to squeeze unsqueeze copy astype"
)
DROPPED_MEMBERS = frozenset(("data", "real"))

TENSOR_FUNCTIONS = (
    _words(
        "sum mean dot matmul zeros ones eye norm softmax log_softmax einsum reshape transpose outer prod stack "
        "concatenate cat mm mv inner vdot linspace arange randn rand argmax cumsum logsumexp var std T t"
    )
    - FUNCTION_OF.keys()
)

KEYWORDS = _words(
    "and or not in is lambda for yield await async None True False elif while with import return def class from as "
    "assert del pass break continue global nonlocal except finally raise try"
)
