"""Write a trained encoder as the files that the fine grade reads: an ONNX graph with few bits a weight, and its vocabulary.

    python -m scripts.encoder.export E5-SMALL-Q4.BIN CHECKPOINT... [--folder FOLDER]

Of several checkpoints of one run and its sequel the mean is written.

It needs ``onnx`` and ``torch`` beside the development set-up. The graph is written node by node, of the operators that were
fastest in ONNX Runtime on a CPU. Weights are rounded to 8 bits with a scale a column. What they are multiplied with is rounded as
well: with one scale for all where all rows are about as large, with a scale a row before and in the feed-forward part, where one
row can be twenty times another and the small ones would vanish (decision 0026 has the figures).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from scripts.encoder.network import HEADS, LABELS, LAYERS, WIDTH
from scripts.encoder.weights import Array, read

from tawatur.understand.pieces import SPECIAL

MODELS = Path(__file__).resolve().parents[2] / "src/tawatur/understand/models"
GRAPH, VOCABULARY = "names-encoder.onnx", "names-encoder.json.gz"
FUSED = "com.microsoft"
#: The least that GELU gives, so that nothing of a row is smaller than minus its scale.
_GELU_LEAST = 0.17
_LEVELS, _MIDDLE = 127, 128
#: Added to a variance before its root is taken.
_NO_NOUGHT = 1e-6


class Graph:
    """Collects the nodes and the constants of an ONNX graph."""

    def __init__(self, state: dict[str, Array]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.state = state

    def add(self, kind: str, inputs: Iterable[str], *, domain: str = "", **attributes: Any) -> str:
        """Add a node with one output, and return the output's name."""
        name = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], domain=domain, **attributes))
        return name

    def constant(self, name: str, value: Array | np.generic) -> str:
        """Add a constant where it is not there yet, and return its name."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value).reshape(np.shape(value)), name)
        return name

    def weight(self, name: str) -> str:
        """Add a small weight of the model as it is."""
        return self.constant(name, self.state[name].astype(np.float32))

    def matrix(self, names: Sequence[str]) -> tuple[str, str]:
        """Add the matrices of some linear layers, side by side in 8 bits, and the scales of their columns."""
        whole = np.concatenate([self.state[f"{name}.weight"] for name in names]).T
        scales = np.maximum(np.abs(whole).max(axis=0) / _LEVELS, 1e-9).astype(np.float32)
        levels = np.rint(whole / scales).astype(np.int8)
        return self.constant(f"{names[0]}.levels", levels), self.constant(f"{names[0]}.scales", scales)

    def linear(self, x: str, *names: str) -> str:
        """Add a multiplication by the matrices of some linear layers, whose biases are left out; ``x`` has one scale."""
        return self.add("DynamicQuantizeMatMul", [x, *self.matrix(names)], domain=FUSED)

    def linear_by_row(self, x: str, name: str, *, of_gelu: bool = False) -> str:
        """Add a multiplication by the matrix of a linear layer, whose bias is left out; every row of ``x`` has its own scale."""
        if of_gelu:
            largest = self.add("ReduceMax", [x], axes=[-1], keepdims=1)
            largest = self.add("Max", [largest, self.constant("least", np.float32(_GELU_LEAST))])
        else:
            largest = self.add("ReduceMax", [self.add("Abs", [x])], axes=[-1], keepdims=1)
        step, middle = self.constant("step", np.float32(1 / _LEVELS)), self.constant("middle", np.uint8(_MIDDLE))
        levels = self.add("QuantizeLinear", [self.add("Div", [x, largest]), step, middle])
        weight, scales = self.matrix([name])
        product = self.add("MatMulIntegerToFloat", [levels, weight, step, scales, middle], domain=FUSED)
        return self.add("Mul", [product, largest])

    def normalised(self, x: str, norm: str) -> str:
        """Add the layer norm, in single steps: with the fused operator the graph takes a third longer."""
        x = self.add("Sub", [x, self.add("ReduceMean", [x], axes=[-1], keepdims=1)])
        variance = self.add("ReduceMean", [self.add("Mul", [x, x])], axes=[-1], keepdims=1)
        variance = self.add("Add", [variance, self.constant("no_nought", np.float32(_NO_NOUGHT))])
        x = self.add("Mul", [self.add("Div", [x, self.add("Sqrt", [variance])]), self.weight(f"{norm}.weight")])
        return self.add("Add", [x, self.weight(f"{norm}.bias")])

    def added(self, x: str, more: str, bias: str, norm: str) -> str:
        """Add the sum of two inputs and a bias, normalised."""
        return self.normalised(self.add("Add", [x, self.add("Add", [more, self.weight(bias)])]), norm)


def graph(state: dict[str, Array]) -> onnx.ModelProto:
    """Return the encoder: pieces, their positions, hints (0 or 1 for each) and presence in, a score of each label out."""
    made = Graph(state)
    x = _inputs(made)
    for number in range(LAYERS):
        x = _layer(made, x, f"layers.{number}")
    head = made.constant("head.weight", state["head.weight"].T)
    made.nodes.append(helper.make_node("Add", [made.add("MatMul", [x, head]), made.weight("head.bias")], ["scores"]))
    float_, whole = TensorProto.FLOAT, TensorProto.INT64
    inputs = [
        helper.make_tensor_value_info("pieces", whole, ["batch", "length"]),
        helper.make_tensor_value_info("positions", whole, ["length"]),
        helper.make_tensor_value_info("hints", float_, ["batch", "length", state["hint.weight"].shape[0] - 1]),
        helper.make_tensor_value_info("there", TensorProto.INT32, ["batch", "length"]),
    ]
    outputs = [helper.make_tensor_value_info("scores", float_, ["batch", "length", len(LABELS)])]
    body = helper.make_graph(made.nodes, "names", inputs, outputs, list(made.constants.values()))
    return helper.make_model(
        body, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)], ir_version=8
    )


def _inputs(made: Graph) -> str:
    """Add what the first layer reads: a row of the vocabulary, of the positions and of every hint, normalised."""
    state = made.state
    words = state["word.weight"]
    scales = np.abs(words).max(axis=1, keepdims=True) / 127
    levels = np.rint(words / np.maximum(scales, 1e-12)).astype(np.int8)
    row = made.add("Gather", [made.constant("word.weight", levels), "pieces"])
    scale = made.add("Gather", [made.constant("word.scales", scales.astype(np.float32)), "pieces"])
    word = made.add("Mul", [made.add("Cast", [row], to=TensorProto.FLOAT), scale])
    place = made.add("Gather", [made.weight("position.weight"), "positions"])
    hint = made.add("MatMul", ["hints", made.constant("hint.weight", state["hint.weight"][1:])])
    x = made.add("Add", [made.add("Add", [word, place]), hint])
    return made.normalised(x, "ln")


def _layer(made: Graph, x: str, name: str) -> str:
    three = [f"{name}.{part}" for part in "qkv"]
    bias = made.constant(f"{name}.qkv.bias", np.concatenate([made.state[f"{part}.bias"] for part in three]))
    made.nodes.append(helper.make_node("Split", [made.add("Add", [made.linear(x, *three), bias])], three, axis=2))
    seen = made.add("MultiHeadAttention", [*three, "", "there"], domain=FUSED, num_heads=HEADS)
    x = made.added(x, made.linear(seen, f"{name}.ao"), f"{name}.ao.bias", f"{name}.aln")
    inner = [made.linear_by_row(x, f"{name}.fi"), made.weight(f"{name}.fi.bias")]
    wide = made.add("BiasGelu", inner, domain=FUSED)
    return made.added(x, made.linear_by_row(wide, f"{name}.fo", of_gelu=True), f"{name}.fo.bias", f"{name}.oln")


def vocabulary(pieces: Iterable[tuple[str, float]], hints: list[str]) -> bytes:
    """Return the vocabulary file: the pieces with their scores, the hints and the labels."""
    found = {"labels": LABELS, "hints": hints, "pieces": [[piece, round(score, 4)] for piece, score in pieces]}
    return gzip.compress(json.dumps(found, ensure_ascii=False).encode(), mtime=0)


def mean(checkpoints: Sequence[Path]) -> dict[str, Array]:
    """Return the mean of the weights of some checkpoints."""
    states = [torch.load(path) for path in checkpoints]
    return {name: np.mean([state[name].float().numpy() for state in states], axis=0) for name in states[0]}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--folder", type=Path, default=MODELS)
    given = parser.parse_args(arguments)
    state = mean(given.checkpoints)
    found = read(given.weights)
    hints = json.loads(given.checkpoints[0].with_suffix(".json").read_text(encoding="utf-8"))["hints"]
    assert state["word.weight"].shape == (len(found.kept()), WIDTH)
    made = graph(state)
    (given.folder / GRAPH).write_bytes(made.SerializeToString())
    kept = (found.pieces[row] for row in found.kept()[SPECIAL:])
    (given.folder / VOCABULARY).write_bytes(vocabulary(kept, hints))
    print(f"{GRAPH}: {(given.folder / GRAPH).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
