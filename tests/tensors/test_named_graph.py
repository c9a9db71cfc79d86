"""The graph between named nodes of programs with tensors: shapes, no numbers on wires."""

import math

from app.api.named_answer import named_graph_entry
from app.engine.named import named_graph
from app.engine.tensors.trace import TensorTrace
from app.engine.trace import trace
from app.lessons.load import lessons

NET = "z1 = W1 @ x + b1; a1 = relu(z1); E = half_sse(a1, t); W1 = [[1, 2], [3, 4]]; x = [1, 2]; b1 = [0, 0]; t = [1, 1]"


def test_members_have_shapes_and_numbers_have_values() -> None:
    graph = named_graph(trace(NET))
    assert {node.label: node.shape for node in graph.nodes} == {
        "W1": (2, 2), "x": (2,), "b1": (2,), "t": (2,), "z1": (2,), "a1": (2,), "E": (),
    }  # fmt: skip
    assert graph.by_id[graph.output].value == 58.0
    assert graph.by_id[graph.output].gradient == 1.0
    assert all(node.value is None and node.gradient is None for node in graph.nodes if node.shape)


def test_wires_carry_no_numbers() -> None:
    graph = named_graph(trace(NET), every_gate=True)
    assert all(math.isnan(edge.local) and math.isnan(edge.downstream) for edge in graph.edges)
    answer = named_graph_entry(graph)
    assert {edge["local"] for edge in answer["edges"]} == {None}
    assert {len(node["shape"]) for node in answer["nodes"]} == {0, 1, 2}


def test_every_tensor_lesson_has_one_between_its_named_nodes_and_of_every_gate() -> None:
    for lesson in lessons():
        found = trace(lesson.program, output=lesson.output)
        if not isinstance(found, TensorTrace):
            continue
        for every_gate in (False, True):
            for output in found.output_nodes:
                graph = named_graph(found, every_gate=every_gate, keep_paths=True, output=output, seed=1.0)
                assert graph.by_id[graph.output].gradient in (1.0, None)
