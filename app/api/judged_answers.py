"""What the detective found, as JSON: of a number, of an entry of a tensor, of a whole tensor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from app.api.answers import span_entry
from app.engine.entries import Index
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import Trace
from app.explain.detective.flow import Flow, Wire
from app.explain.detective.printed import Printed, add_up, as_printed, longer
from app.explain.detective.slips.record import Slip, Term
from app.explain.detective.tensors.flow import TensorFlow
from app.explain.detective.tensors.whole import TensorDiagnosis, WholeMatch
from app.explain.detective.told import Diagnosis, Match
from app.explain.detective.words import Phrase
from app.numbers import to_json

_DRAWN = 2_000
"""Edges of a match are listed up to this number; a graph with more is not drawn edge by edge."""
_CELLS = 10_000
"""Entries are listed up to this number; of a larger tensor the sentence alone says which are wrong."""


def judged_entry(found: Trace, diagnosis: Diagnosis | TensorDiagnosis, index: Index | None = None) -> dict[str, Any]:
    """What can be said about a number, an entry, or a whole tensor."""
    if isinstance(diagnosis, TensorDiagnosis):
        return _whole_entry(found, diagnosis)
    printed = diagnosis.printed
    return {
        "quantity": diagnosis.quantity,
        "index": None if index is None else list(index),
        "shape": [],
        "printed": _printed_entry(printed),
        "exact": to_json(diagnosis.exact),
        "exact_shown": longer(printed, diagnosis.exact),
        "verdict": diagnosis.verdict,
        "headline": phrase_entry(diagnosis.headline),
        "says": None if diagnosis.says is None else phrase_entry(diagnosis.says),
        "digits": diagnosis.digits,
        "caution": diagnosis.caution,
        "matches": [_match_entry(found, diagnosis, match) for match in diagnosis.matches],
        "which": None,
        "cells": None,
    }


def tried_entry(slip: Slip, printed: Printed) -> dict[str, Any]:
    """A slip that gives another number; of a whole tensor the number of its first wrong entry."""
    return {
        "kind": slip.kind,
        "title": phrase_entry(slip.title),
        "value": to_json(slip.value),
        "gives": as_printed(printed, slip.value),
    }


def first_wrong(diagnosis: TensorDiagnosis) -> Printed:
    """The entry that `tried` speaks of."""
    verdicts = diagnosis.verdicts or ()
    place = verdicts.index("wrong") if "wrong" in verdicts else 0
    return diagnosis.typed.cells[place]


def _printed_entry(printed: Printed) -> dict[str, Any]:
    return {
        "text": printed.text, "value": to_json(printed.value), "decimals": printed.decimals, "digits": printed.digits,
    }  # fmt: skip


def _whole_entry(found: Trace, diagnosis: TensorDiagnosis) -> dict[str, Any]:
    typed, verdicts = diagnosis.typed, diagnosis.verdicts
    cells: dict[str, list[Any]] | None = None
    if verdicts is not None and len(verdicts) <= _CELLS:
        ours = np.ravel(diagnosis.exact)
        cells = {
            "typed": [cell.text for cell in typed.cells],
            "ours": [longer(cell, float(exact)) for cell, exact in zip(typed.cells, ours, strict=True)],
            "verdicts": list(verdicts),
        }
    shown = f"{len(typed.cells):,} entries"
    return {
        "quantity": diagnosis.quantity,
        "index": None,
        "shape": list(diagnosis.exact.shape),
        "printed": {"text": typed.text, "value": None, "decimals": None, "digits": None},
        "exact": None,
        "exact_shown": ", ".join(cells["ours"]) if cells is not None and len(cells["ours"]) <= 4 else shown,
        "verdict": diagnosis.verdict,
        "headline": phrase_entry(diagnosis.headline),
        "says": None if diagnosis.says is None else phrase_entry(diagnosis.says),
        "digits": None,
        "caution": diagnosis.caution,
        "matches": [_whole_match_entry(found, diagnosis, match) for match in diagnosis.matches],
        "which": None if diagnosis.which is None else phrase_entry(diagnosis.which),
        "cells": cells,
    }


def _whole_match_entry(found: Trace, diagnosis: TensorDiagnosis, match: WholeMatch) -> dict[str, Any]:
    slip = match.slip
    kept, dropped = _edges(found, diagnosis.node, slip.dropped)
    return {
        "kind": slip.kind,
        "title": phrase_entry(slip.title),
        "headline": slip.headline,
        "says": phrase_entry(slip.says),
        "value": None,
        "manner": None,
        "digits": None,
        "node": None if slip.node is None else f"n{slip.node}",
        "kept": [],
        "left_out": [],
        "total": None,
        "kept_edges": [_edge_entry(wire) for wire in kept],
        "dropped_edges": [_edge_entry(wire) for wire in dropped],
        "gives_all": match.gives_all,
        "gives": list(match.cells[:_CELLS]),
    }


def _match_entry(found: Trace, diagnosis: Diagnosis, match: Match) -> dict[str, Any]:
    slip = match.slip
    terms = (*slip.kept, *slip.left_out)
    shown = add_up([term.value for term in terms], (diagnosis.printed.decimals or 4) + 2)
    kept, dropped = _edges(found, diagnosis.node, slip.dropped)
    total = sum(term.value for term in terms)
    return {
        "kind": slip.kind,
        "title": phrase_entry(slip.title),
        "headline": slip.headline,
        "says": phrase_entry(slip.says),
        "value": to_json(slip.value),
        "manner": match.manner,
        "digits": match.digits,
        "node": None if slip.node is None else f"n{slip.node}",
        "kept": _term_entries(slip.kept, shown),
        "left_out": _term_entries(slip.left_out, shown[len(slip.kept) :]),
        "total": {"value": to_json(total), "shown": shown[-1]} if terms else None,
        "kept_edges": [_edge_entry(wire) for wire in kept],
        "dropped_edges": [_edge_entry(wire) for wire in dropped],
        "gives_all": True,
        "gives": None,
    }


def _term_entries(terms: Iterable[Term], shown: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {
            "name": phrase_entry(term.name),
            "value": to_json(term.value),
            "shown": digits,
            "node": None if term.node is None else f"n{term.node}",
        }
        for term, digits in zip(terms, shown, strict=False)
    ]


def _edges(found: Trace, node: int, dropped: frozenset[Wire]) -> tuple[list[Wire], list[Wire]]:
    """The edges of what was kept and of what was left out; none of either in a graph too large to draw them."""
    if not dropped:
        return [], []
    flow = TensorFlow(found, node) if isinstance(found, TensorTrace) else Flow(found, node)
    wires = list(flow.wires)
    if len(wires) > _DRAWN:
        return [], []
    kept = flow.without(dropped)
    return [wire for wire in wires if wire in kept], [wire for wire in wires if wire not in kept]


def drawn_nodes(found: Trace, diagnosis: Diagnosis | TensorDiagnosis) -> list[int]:
    """The nodes that the matches speak of."""
    nodes: set[int] = set()
    for match in diagnosis.matches:
        kept, dropped = _edges(found, diagnosis.node, match.slip.dropped)
        nodes.update(node for wire in (*kept, *dropped) for node in (wire.source, wire.target))
        slip = match.slip
        told = (slip.node, *(term.node for term in (*slip.kept, *slip.left_out)))
        nodes.update(node for node in told if node is not None)
    return sorted(nodes)


def phrase_entry(said: Phrase) -> dict[str, str]:
    """A sentence, plain and with its names typeset."""
    return {"text": said.text, "latex": said.rich}


def node_entry(found: Trace, node: int) -> dict[str, Any]:
    """A node that an answer speaks of."""
    graph, operation = found.graph, found.program.operation(node)
    return {
        "id": f"n{node}",
        "label": graph.labels[node],
        "latex": graph.latex(node),
        "op": operation.name if operation else None,
        "span": span_entry(graph.span(node)),
    }


def _edge_entry(wire: Wire) -> dict[str, Any]:
    return {"source": f"n{wire.source}", "target": f"n{wire.target}", "operand": wire.operand}
