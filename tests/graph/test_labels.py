"""Automatic names: stable around composites, whether these stand open or closed."""

from __future__ import annotations

from app import trace

NETWORK = "za = x1 w1 + x2 w3; ha = sigmoid(za); zc = ha w5 + 1; y = sigmoid(zc); E = 1/2 (yt - y)^2"


def test_opening_composites_renames_no_gate_around_them() -> None:
    closed = [node.label for node in trace(NETWORK).nodes]
    opened = [node.label for node in trace(NETWORK, expand=["*"]).nodes if node.group is None or node.name]
    assert opened == closed


def test_every_automatic_name_is_used_once_and_none_is_skipped() -> None:
    labels = [node.label for node in trace(NETWORK, expand=["*"]).nodes]
    automatic = [label for label in labels if label.startswith("s")]
    assert sorted(automatic, key=lambda label: int(label[1:])) == [f"s{number}" for number in range(len(automatic))]
