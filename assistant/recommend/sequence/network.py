"""The network: causal attention over a history, its output compared with every item's vector.

After SASRec (Kang and McAuley 2018), with two changes: places are known by their distance and not by their number, and
items are compared by cosine. Imported only where PyTorch is needed; knows numbers only. Number 0 is the padding, item i
is number i + 1.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.recommend.sequence.settings import SequenceSettings


class Block(nn.Module):  # type: ignore[misc]  # PyTorch is left untyped
    """Attention to what came before, biased by distance, then a feed-forward layer; (n, length, width) in and out."""

    def __init__(self, settings: SequenceSettings) -> None:
        super().__init__()
        width = settings.width
        self.heads, self.dropout = settings.heads, settings.dropout
        self.before_attention, self.before_feed = nn.LayerNorm(width), nn.LayerNorm(width)
        self.queries_keys_values, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.feed = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Dropout(settings.dropout), nn.Linear(4 * width, width)
        )
        self.distance = nn.Parameter(torch.zeros(settings.heads, settings.longest))
        self.drop = nn.Dropout(settings.dropout)

    def forward(self, hidden: Tensor) -> Tensor:
        """Return the next layer's hidden states."""
        hidden = hidden + self.drop(self._attended(self.before_attention(hidden)))
        return hidden + self.drop(self.feed(self.before_feed(hidden)))

    def _attended(self, hidden: Tensor) -> Tensor:
        count, length, width = hidden.shape
        parts = self.queries_keys_values(hidden).view(count, length, 3, self.heads, width // self.heads)
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)
        chance = self.dropout if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(
            queries, keys, values, attn_mask=self._bias(length), dropout_p=chance
        )
        return self.out(mixed.transpose(1, 2).reshape(count, length, width))

    def _bias(self, length: int) -> Tensor:
        """Return what each distance adds, (heads, length, length); minus infinity for what is yet to come."""
        at = torch.arange(length)
        distance = at[:, None] - at[None, :]
        return self.distance[:, distance.clamp(min=0)].masked_fill(distance < 0, -torch.inf)


class Network(nn.Module):  # type: ignore[misc]  # PyTorch is left untyped
    """Reads histories padded at their end, (n, length), and returns a vector for each place, (n, length, width)."""

    def __init__(self, items: int, settings: SequenceSettings, words: Tensor | None = None) -> None:
        """Begin with vectors by chance. `words` (items + 1, words) are the numbers of each item's words, 0 for none."""
        super().__init__()
        self.settings = settings
        self.register_buffer("words_of", words)
        self.words = None if words is None else nn.Embedding(settings.word_features + 1, settings.width, padding_idx=0)
        self.items = nn.Embedding(items + 1, settings.width, padding_idx=0)
        for table in (self.items, self.words):
            if table is not None:
                nn.init.normal_(table.weight, std=0.02 if settings.temperature <= 0 else settings.width**-0.5)
                nn.init.zeros_(table.weight[0])
        self.drop = nn.Dropout(settings.dropout)
        self.blocks = nn.ModuleList(Block(settings) for _ in range(settings.blocks))
        self.last = nn.LayerNorm(settings.width)

    def forward(self, numbers: Tensor) -> Tensor:
        """Return what each place of each history expects next."""
        hidden = self.drop(self.known(numbers))
        for block in self.blocks:
            hidden = block(hidden)
        return self.compared(self.last(hidden))

    def compared(self, vectors: Tensor) -> Tensor:
        """Return vectors ready to be compared by their product: of length one where the settings ask for cosines."""
        return functional.normalize(vectors, dim=-1) if self.settings.temperature > 0 else vectors

    def known(self, numbers: Tensor) -> Tensor:
        """Return the vectors of items by number: each its own, plus the mean of its words'."""
        if self.words is None:
            return self.items(numbers)
        words = self.words_of[numbers]
        count = (words > 0).sum(-1, keepdim=True).clamp(min=1)
        return self.items(numbers) + self.words(words).sum(-2) / count

    def vectors(self, numbers: Tensor) -> Tensor:
        """Return the vectors of items by number, ready to be compared."""
        return self.compared(self.known(numbers))

    def loss(self, numbers: Tensor, targets: Tensor, negatives: Tensor) -> Tensor:
        """Return the sampled softmax loss: each target (n, length) against the same negatives (m,)."""
        wanted = targets > 0
        expected, right = self(numbers)[wanted], targets[wanted]
        own = (expected * self.vectors(right)).sum(-1, keepdim=True)
        others = expected @ self.vectors(negatives).T
        others = others.masked_fill(negatives[None, :] == right[:, None], -torch.inf)
        scale = self.settings.temperature if self.settings.temperature > 0 else 1.0
        return -torch.log_softmax(torch.cat([own, others], dim=1) / scale, dim=1)[:, 0].mean()
