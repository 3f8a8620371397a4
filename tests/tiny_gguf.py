"""Writes a GGUF file of a language model so small that it can be converted and run inside a test."""

from pathlib import Path

import numpy as np

VOCABULARY = 300
HIDDEN, LAYERS, HEADS, KV_HEADS, FEED_FORWARD = 64, 2, 4, 2, 96
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def byte_alphabet() -> list[str]:
    """The 256 printable characters that stand for bytes in a byte-level vocabulary."""
    from tokenizers.pre_tokenizers import ByteLevel

    return sorted(ByteLevel.alphabet())


def write_tiny_gguf(path: Path, architecture: str = "qwen2", seed: int = 0) -> Path:
    """A random model of the family; the same seed gives the same file."""
    import gguf

    rng = np.random.default_rng(seed)
    writer = gguf.GGUFWriter(str(path), architecture)
    writer.add_block_count(LAYERS)
    writer.add_context_length(512)
    writer.add_embedding_length(HIDDEN)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(10_000.0)
    _add_tokenizer(writer, "qwen2" if architecture == "qwen2" else "smollm")

    def add(name: str, *shape: int, scale: float = 2.0**-9) -> None:
        """Adds whole numbers times a power of two, exact in 8 bits a row and in bfloat16 alike."""
        values = rng.integers(-126, 127, shape)
        values[..., 0] = 127
        writer.add_tensor(name, (values * scale).astype(np.float32))

    add("token_embd.weight", VOCABULARY, HIDDEN, scale=2.0**-7)
    writer.add_tensor("output_norm.weight", np.ones(HIDDEN, np.float32))
    for layer in range(LAYERS):
        prefix = f"blk.{layer}."
        for norm in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"{prefix}{norm}.weight", np.ones(HIDDEN, np.float32))
        for part, rows in (("q", HIDDEN), ("k", HIDDEN // 2), ("v", HIDDEN // 2)):
            add(f"{prefix}attn_{part}.weight", rows, HIDDEN)
            if architecture == "qwen2":
                add(f"{prefix}attn_{part}.bias", rows)
        add(f"{prefix}attn_output.weight", HIDDEN, HIDDEN)
        add(f"{prefix}ffn_gate.weight", FEED_FORWARD, HIDDEN)
        add(f"{prefix}ffn_up.weight", FEED_FORWARD, HIDDEN)
        add(f"{prefix}ffn_down.weight", HIDDEN, FEED_FORWARD)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add_tokenizer(writer: object, kind: str) -> None:
    import gguf

    assert isinstance(writer, gguf.GGUFWriter)
    alphabet = byte_alphabet()
    special = ["<|im_start|>", "<|im_end|>"]
    merges = ["t h", "th e"]
    tokens = [*alphabet, "th", "the", *special]
    fill = [f"[PAD{number}]" for number in range(VOCABULARY - len(tokens))]
    types = [gguf.TokenType.NORMAL] * (len(tokens) - 2) + [gguf.TokenType.CONTROL] * 2
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(kind)
    writer.add_token_list([*tokens, *fill])
    writer.add_token_types([*types, *[gguf.TokenType.UNUSED] * len(fill)])
    writer.add_token_merges(merges)
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_pad_token_id(tokens.index("<|im_end|>"))
    writer.add_chat_template(TEMPLATE)
