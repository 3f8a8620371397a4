"""Renders a prompt with a model's own chat template, cut where the question begins."""

import json
from dataclasses import dataclass
from pathlib import Path

from index.errors import NotReadyError
from rag.generator import Prompt

_MARK = "\x1aFOOTNOTE-QUESTION\x1a"


def messages(prompt: Prompt) -> list[dict[str, str]]:
    """The prompt as chat messages."""
    return [
        {"role": "system", "content": prompt.system},
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

    def split(self, prompt: Prompt) -> tuple[str, str]:
        """The rendered prompt as (what comes before the question, the question and what follows it)."""
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        marked = Prompt(prompt.system, prompt.context, _MARK)
        template = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(
            self.source
        )
        text = template.render(messages=messages(marked), add_generation_prompt=True)
        before, after = text.split(_MARK)
        return before, prompt.question + after
