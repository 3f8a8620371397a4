"""Lays a question and the text it is about before the model."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.article import Article
from index.store import Index
from rag.answer import Retrieved
from rag.generator import Prompt
from rag.sources import SourceSentence, excerpts, sources_in

WHOLE_ARTICLE_TOKENS = 1_600
"""An article up to this size goes into the prompt whole, in one fixed order, so its state can be kept."""

EXCERPT_PASSAGES = 4
"""How many passages of a longer article the model is shown, each with the sentence before and after it."""

_ROLE_TOKEN = re.compile(r"<(?=[|/]?\w*[|>])|\[(?=/?INST\])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model is shown of the articles, and its sentences; `keep` is whether its state is kept."""

    context: str
    keep: bool
    sources: tuple[SourceSentence, ...]

    def prompt(self, question: str, focus: SourceSentence | None = None) -> Prompt:
        """The question over this context; the sentence in focus is shown once more, right before it."""
        asked = template("question").format(question=neutralise(question))
        if focus is not None:
            asked = f"{template('focus').format(text=neutralise(focus.told))}\n{asked}"
        return Prompt(template("system"), self.context, asked, self.keep)


@cache
def template(name: str) -> str:
    """The text of ``prompts/NAME.md``."""
    return files("rag").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8").strip("\n")


def neutralise(text: str) -> str:
    """The text with role tokens of chat models (``<|im_end|>``, ``[INST]``) made harmless."""
    return _ROLE_TOKEN.sub(lambda match: match.group() + " ", text)


def lay_out(
    retrieved: tuple[Retrieved, ...],
    index: Index,
    article: str | None,
    count_tokens: Callable[[str], int],
) -> Reading:
    """What to read for a question: one short article whole, or the best passages of longer ones."""
    scope = [index.article(article)] if article else list(index.articles.values())
    whole = len(scope) == 1 and count_tokens(scope[0].text) <= WHOLE_ARTICLE_TOKENS
    if whole:
        spans = [(scope[0], 0, len(scope[0].sentences))]
        context = _context(scope[0].name, scope[0].text)
    else:
        shown = (found.passage for found in retrieved[:EXCERPT_PASSAGES])
        spans = excerpts(shown, index.articles)
        context = "".join(_context(one.name, _slice(one, first, last)) for one, first, last in spans)
    return Reading(context, whole, sources_in(spans, retrieved))


def _slice(article: Article, first: int, last: int) -> str:
    return article.text[article.sentences[first].start : article.sentences[last - 1].end]


def _context(name: str, text: str) -> str:
    return template("context").format(title=neutralise(name), text=neutralise(text)) + "\n\n"
