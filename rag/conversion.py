"""Turns a GGUF file into a folder that loads in a second or two.

Two forms: ``ctranslate2`` (8-bit weights, for the CPU) and ``transformers`` (bfloat16 safetensors, for GPUs
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

FORM_VERSION = 1
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
_HUGGING_FACE_CLASSES = {"qwen2": "Qwen2ForCausalLM", "llama": "LlamaForCausalLM"}


def convert(source: Path, folder: Path, form: str, progress: Progress) -> None:
    """Writes the model in `source` to the empty `folder` in the given form.

    Args:
        source: The GGUF file.
        folder: Where to write.
        form: ``ctranslate2`` or ``transformers``.
        progress: Called with layers done and layers in all.
    """
    model = GgufModel(source)
    writers = {"ctranslate2": _write_ctranslate2, "transformers": _write_transformers}
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


def _write_ctranslate2(model: GgufModel, folder: Path, progress: Progress) -> None:
    import numpy as np
    from ctranslate2.specs import common_spec, transformer_spec

    config = model.config
    spec = transformer_spec.TransformerDecoderModelSpec.from_config(
        config.layers,
        config.heads,
        activation=common_spec.Activation.SWISH,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=0,
        rotary_interleave=False,
        rotary_base=config.rope_base,
        num_heads_kv=config.kv_heads if config.kv_heads != config.heads else None,
        head_dim=config.hidden // config.heads,
    )
    decoder = spec.decoder
    decoder.scale_embeddings = False
    decoder.layer_norm.gamma = model.tensor("output_norm.weight")
    _set_quantised(decoder.embeddings, model.output_embedding())
    _set_quantised(decoder.projection, np.zeros((1, 1), dtype=np.float32))
    for number, tensors in _layers(model, progress):
        layer = decoder.layer[number]
        layer.self_attention.layer_norm.gamma = tensors["attn_norm.weight"]
        layer.ffn.layer_norm.gamma = tensors["ffn_norm.weight"]
        joined = np.concatenate([tensors[f"attn_{part}.weight"] for part in "qkv"])
        _set_quantised(layer.self_attention.linear[0], joined)
        if "attn_q.bias" in tensors:
            layer.self_attention.linear[0].bias = np.concatenate(
                [tensors[f"attn_{part}.bias"] for part in "qkv"]
            )
        _set_quantised(layer.self_attention.linear[1], tensors["attn_output.weight"])
        _set_quantised(layer.ffn.linear_0, tensors["ffn_gate.weight"])
        _set_quantised(layer.ffn.linear_0_noact, tensors["ffn_up.weight"])
        _set_quantised(layer.ffn.linear_1, tensors["ffn_down.weight"])
    spec.register_vocabulary(model.tokens)
    spec.config.bos_token = model.pad_token
    spec.config.eos_token = model.end_token
    spec.config.unk_token = model.pad_token
    spec.config.layer_norm_epsilon = config.norm_epsilon
    spec.validate()
    decoder.projection.weight = "decoder/embeddings/weight"
    decoder.projection.weight_scale = "decoder/embeddings/weight_scale"
    spec.save(str(folder))


def _set_quantised(layer: Any, weight: "NDArray[np.float32]") -> None:  # noqa: ANN401 - an untyped library
    """Gives a layer its weight as 8-bit integers with one scale a row, as CTranslate2 does."""
    import numpy as np

    largest = np.abs(weight).max(axis=1)
    largest[largest == 0] = 127.0
    scale = 127.0 / largest
    layer.weight = np.rint(weight * scale[:, None]).astype(np.int8)
    layer.weight_scale = scale.astype(np.float32)


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
