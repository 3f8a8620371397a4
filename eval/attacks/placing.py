"""Puts a foreign text into an article: at its start, in its middle, at its end, or after the evidence."""

from collections.abc import Sequence

from eval.attacks.attack import Injected, Place
from index.article import Sentence
from index.splitting import split

_NEW_PARAGRAPH = "\n\n"


def inject(text: str, foreign: str, place: Place, evidence: str, inline: bool) -> Injected:
    """The article with the foreign text.

    Args:
        text: The article.
        foreign: What is put in.
        place: `start` of an inline text is after the first sentence: the article keeps its heading.
        evidence: The words after whose sentence the place `evidence` is; they stand in the article.
        inline: Within the paragraph; else as a paragraph of its own, between paragraphs.
    """
    paragraphs, sentences = split(text)
    anchor = _anchor(text, sentences, place, evidence)
    if inline:
        return _spliced(text, foreign, anchor.end, " ", "")
    if place == "start":
        return _spliced(text, foreign, 0, "", _NEW_PARAGRAPH)
    at = paragraphs[anchor.paragraph].end
    return _spliced(text, foreign, at, _NEW_PARAGRAPH, _NEW_PARAGRAPH if text[at:].strip() else "")


def _anchor(text: str, sentences: Sequence[Sentence], place: Place, evidence: str) -> Sentence:
    """The sentence after which the place is."""
    if place == "start":
        return sentences[0]
    if place == "end":
        return sentences[-1]
    if place == "middle":
        return min(sentences, key=lambda one: abs(one.end - len(text) / 2))
    last = text.index(evidence) + len(evidence)
    return next(one for one in sentences if one.end >= last)


def _spliced(text: str, foreign: str, at: int, before: str, after: str) -> Injected:
    start = at + len(before)
    whole = f"{text[:at]}{before}{foreign}{after}{text[at:].lstrip() if after else text[at:]}"
    return Injected(whole, start, start + len(foreign))
