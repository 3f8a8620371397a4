"""Renders a prompt with a model's own chat template, cut where its parts begin."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import NotReadyError
from rag.generator import Prompt

_MARK = "\x1aFOOTNOTE-CONTEXT\x1a"


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

    def parts(self, prompt: Prompt) -> "Parts":
        """The rendered prompt, cut where the context and where the question begins."""
        opening, closing = _frame(self.source, prompt.system)
        return Parts(opening, prompt.context, prompt.question + closing)


@dataclass(frozen=True, slots=True)
class Parts:
    """A rendered prompt in three: what never changes, what the question is about, and the rest."""

    opening: str
    context: str
    rest: str

    @property
    def beginning(self) -> str:
        """What may be read before the question is known."""
        return self.opening + self.context


@lru_cache(maxsize=32)
def _frame(source: str, system: str) -> tuple[str, str]:
    """What a template writes before and after the words of the user."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    template = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(source)
    text = template.render(messages=messages(Prompt(system, _MARK, "")), add_generation_prompt=True)
    opening, closing = text.split(_MARK)
    return opening, closing
