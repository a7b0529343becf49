"""The networks: a Transformer encoder from scratch, and a pre-trained one that is fine-tuned.

The first is that of Vaswani et al. 2017, Attention Is All You Need, to which section numbers refer
(https://arxiv.org/abs/1706.03762). But each layer norm stands before its sublayer, not after it:
training is then stable without a long warm-up (Xiong et al. 2020, On Layer Normalization in the
Transformer Architecture). In the shapes, b is the batch size, n the tokens of its longest text,
h the heads, d the width of a head and w = h · d the width of the model.
"""

import math
from pathlib import Path

import torch
from torch import Tensor, nn

from .dataset import PAD


def attention(query: Tensor, key: Tensor, value: Tensor, is_token: Tensor) -> Tensor:
    """Scaled dot-product attention (3.2.1): softmax(Q Kᵀ / √d) V, never to padding.

    query, key, value: [b, h, n, d]; is_token: [b, 1, 1, n], false for padding.
    """
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])  # [b, h, n, n]
    scores = scores.masked_fill(~is_token, -math.inf)
    return scores.softmax(-1) @ value  # [b, h, n, d]


class MultiHeadAttention(nn.Module):
    """Several attentions side by side, each on a slice of the width (3.2.2)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        if width % heads or width % 2:
            raise ValueError(f"width ({width}) must be even and a multiple of heads ({heads})")
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x: Tensor, is_token: Tensor) -> Tensor:
        q, k, v = (self.split(part(x)) for part in (self.query, self.key, self.value))
        heads = attention(q, k, v, is_token[:, None, None, :])  # [b, h, n, d]
        return self.out(heads.transpose(1, 2).flatten(2))  # [b, n, w]

    def split(self, x: Tensor) -> Tensor:
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)  # [b, n, w] → [b, h, n, d]


class Layer(nn.Module):
    """Attention, then a small network at each position (3.3), both with a residual (3.1)."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.attention = MultiHeadAttention(width, heads)
        self.feed_forward = nn.Sequential(
            nn.Linear(width, 4 * width), nn.ReLU(), nn.Linear(4 * width, width)
        )
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.dropout = nn.Dropout(dropout)  # on the output of each sublayer (5.4)

    def forward(self, x: Tensor, is_token: Tensor) -> Tensor:
        x = x + self.dropout(self.attention(self.norms[0](x), is_token))  # [b, n, w]
        return x + self.dropout(self.feed_forward(self.norms[1](x)))  # [b, n, w]


def positions(length: int, width: int) -> Tensor:
    """Sines and cosines with wavelengths from 2π to 20,000π, which tell positions apart (3.5)."""
    position = torch.arange(length)[:, None]  # [n, 1]
    rate = torch.exp(torch.arange(0, width, 2) * (-math.log(10_000) / width))  # [w / 2]
    angle = position * rate  # [n, w / 2]
    return torch.stack([torch.sin(angle), torch.cos(angle)], 2).flatten(1)  # [n, w]


class Transformer(nn.Module):
    """Token ids → logits of the classes."""

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
        self.norm = nn.LayerNorm(width)  # each layer norm comes first, so the last layer needs one
        self.dropout = nn.Dropout(dropout)
        self.classify = nn.Linear(width, classes)

    def forward(self, ids: Tensor) -> Tensor:
        """ids [b, n] → logits [b, classes]."""
        is_token = ids != PAD  # [b, n]
        scale = math.sqrt(self.embedding.embedding_dim)  # (3.4)
        x = self.embedding(ids) * scale + self.positions[: ids.shape[1]]  # [b, n, w]
        x = self.dropout(x)
        for layer in self.layers:
            x = layer(x, is_token)  # [b, n, w]
        return self.classify(self.dropout(mean_of_tokens(self.norm(x), is_token)))


def mean_of_tokens(x: Tensor, is_token: Tensor) -> Tensor:
    """The mean over the positions that hold a token: x [b, n, w], is_token [b, n] → [b, w]."""
    weight = is_token.unsqueeze(-1).to(x.dtype)  # [b, n, 1]
    return (x * weight).sum(1) / weight.sum(1)


class FineTuned(nn.Module):
    """A pre-trained encoder, the mean of its tokens (Reimers & Gurevych 2019), one linear layer.

    folder: of the encoder's weights
    frozen_layers: the embeddings and this many of the lowest layers keep their weights, since what
        they know of the language holds for our texts too; training is faster, too
    """

    def __init__(self, classes: int, folder: Path, frozen_layers: int, dropout: float) -> None:
        from transformers import AutoModel  # takes seconds to import
        from transformers.utils import logging

        logging.disable_progress_bar()
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, local_files_only=True)
        lists = [part for part in self.encoder.modules() if isinstance(part, nn.ModuleList)]
        layers = max(lists, key=len)  # whatever this architecture calls them
        self.encoder.requires_grad_(False)
        layers[frozen_layers:].requires_grad_(True)
        self.dropout = nn.Dropout(dropout)
        self.classify = nn.Linear(self.encoder.config.hidden_size, classes)

    def forward(self, ids: Tensor) -> Tensor:
        """ids [b, n] → logits [b, classes]."""
        is_token = ids != PAD  # [b, n]
        output = self.encoder(input_ids=ids, attention_mask=is_token.to(torch.int64))
        mean = mean_of_tokens(output.last_hidden_state, is_token)  # [b, w]
        return self.classify(self.dropout(mean))
