"""A Transformer encoder, from scratch: Vaswani et al. 2017, Attention Is All You Need.

https://arxiv.org/abs/1706.03762. Section numbers are that paper's. In the shapes, b is the batch,
n the tokens of its longest text, h the heads, d the width of a head, w = h * d the model's width.
One thing is not as in the paper: each layer norm stands before its sublayer, not after it. So the
network trains steadily without a long warm-up (Xiong et al. 2020, On Layer Normalization in the
Transformer Architecture).
"""

import math

import torch
from torch import Tensor, nn

PAD = 0  # the number of a place that holds no token


def attend(query: Tensor, key: Tensor, value: Tensor, known: Tensor) -> Tensor:
    """Scaled dot-product attention (3.2.1): softmax(Q Kᵀ / √d) V, over known places only.

    query, key, value: [b, h, n, d]; known: [b, 1, 1, n], true where there is a token.
    """
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])  # [b, h, n, n]
    scores = scores.masked_fill(~known, -math.inf)
    return scores.softmax(-1) @ value  # [b, h, n, d]


class MultiHeadAttention(nn.Module):
    """Several attentions side by side, each in a part of the width (3.2.2)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        if width % heads or width % 2:
            raise ValueError(f"width ({width}) must be even and a multiple of heads ({heads})")
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x: Tensor, known: Tensor) -> Tensor:
        q, k, v = (self.split(part(x)) for part in (self.query, self.key, self.value))
        said = attend(q, k, v, known[:, None, None, :])  # [b, h, n, d]
        return self.out(said.transpose(1, 2).flatten(2))  # [b, n, w]

    def split(self, x: Tensor) -> Tensor:
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)  # [b, n, w] → [b, h, n, d]


class Layer(nn.Module):
    """Attention, then the same small network at each place (3.3); what comes in is added (3.1)."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.attention = MultiHeadAttention(width, heads)
        self.forward_part = nn.Sequential(
            nn.Linear(width, 4 * width), nn.ReLU(), nn.Linear(4 * width, width)
        )
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.dropout = nn.Dropout(dropout)  # on what a sublayer says (5.4)

    def forward(self, x: Tensor, known: Tensor) -> Tensor:
        x = x + self.dropout(self.attention(self.norms[0](x), known))  # [b, n, w]
        return x + self.dropout(self.forward_part(self.norms[1](x)))  # [b, n, w]


def positions(length: int, width: int) -> Tensor:
    """Sines and cosines of wavelengths from 2π to 20,000π, by which places differ (3.5)."""
    place = torch.arange(length)[:, None]  # [n, 1]
    rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000) / width))  # [w / 2]
    return torch.stack([torch.sin(place * rate), torch.cos(place * rate)], 2).flatten(1)  # [n, w]


class Transformer(nn.Module):
    """Token numbers → logits of the classes."""

    positions: Tensor

    def __init__(
        self,
        classes: int,
        vocabulary: int,
        max_tokens: int,
        layers: int,
        width: int,
        heads: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width, padding_idx=PAD)
        nn.init.normal_(self.embedding.weight, std=width**-0.5)
        self.register_buffer("positions", positions(max_tokens, width), persistent=False)
        self.layers = nn.ModuleList(Layer(width, heads, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(width)  # the last layer has none after it
        self.dropout = nn.Dropout(dropout)
        self.classify = nn.Linear(width, classes)

    def forward(self, ids: Tensor) -> Tensor:
        """ids [b, n] → logits [b, classes]."""
        known = ids != PAD  # [b, n]
        scale = math.sqrt(self.embedding.embedding_dim)  # (3.4)
        x = self.dropout(self.embedding(ids) * scale + self.positions[: ids.shape[1]])  # [b, n, w]
        for layer in self.layers:
            x = layer(x, known)
        return self.classify(self.dropout(mean_of_tokens(self.norm(x), known)))


def mean_of_tokens(x: Tensor, known: Tensor) -> Tensor:
    """The mean over the places that hold a token: x [b, n, w], known [b, n] → [b, w]."""
    weight = known.unsqueeze(-1).to(x.dtype)  # [b, n, 1]
    return (x * weight).sum(1) / weight.sum(1)
