"""The encoder in PyTorch: twelve layers of BERT with what the lists know of a word added to its pieces."""

from __future__ import annotations

import math

import torch
from scripts.encoder.weights import Pretrained
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, INNER = 384, 12, 12, 1536
POSITIONS, EPSILON, DROPOUT = 192, 1e-12, 0.1
LABELS = ("O", *(f"{at}-{kind}" for kind in ("PERS", "LOC", "ORG", "MISC") for at in "BI"))


class Layer(nn.Module):
    """Attention and feed-forward, each added to what came in and normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.ao = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.fi, self.fo = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.aln, self.oln = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        batch, length, _ = x.shape

        def heads(part: Tensor) -> Tensor:
            return part.view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = heads(self.q(x)), heads(self.k(x)), heads(self.v(x))
        # The fused attention of PyTorch was slower backward in bfloat16 on a CPU.
        seen = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + hidden, dim=-1) @ v
        seen = self.ao(seen.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.aln(x + self.dropout(seen))
        return self.oln(x + self.dropout(self.fo(functional.gelu(self.fi(x)))))


class Encoder(nn.Module):
    """Pieces and hints of some sequences in, a score of each label for each piece out."""

    def __init__(self, pieces: int, hints: int) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.hint = nn.Embedding(hints + 1, WIDTH, padding_idx=0)
        self.ln = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.head = nn.Linear(WIDTH, len(LABELS))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, pieces: Tensor, hints: Tensor, there: Tensor) -> Tensor:
        """Args: numbers of pieces (batch, length), of hints (batch, length, most), and 1 where there is a piece."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.hint(hints).sum(2)
        x = self.dropout(self.ln(x))
        hidden = (there[:, None, None, :] - 1.0) * 1e4
        for layer in self.layers:
            x = layer(x, hidden)
        return self.head(self.dropout(x))


def pretrained(found: Pretrained, hints: int) -> Encoder:
    """Return an encoder with the pre-trained weights, a new head, and hints that say nothing yet."""
    kept = found.kept()
    made = Encoder(len(kept), hints)
    weights = {name: torch.from_numpy(array) for name, array in found.weights.items()}
    state = {
        "word.weight": weights["emb.word"].view(-1, WIDTH)[kept],
        "position.weight": weights["emb.pos"].view(-1, WIDTH)[:POSITIONS] + weights["emb.type"].view(-1, WIDTH)[0],
        "hint.weight": torch.zeros(hints + 1, WIDTH),
        "ln.weight": weights["emb.ln.w"],
        "ln.bias": weights["emb.ln.b"],
    }
    for name, weight in weights.items():
        layer, _, rest = name.partition(".")
        if layer[1:].isdigit():
            part, _, kind = rest.partition(".")
            shaped = weight.view(*made.get_parameter(f"layers.{layer[1:]}.{part}.{_KINDS[kind]}").shape)
            state[f"layers.{layer[1:]}.{part}.{_KINDS[kind]}"] = shaped
    missing, unexpected = made.load_state_dict(state, strict=False)
    if unexpected or set(missing) != {"head.weight", "head.bias"}:
        raise ValueError(f"the weights do not fit: {missing} are missing, {unexpected} are too many")
    return made


_KINDS = {"w": "weight", "b": "bias"}
