"""Renders a prompt with a model's own chat template, cut where its parts begin."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import NotReadyError
from rag.generator import Prompt

_MARK = "\x1aFOOTNOTE-CONTEXT\x1a"


def messages(prompt: Prompt) -> list[dict[str, str]]:
    """The prompt as chat messages."""
    shown = [
        {"role": role, "content": text}
        for example in prompt.examples
        for role, text in (("user", example.asked), ("assistant", example.answered))
    ]
    return [
        {"role": "system", "content": prompt.system},
        *shown,
        {"role": "user", "content": f"{prompt.context}{prompt.question}"},
    ]


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """A chat template, run in a sandbox: it comes with the model, and models are data."""

    source: str
    end_token: str

    @classmethod
    def load(cls, folder: Path) -> "ChatTemplate":
        """Reads the template of a converted model."""
        try:
            source = (folder / "chat_template.jinja").read_text(encoding="utf-8")
            config = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
            return cls(source, str(config["eos_token"]))
        except (OSError, ValueError, KeyError) as error:
            raise NotReadyError(
                f"The model folder {folder} has no usable chat template: {error}. "
                "Run `footnote models fetch --force`."
            ) from error

    def parts(self, prompt: Prompt) -> "Parts":
        """The rendered prompt, cut where the context and where the question begins."""
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        marked = replace(prompt, context=_MARK, question="")
        template = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(
            self.source
        )
        text = template.render(messages=messages(marked), add_generation_prompt=True)
        opening, closing = text.split(_MARK)
        return Parts(opening, prompt.context, prompt.question + closing)


@dataclass(frozen=True, slots=True)
class Parts:
    """A rendered prompt in three: what never changes, what the question is about, and the rest."""

    opening: str
    context: str
    rest: str
