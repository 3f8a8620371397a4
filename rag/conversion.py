"""Turns a GGUF file into a folder that loads in a second or two.

Two forms: ``int8`` (8-bit weights, for the CPU) and ``transformers`` (bfloat16 safetensors, for GPUs
and for comparison). Both are written from the same tensors.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.gguf_file import DecoderConfig, GgufModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Progress = Callable[[int, int], None]

FORM_VERSION = 2
"""Raised whenever a converted folder of the same GGUF would come out differently."""

_HUGGING_FACE_NAMES = {
    "attn_norm.weight": "input_layernorm.weight",
    "attn_q.weight": "self_attn.q_proj.weight",
    "attn_q.bias": "self_attn.q_proj.bias",
    "attn_k.weight": "self_attn.k_proj.weight",
    "attn_k.bias": "self_attn.k_proj.bias",
    "attn_v.weight": "self_attn.v_proj.weight",
    "attn_v.bias": "self_attn.v_proj.bias",
    "attn_output.weight": "self_attn.o_proj.weight",
    "ffn_norm.weight": "post_attention_layernorm.weight",
    "ffn_gate.weight": "mlp.gate_proj.weight",
    "ffn_up.weight": "mlp.up_proj.weight",
    "ffn_down.weight": "mlp.down_proj.weight",
}
_JOINED = {
    "attention": ("attn_q", "attn_k", "attn_v"),
    "attention_out": ("attn_output",),
    "feed_forward": ("ffn_gate", "ffn_up"),
    "feed_forward_out": ("ffn_down",),
}
_HUGGING_FACE_CLASSES = {"qwen2": "Qwen2ForCausalLM", "llama": "LlamaForCausalLM"}


def convert(source: Path, folder: Path, form: str, progress: Progress) -> None:
    """Writes the model in `source` to the empty `folder` in the given form.

    Args:
        source: The GGUF file.
        folder: Where to write.
        form: ``int8`` or ``transformers``.
        progress: Called with layers done and layers in all.
    """
    model = GgufModel(source)
    writers = {"int8": _write_int8, "transformers": _write_transformers}
    writers[form](model, folder, progress)
    model.tokenizer().save(str(folder / "tokenizer.json"))
    (folder / "chat_template.jinja").write_text(model.chat_template, encoding="utf-8")
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "eos_token": model.end_token,
            "pad_token": model.pad_token,
            "model_max_length": model.config.context,
            "clean_up_tokenization_spaces": False,
        },
    )


def _layers(model: GgufModel, progress: Progress) -> Iterator[tuple[int, dict[str, "NDArray[np.float32]"]]]:
    """Yields each layer's tensors by their name inside the layer, dequantised on two threads."""
    count = model.config.layers
    with ThreadPoolExecutor(2) as pool:
        for layer in range(count):
            names = [name for name in _HUGGING_FACE_NAMES if model.has(f"blk.{layer}.{name}")]
            tensors = pool.map(lambda name, layer=layer: model.tensor(f"blk.{layer}.{name}"), names)
            yield layer, dict(zip(names, tensors, strict=True))
            progress(layer + 1, count)


def _write_int8(model: GgufModel, folder: Path, progress: Progress) -> None:
    """Weights as `rag.decoder` maps them: what reads the same input joined, one scale a row."""
    import numpy as np
    from safetensors.numpy import save_file

    weights = {"norm.weight": model.tensor("output_norm.weight")}
    _set_quantised(weights, "embedding", model.output_embedding())
    for number, tensors in _layers(model, progress):
        for name, sources in _JOINED.items():
            _set_quantised(
                weights, f"{number}.{name}", np.concatenate([tensors[f"{one}.weight"] for one in sources])
            )
        if "attn_q.bias" in tensors:
            weights[f"{number}.attention.bias"] = np.concatenate(
                [tensors[f"{one}.bias"] for one in _JOINED["attention"]]
            )
        weights[f"{number}.attention_norm.weight"] = tensors["attn_norm.weight"]
        weights[f"{number}.feed_forward_norm.weight"] = tensors["ffn_norm.weight"]
    save_file(weights, str(folder / "model.safetensors"))
    _write_json(folder / "config.json", _hugging_face_config(model, model.config))


def _set_quantised(weights: dict[str, Any], name: str, values: "NDArray[np.float32]") -> None:
    """Adds a matrix as 8-bit integers with one scale a row."""
    import numpy as np

    largest = np.abs(values).max(axis=1)
    largest[largest == 0] = 1.0
    scale = (largest / 127).astype(np.float32)
    weights[f"{name}.weight"] = np.rint(values / scale[:, None]).astype(np.int8)
    weights[f"{name}.scale"] = scale


def _write_transformers(model: GgufModel, folder: Path, progress: Progress) -> None:
    import torch
    from safetensors.torch import save_file

    def narrow(values: "NDArray[np.float32]") -> torch.Tensor:
        return torch.from_numpy(values.copy()).to(torch.bfloat16)

    weights = {
        "model.embed_tokens.weight": narrow(model.output_embedding()),
        "model.norm.weight": narrow(model.tensor("output_norm.weight")),
    }
    for number, tensors in _layers(model, progress):
        for name, values in tensors.items():
            weights[f"model.layers.{number}.{_HUGGING_FACE_NAMES[name]}"] = narrow(values)
    save_file(weights, str(folder / "model.safetensors"), metadata={"format": "pt"})
    _write_json(folder / "config.json", _hugging_face_config(model, model.config))
    end, pad = model.tokens.index(model.end_token), model.tokens.index(model.pad_token)
    _write_json(folder / "generation_config.json", {"eos_token_id": end, "pad_token_id": pad})


def _hugging_face_config(model: GgufModel, config: DecoderConfig) -> dict[str, object]:
    return {
        "architectures": [_HUGGING_FACE_CLASSES[config.architecture]],
        "model_type": config.architecture,
        "vocab_size": len(model.tokens),
        "hidden_size": config.hidden,
        "intermediate_size": config.feed_forward,
        "num_hidden_layers": config.layers,
        "num_attention_heads": config.heads,
        "num_key_value_heads": config.kv_heads,
        "head_dim": config.hidden // config.heads,
        "max_position_embeddings": config.context,
        "rms_norm_eps": config.norm_epsilon,
        "rope_theta": config.rope_base,
        "rope_parameters": {"rope_type": "default", "rope_theta": config.rope_base},
        "tie_word_embeddings": True,
        "hidden_act": "silu",
        "torch_dtype": "bfloat16",
    }


def _write_json(path: Path, value: dict[str, object]) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
