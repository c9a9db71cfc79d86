"""Local derivatives and chain-rule blocks of a worked solution: their equations, then their printed form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.engine.trace import Trace
from app.explain.chains import Chain, Plan
from app.explain.figures import Equation, Figures, Key, product_of
from app.explain.forward_table import value_key
from app.explain.locals import LocalDerivative
from app.explain.printing import Formula, condition_latex
from app.explain.records import Block, Factor, Local, Term
from app.explain.term_text import term_text
from app.explain.terms import Name

MOST_TERMS = 24
"""Terms of one sum that are listed; more are counted."""


def gradient_key(node: int) -> Key:
    """d output / d node among the figures."""
    return ("gradient", node, -1)


def term_key(node: int, index: int) -> Key:
    """One term of a gradient among the figures."""
    return ("term", node, index)


def block_equations(node: int, chains: Sequence[Chain], writer: LocalWriter) -> list[Equation]:
    """The sum, then its terms; of a single term there is no sum."""
    factors = [writer.factor_keys(chain) for chain in chains]
    if len(chains) == 1:
        return [Equation(gradient_key(node), factors[0], product_of)]
    terms = [Equation(term_key(node, index), keys, product_of) for index, keys in enumerate(factors)]
    return [Equation(gradient_key(node), tuple(term.result for term in terms), sum, exactly=True), *terms]


class LocalWriter:
    """Prints the local derivatives of one solution."""

    def __init__(self, trace: Trace, plan: Plan, taken: frozenset[str]) -> None:
        self._trace = trace
        self._plan = plan
        self._taken = taken
        self._by_label = {label: node for node, label in trace.graph.labels.items()}
        self._formulas: dict[tuple[int, int], Formula] = {}
        self._same: dict[tuple[int, int], Key] = {}
        self.written: dict[tuple[int, int], Local] = {}

    def learn(self, one: LocalDerivative) -> Key:
        """The key of its number: of a derivative that is one name, such as w, that name's own."""
        names = self.formula(one).names
        if one.term == Name(names[0] if names else ""):
            self._same[(one.source, one.target)] = value_key(self._by_label[names[0]])
        return self.key(one.source, one.target)

    def key(self, source: int, target: int) -> Key:
        """Where d target / d source stands among the figures."""
        return self._same.get((source, target), ("local", source, target))

    def is_name(self, one: LocalDerivative) -> bool:
        """Whether it is one name, printed as that name's value is."""
        return (one.source, one.target) in self._same

    def factor_keys(self, chain: Chain) -> tuple[Key, ...]:
        """The factors of a chain, in the order in which they stand."""
        first = [] if chain.above is None else [gradient_key(chain.above)]
        return (*first, *(self.key(source, target) for source, target in chain.edges))

    def formula(self, one: LocalDerivative) -> Formula:
        """Its simplified formula."""
        key = (one.source, one.target)
        if key not in self._formulas:
            self._formulas[key] = Formula(term_text(one.term), self._taken)
        return self._formulas[key]

    def equation(self, one: LocalDerivative) -> Equation:
        """Its number, from the printed values of the names in it."""
        formula = self.formula(one)
        names = formula.names
        keys = tuple(value_key(self._by_label[name]) for name in names)
        return Equation(
            self.key(one.source, one.target),
            keys,
            lambda numbers: formula.value(dict(zip(names, numbers, strict=True))),
        )

    def head(self, source: int, target: int) -> str:
        """∂target/∂source. Where the source reaches the output by other ways too, that this is the direct one."""
        graph = self._trace.graph
        fraction = partial(graph.latex(target), graph.latex(source))
        if target == self._trace.output_nodes[0] and len(self._plan.users[source]) > 1:
            return rf"\left.{fraction}\right|_{{\text{{direct}}}}"
        return fraction

    def write(self, one: LocalDerivative, figures: Figures) -> Local:
        """As it is printed."""
        formula, key = self.formula(one), self.key(one.source, one.target)
        names = formula.names
        numbers = formula.numbers({name: figures.used(value_key(self._by_label[name]), key) for name in names})
        value = figures.printed(key)
        reasons = [condition_latex(text, self._taken) for text in one.reasons[:2]]
        local = self.written[(one.source, one.target)] = Local(
            source=f"n{one.source}",
            target=f"n{one.target}",
            head=self.head(one.source, one.target),
            text=formula.text,
            symbols=formula.symbols,
            numbers=None if not names or self.is_name(one) or numbers == value.latex else numbers,
            value=value,
            relation="=" if figures.holds(key) else "≈",
            reason=r",\ ".join(filter(None, reasons)) or None,
            remark=" ".join(one.remarks) or None,
        )
        return local


def write_block(
    trace: Trace, node: int, plan: Plan, figures: Figures, writer: LocalWriter, listed: Sequence[Chain], reused: int
) -> Block:
    """The chain rule for one node, as it is printed."""
    graph, output = trace.graph, trace.output_nodes[0]
    operation = trace.program.operation(node)
    terms, only = [], None
    if len(plan.chains[node]) == 1 and listed[0].above is None and len(listed[0].edges) == 1:
        only = writer.written[listed[0].edges[0]]
    for index, chain in enumerate(listed):
        key = term_key(node, index) if len(plan.chains[node]) > 1 else gradient_key(node)
        terms.append(Term(tuple(_factors(trace, chain, figures, writer, key)), figures.printed(key)))
    return Block(
        id=f"n{node}",
        label=graph.labels[node],
        latex=graph.latex(node),
        head=partial(graph.latex(output), graph.latex(node)),
        op=operation.name if operation else None,
        terms=tuple(terms),
        symbols=only.symbols if only else None,
        numbers=only.numbers if only else None,
        value=figures.printed(gradient_key(node)),
        relation="=" if all(map(figures.holds, _results(node, len(listed)))) else "≈",
        reused=reused,
        more_terms=len(plan.chains[node]) - len(listed),
    )


def _results(node: int, terms: int) -> Iterable[Key]:
    return (gradient_key(node), *(term_key(node, index) for index in range(terms)))


def _factors(trace: Trace, chain: Chain, figures: Figures, writer: LocalWriter, result: Key) -> Iterable[Factor]:
    output, graph = trace.output_nodes[0], trace.graph
    if chain.above is not None:
        head = partial(graph.latex(output), graph.latex(chain.above))
        number = figures.used(gradient_key(chain.above), result)
        yield Factor("gradient", f"n{chain.above}", f"n{output}", head, number)
    for source, target in chain.edges:
        number = figures.used(writer.key(source, target), result)
        yield Factor("local", f"n{source}", f"n{target}", writer.head(source, target), number)


def partial(of: str, by: str) -> str:
    r"""\frac{\partial E}{\partial y}."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"
