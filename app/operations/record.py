"""The record of one operation, and `elementwise`, which makes it from an entry of the registry.

An entry is the one place where an operation is described. The engine, the explanations, the cheat sheet, the
code generators, the page and the tests all read it.

Rule texts (`local`, `kinks`, `at_kink`, `expansion`, `definition`) are written in our own language. They see
    the operands and attributes by name,
    `out`, the result of the gate (not in an expansion or definition),
    `relu_at_zero` and `abs_at_zero`, the conventions of the request,
and for an operation with any number of operands
    its one operand name, which stands for the operand whose derivative is taken,
    `ties`, the number of operands equal to the result,
    `tie_share`, the weight of this operand among them under the convention `ties`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from app.operations.conventions import ConventionName
from app.operations.notations import Infix, Prefix
from app.operations.patterns import Pattern
from app.operations.refusals import RegistrationError, check_operation
from app.operations.shapes import Shape, ShapeRule

Section = Literal["arithmetic", "elementary", "neural", "losses", "tensors"]
Pull = Callable[[Any, tuple[Any, ...], Any, Mapping[str, Any]], Sequence[Any]]
PushFunction = Callable[[Any, tuple[Any, ...], Any, Mapping[str, Any]], Any]
Push = Literal["linear", "lanes"] | PushFunction
OfWhole = Callable[[Sequence[Any], Any, Mapping[str, Any]], Any]
Domain = tuple[tuple[float, float], ...]
Cases = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; every field is data, so that a test can plant a wrong one with `dataclasses.replace`.

    name, aliases   function names in programs; name is also the key in JSON
    operands        operand names; a variadic operation has one name, which stands for each of its operands
    least           smallest number of operands
    attributes      name -> default; written as keywords in calls: `leaky_relu(x, slope=0.1)`
    infix, prefix   how it is written as an operator, if it is
    notation        template of our language
    latex           template of LaTeX; an operand alone in braces or brackets is printed without brackets of its own
    symbol          what the gate shows                 glyph   name of a curve drawn instead of it, or None
    folded          per operand, what the gate shows when that operand is a literal (`#c` is the literal)
    scalar          value from Python floats: scalar(*operands, **attributes); may raise ArithmeticError or
                    ValueError where the result is not finite; then `forward` gives it
    forward         value from float64 scalars or arrays, total (NaN and infinity are results), broadcasting;
                    to be called under np.errstate(all="ignore")
    local           per operand, d out / d operand as the engine evaluates it, at kinks too; None: no gradient
    shown           the same without the special cases of `kinks` and `limits`: the formula a reader is shown
    limits          per operand, (condition, text) pairs: points at which `shown` says 0 * inf or 0 / 0, but the
                    derivative has a value
    kinks           condition at which the derivative is a matter of choice, or None
    kink_points     examples of points at which `kinks` holds: operands, then attributes that differ from the default
    at_kink         per operand, what is chosen there
    kink_sentence   what the reader is told there
    convention      the setting of a request that changes that choice, or None
    expansion       the same value through primitive gates, entry by entry; makes the operation composite
    opened          the same for whole tensors, which makes it composite too: `n` stands for the number of entries that
                    are reduced to one, `axis=axis` hands a setting on; of a loss with `over` it holds the sum or mean
    opened_along    the same along one axis of several, where it is another text
    definition      a formula that says what the operation computes; the expansion where there is one
    pattern         how it treats the upstream gradient, or None
    says            one sentence for students           reuse   what the gate reuses on the way back
    domain          per operand, the interval from which test points are drawn; off kinks almost everywhere
    code            expression template per dialect; tests run every one. Torch templates expect tensors
    source          where the formula comes from

    and for operations on whole tensors, which have no local gradient entry by entry:
    shape           shape of the result from those of the operands; None: broadcasting, entry by entry
    downstream      ranks of the operands -> per operand the whole vector-Jacobian product as a text of our language,
                    `g` being the upstream gradient; () stands for all other ranks
    pull            the same as a function (g, operands, out, attributes) -> gradients, where our language cannot say it
    pulled          per operand, what `pull` computes, as LaTeX
    back            the same as code: dialect -> per operand what flat code passes on, for `numpy` at least, from which
                    the others are translated where they are not given; `numpy first`: under that convention for ties.
                    Templates see `g`, `out`, and what `app.export.code.whole` says
    push            how a tangent passes forward, and which entries an entry is computed from. "linear": the result is
                    linear in each operand, so a tangent stands in the operand's place; "lanes": an entry is computed
                    from its own lane along `axis`, or from all entries, so it is the sum of slope times tangent there;
                    a function (tangent, operands, out, attributes): every entry of a lane from all of that lane
    flops           multiplications and additions of the forward pass, from the shapes of the operands
    kinked          entry by entry of the result, whether its derivative is a matter of choice: kinked(operands, out,
                    attributes)
    pieces          an array that changes only at kinks, from the same

    jacobian        of a vector (diagonal, column, row), texts entry by entry that see `out`: it is diag(diagonal) -
                    column rowᵀ, and told beside the product that is computed in its place
    over            of a loss, entry by entry: how the losses of many entries make one number
    tensor_latex    template of LaTeX where operands are tensors, if it differs: of a loss where one is, else where all
                    are                             tensor_symbol   what the gate shows then
    """

    name: str
    title: str
    section: Section
    operands: tuple[str, ...]
    variadic: bool
    least: int
    attributes: Mapping[str, Any]
    aliases: tuple[str, ...]
    infix: Infix | None
    prefix: Prefix | None
    notation: str
    latex: str
    symbol: str
    glyph: str | None
    folded: tuple[str | None, ...]
    scalar: Callable[..., float]
    forward: Callable[..., Any]
    local: tuple[str | None, ...]
    shown: tuple[str | None, ...]
    limits: tuple[Cases, ...]
    kinks: str | None
    kink_points: tuple[tuple[float, ...], ...]
    at_kink: tuple[str | None, ...]
    kink_sentence: str | None
    convention: ConventionName | None
    expansion: str | None
    definition: str | None
    pattern: Pattern | None
    says: str
    reuse: str
    domain: Domain
    code: Mapping[str, str]
    source: str
    shape: ShapeRule | None = None
    downstream: Mapping[tuple[int, ...], tuple[str | None, ...]] = field(default_factory=dict)
    pull: Pull | None = None
    pulled: tuple[str, ...] = ()
    back: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    push: Push | None = None
    flops: Callable[[Sequence[Shape]], int] | None = None
    kinked: OfWhole | None = None
    pieces: OfWhole | None = None
    over: Literal["sum", "mean"] | None = None
    tensor_latex: str | None = None
    tensor_symbol: str | None = None

    def is_typeset_for(self, tensors: Sequence[bool]) -> bool:
        """Whether `tensor_latex` and `tensor_symbol` hold; `tensors` says which operands are tensors."""
        return self.tensor_latex is not None and (any(tensors) if self.over else all(tensors))

    opened: str | None = None
    opened_along: str | None = None
    jacobian: tuple[str, str, str] | None = None

    @property
    def whole(self) -> bool:
        """Whether it works on whole tensors, and not entry by entry."""
        return self.shape is not None

    @property
    def composite(self) -> bool:
        """Whether the gate can be opened into primitive gates."""
        return self.expansion is not None or self.opened is not None

    def open_form(self, shapes: Sequence[Shape], attributes: Mapping[str, Any]) -> str | None:
        """The text that opens the gate on operands of these shapes."""
        if not (self.whole or self.over) or not any(shapes):
            return self.expansion or self.opened
        several = len(shapes[0]) > 1 and {**self.attributes, **attributes}.get("axis", -1) is not None
        return self.opened_along if several and self.opened_along else self.opened

    @property
    def open_forms(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(text for text in (self.expansion, self.opened, self.opened_along) if text is not None)

    @property
    def function_names(self) -> tuple[str, ...]:
        """Every name under which a program can call it."""
        return (self.name, *self.aliases)


def elementwise(
    name: str,
    *,
    operands: str,
    title: str,
    section: Section,
    scalar: Callable[..., float],
    forward: Callable[..., Any],
    local: Sequence[str | None],
    latex: str,
    symbol: str,
    code: Mapping[str, str],
    says: str,
    reuse: str,
    source: str,
    attributes: Mapping[str, float] | None = None,
    aliases: Sequence[str] = (),
    infix: Infix | None = None,
    prefix: Prefix | None = None,
    notation: str | None = None,
    glyph: str | None = None,
    folded: Sequence[str | None] | None = None,
    limits: Sequence[Sequence[tuple[str, str]]] | None = None,
    kinks: str | None = None,
    kink_points: Sequence[tuple[float, ...]] = (),
    at_kink: Sequence[str | None] | None = None,
    kink_sentence: str | None = None,
    convention: ConventionName | None = None,
    expansion: str | None = None,
    definition: str | None = None,
    pattern: Pattern | None = None,
    domain: Sequence[tuple[float, float]] | None = None,
    over: Literal["sum", "mean"] | None = None,
    tensor_latex: str | None = None,
    tensor_symbol: str | None = None,
    opened: str | None = None,
) -> Operation:
    """The record of an operation that works entry by entry, with broadcasting.

    operands is "x", "x y", or "x*" for two or more; domain defaults to (-2, 2) for each; `opened` of a loss to the
    sum or mean of its expansion. The special cases of
    `at_kink` and `limits` are written into the rule: `where(kinks, at_kink, where(condition, limit, local))`.
    Raises RegistrationError when the entry contradicts itself.
    """
    variadic = operands.endswith("*")
    names = tuple(operands.rstrip("*").split())
    rules = tuple(local)
    chosen = tuple(at_kink) if at_kink is not None else (None,) * len(names)
    cases = tuple(tuple(pairs) for pairs in limits) if limits is not None else ((),) * len(names)
    if not len(rules) == len(chosen) == len(cases) == len(names):
        raise RegistrationError(f"{name}: local, at_kink and limits need one entry for each of {names}.")
    if any(chosen) and kinks is None:
        raise RegistrationError(f"{name}: at_kink needs the condition `kinks`.")
    operation = Operation(
        name=name,
        title=title,
        section=section,
        operands=names,
        variadic=variadic,
        least=2 if variadic else len(names),
        attributes=MappingProxyType(dict(attributes or {})),
        aliases=tuple(aliases),
        infix=infix,
        prefix=prefix,
        notation=notation or _call_notation(name, names, variadic, attributes or {}),
        latex=latex,
        symbol=symbol,
        glyph=glyph,
        folded=tuple(folded) if folded is not None else (None,) * len(names),
        scalar=scalar,
        forward=forward,
        local=tuple(
            _with_cases(rule, (*([] if special is None else [(kinks or "", special)]), *pairs))
            for rule, special, pairs in zip(rules, chosen, cases, strict=True)
        ),
        shown=rules,
        limits=cases,
        kinks=kinks,
        kink_points=tuple(kink_points),
        at_kink=chosen,
        kink_sentence=kink_sentence,
        convention=convention,
        expansion=expansion,
        definition=definition or expansion,
        pattern=pattern,
        says=says,
        reuse=reuse,
        domain=tuple(domain) if domain is not None else ((-2.0, 2.0),) * len(names),
        code=MappingProxyType(dict(code)),
        source=source,
        over=over,
        tensor_latex=tensor_latex,
        tensor_symbol=tensor_symbol,
        opened=f"{over}({expansion})" if over and opened is None else opened,
    )
    check_operation(operation)
    return operation


def tensor_op(
    name: str,
    *,
    operands: str,
    title: str,
    forward: Callable[..., Any],
    shape: ShapeRule,
    latex: str,
    symbol: str,
    code: Mapping[str, str],
    says: str,
    reuse: str,
    source: str,
    push: Push,
    downstream: Mapping[tuple[int, ...], tuple[str | None, ...]] | None = None,
    pull: Pull | None = None,
    pulled: Sequence[str] = (),
    back: Mapping[str, tuple[str, ...]] | None = None,
    least: int | None = None,
    section: Section = "tensors",
    attributes: Mapping[str, Any] | None = None,
    aliases: Sequence[str] = (),
    infix: Infix | None = None,
    notation: str | None = None,
    definition: str | None = None,
    pattern: Pattern | None = None,
    flops: Callable[[Sequence[Shape]], int] | None = None,
    kinked: OfWhole | None = None,
    pieces: OfWhole | None = None,
    kink_sentence: str | None = None,
    convention: ConventionName | None = None,
    opened: str | None = None,
    opened_along: str | None = None,
    jacobian: tuple[str, str, str] | None = None,
) -> Operation:
    """The record of an operation on whole tensors: its shape, and vector-Jacobian products for local gradients.

    Exactly one of `downstream` and `pull` is given, and `back` with `pull`.
    Raises RegistrationError when the entry contradicts itself.
    """
    variadic = operands.endswith("*")
    names = tuple(operands.rstrip("*").split())
    if len({kinked is None, pieces is None, kink_sentence is None}) != 1:
        raise RegistrationError(f"{name}: kinked, pieces and kink_sentence come together.")
    if (downstream is None) == (pull is None):
        raise RegistrationError(f"{name}: it needs one of downstream and pull.")
    if (pull is None) == ("numpy" in (back or {})):
        raise RegistrationError(f"{name}: code of what it passes on belongs to `pull`, and to nothing else.")
    if any(len(texts) != len(names) for texts in (*(downstream or {}).values(), *(back or {}).values())):
        raise RegistrationError(f"{name}: downstream and back need one entry for each of {names}.")
    nothing = (None,) * len(names)
    return Operation(
        name=name,
        title=title,
        section=section,
        operands=names,
        variadic=variadic,
        least=least if least is not None else 1 if variadic else len(names),
        attributes=MappingProxyType(dict(attributes or {})),
        aliases=tuple(aliases),
        infix=infix,
        prefix=None,
        notation=notation or _call_notation(name, names, variadic, attributes or {}),
        latex=latex,
        symbol=symbol,
        glyph=None,
        folded=nothing,
        scalar=forward,
        forward=forward,
        local=nothing,
        shown=nothing,
        limits=((),) * len(names),
        kinks=None,
        kink_points=(),
        at_kink=nothing,
        kink_sentence=kink_sentence,
        convention=convention,
        expansion=None,
        definition=definition,
        pattern=pattern,
        says=says,
        reuse=reuse,
        domain=((-2.0, 2.0),) * len(names),
        code=MappingProxyType(dict(code)),
        source=source,
        shape=shape,
        downstream=MappingProxyType(dict(downstream or {})),
        pull=pull,
        pulled=tuple(pulled),
        back=MappingProxyType(dict(back or {})),
        push=push,
        flops=flops,
        kinked=kinked,
        pieces=pieces,
        opened=opened,
        opened_along=opened_along,
        jacobian=jacobian,
    )


def _with_cases(rule: str | None, cases: Cases) -> str | None:
    """The rule with its special cases in front, the first one outermost; none for a case that says the same."""
    for condition, text in reversed(cases):
        if text != rule:
            rule = f"where({condition}, {text}, {rule})"
    return rule


def _call_notation(name: str, names: tuple[str, ...], variadic: bool, attributes: Mapping[str, float]) -> str:
    if variadic:
        return f"{name}(#*)"
    arguments = [f"#{operand}" for operand in names] + [f"{key}=#{key}" for key in attributes]
    return f"{name}({', '.join(arguments)})"
