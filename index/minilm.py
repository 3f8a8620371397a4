"""The all-MiniLM-L6-v2 network: word pieces in, one unit vector a text out.

It reads the published weights and tokenizer itself and gives the vectors of sentence-transformers, because
importing that library takes longer than all the rest of Footnote's start.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

LAYERS = 6
HEADS = 12
EPSILON = 1e-12
MAX_PIECES = 256
BATCH = 32


class MiniLMNetwork:
    """A BERT encoder with mean pooling; the bytes must have been checked against their hashes."""

    def __init__(self, weights: bytes, tokenizer: bytes) -> None:
        from safetensors.torch import load
        from tokenizers import Tokenizer

        self._weights = load(weights)
        self._tokenizer = Tokenizer.from_buffer(tokenizer)
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text; texts of a length share a batch, so that little is padded."""
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
        rows = np.empty((len(pieces), len(self._weights["embeddings.LayerNorm.bias"])), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            rows[batch] = self._vectors([pieces[row] for row in batch])
        return rows

    def _vectors(self, pieces: list[list[int]]) -> NDArray[np.float32]:
        import torch
        from torch.nn import functional

        longest = max(map(len, pieces))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in pieces])
        real = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in pieces])
        with torch.inference_mode():
            states = self._embedded(ids)
            for layer in range(LAYERS):
                states = self._layer(states, real.bool()[:, None, None, :], f"encoder.layer.{layer}.")
            mean = (states * real[:, :, None]).sum(1) / real.sum(1, keepdim=True)
            return np.asarray(functional.normalize(mean).numpy(), np.float32)

    def _embedded(self, ids: "Tensor") -> "Tensor":
        weights = self._weights
        words = weights["embeddings.word_embeddings.weight"][ids]
        places = weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        return self._normed(words + kind + places, "embeddings.LayerNorm")

    def _layer(self, states: "Tensor", mask: "Tensor", name: str) -> "Tensor":
        from torch.nn import functional

        shape = (*states.shape[:2], HEADS, -1)
        query, key, value = (
            self._linear(states, f"{name}attention.self.{part}").view(*shape).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self._linear(seen.transpose(1, 2).flatten(-2), f"{name}attention.output.dense")
        states = self._normed(seen + states, f"{name}attention.output.LayerNorm")
        inner = functional.gelu(self._linear(states, f"{name}intermediate.dense"))
        return self._normed(self._linear(inner, f"{name}output.dense") + states, f"{name}output.LayerNorm")

    def _linear(self, states: "Tensor", name: str) -> "Tensor":
        from torch.nn import functional

        return functional.linear(states, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normed(self, states: "Tensor", name: str) -> "Tensor":
        from torch.nn import functional

        scale, shift = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return functional.layer_norm(states, scale.shape, scale, shift, EPSILON)
