"""A GGUF file as the numbers and the tokenizer of a decoder-only language model.

Reading it here takes seconds where the general loader takes minutes: metadata is read once, and tensors are
dequantised only when asked for.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import NotReadyError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# The split patterns that the two families were trained with.
_QWEN2_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_SPECIAL_TOKEN_TYPES = (3, 4)  # control and user-defined, in GGUF's numbering
_PLACEHOLDER_TOKEN_TYPE = 5  # unused rows that only pad the embedding


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """The shape of a Llama-like decoder (RMS norm, rotary positions, gated feed-forward)."""

    architecture: str
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    feed_forward: int
    context: int
    norm_epsilon: float
    rope_base: float


class GgufModel:
    """One GGUF file, open for reading."""

    def __init__(self, path: Path) -> None:
        """Opens the file and reads its metadata.

        Raises:
            NotReadyError: The file is not GGUF, or of a family that Footnote can't convert.
        """
        import gguf

        self.path = path
        try:
            self._reader = gguf.GGUFReader(str(path))
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise NotReadyError(
                f"{path.name} can't be read as a GGUF file: {error}. Name another file."
            ) from error
        if self.architecture not in ("qwen2", "llama"):
            raise NotReadyError(
                f"{path.name} holds a {self.architecture!r} model; Footnote converts 'qwen2' and 'llama'. "
                "Name a local folder or hub repository with --runtime transformers instead."
            )
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}

    def _field(self, key: str, default: object = None) -> Any:  # noqa: ANN401 - GGUF values are of many types
        field = self._reader.get_field(key)
        return default if field is None else field.contents()

    @property
    def architecture(self) -> str:
        """The family name, such as ``qwen2``."""
        return str(self._field("general.architecture"))

    @cached_property
    def config(self) -> DecoderConfig:
        """The shape of the model."""
        prefix = self.architecture
        heads = int(self._field(f"{prefix}.attention.head_count"))
        return DecoderConfig(
            architecture=prefix,
            layers=int(self._field(f"{prefix}.block_count")),
            hidden=int(self._field(f"{prefix}.embedding_length")),
            heads=heads,
            kv_heads=int(self._field(f"{prefix}.attention.head_count_kv", heads)),
            feed_forward=int(self._field(f"{prefix}.feed_forward_length")),
            context=int(self._field(f"{prefix}.context_length")),
            norm_epsilon=float(self._field(f"{prefix}.attention.layer_norm_rms_epsilon")),
            rope_base=float(self._field(f"{prefix}.rope.freq_base", 10_000.0)),
        )

    @cached_property
    def tokens(self) -> list[str]:
        """Every token in its byte-level form, by id."""
        return [str(token) for token in self._field("tokenizer.ggml.tokens")]

    @property
    def chat_template(self) -> str:
        """The Jinja template that turns messages into a prompt."""
        template = self._field("tokenizer.chat_template")
        if template is None:
            raise NotReadyError(f"{self.path.name} has no chat template; name an instruction-tuned model.")
        return str(template)

    @property
    def end_token(self) -> str:
        """The token that ends a turn."""
        return self.tokens[int(self._field("tokenizer.ggml.eos_token_id"))]

    @property
    def pad_token(self) -> str:
        """The token that fills a batch."""
        return self.tokens[int(self._field("tokenizer.ggml.padding_token_id", 0))]

    def has(self, name: str) -> bool:
        """Whether the file holds this tensor."""
        return name in self._tensors

    def tensor(self, name: str) -> "NDArray[np.float32]":
        """The tensor of that GGUF name, dequantised, shape (rows, columns) or (rows,)."""
        import gguf

        source = self._tensors[name]
        values: NDArray[np.float32] = gguf.dequantize(source.data, source.tensor_type)
        if self.architecture == "llama" and name.endswith(("attn_q.weight", "attn_k.weight")):
            heads = self.config.heads if "attn_q" in name else self.config.kv_heads
            values = undo_interleaving(values, heads)
        return values

    def output_embedding(self) -> "NDArray[np.float32]":
        """The matrix for both ends of the model, shape (vocabulary, hidden).

        Quantisers keep the output matrix at a higher precision than the input one; where the model's two ends
        are one matrix by training, the better copy serves both.
        """
        return self.tensor("output.weight" if self.has("output.weight") else "token_embd.weight")

    def tokenizer(self) -> "Tokenizer":
        """The byte-pair tokenizer, with its special tokens."""
        from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers

        kinds = self._field("tokenizer.ggml.token_type")
        vocabulary = {
            token: number
            for number, (token, kind) in enumerate(zip(self.tokens, kinds, strict=True))
            if kind != _PLACEHOLDER_TOKEN_TYPE
        }
        merges = [_pair(str(merge)) for merge in self._field("tokenizer.ggml.merges")]
        tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
        tokenizer.pre_tokenizer = self._splitter()
        tokenizer.decoder = decoders.ByteLevel()
        if self._field("tokenizer.ggml.pre") == "qwen2":
            tokenizer.normalizer = normalizers.NFC()
        tokenizer.add_special_tokens(
            [
                AddedToken(token, special=True, normalized=False)
                for token, kind in zip(self.tokens, kinds, strict=True)
                if kind in _SPECIAL_TOKEN_TYPES
            ]
        )
        return tokenizer

    def _splitter(self) -> Any:  # noqa: ANN401 - the library has no public base type
        from tokenizers import Regex, pre_tokenizers

        kind = self._field("tokenizer.ggml.pre")
        if kind == "qwen2":
            split = pre_tokenizers.Split(Regex(_QWEN2_SPLIT), behavior="isolated")
            return pre_tokenizers.Sequence(
                [split, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
            )
        if kind == "smollm":
            digits = pre_tokenizers.Digits(individual_digits=True)
            return pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])
        raise NotReadyError(
            f"{self.path.name} uses the tokenizer {kind!r}, which Footnote can't rebuild from GGUF. "
            "Name a local folder or hub repository with --runtime transformers instead."
        )


def _pair(merge: str) -> tuple[str, str]:
    left, _, right = merge.partition(" ")
    return left, right


def undo_interleaving(weight: "NDArray[np.float32]", heads: int) -> "NDArray[np.float32]":
    """Turns GGUF's interleaved rotary rows of the Llama family back into two halves a head."""
    half = weight.shape[0] // heads // 2
    restored: NDArray[np.float32] = weight.reshape(heads, half, 2, -1).swapaxes(1, 2).reshape(weight.shape)
    return restored
