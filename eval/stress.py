"""The conditions under which gold questions are asked: as they are, with distractors, or altered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

from eval.alteration import Alteration
from eval.case_file import gold_row
from eval.goldset import GoldQuestion, Half, Turn, load_gold, unsupported
from eval.indexes import fresh_index, temporary_index, texts_of
from eval.selection import select
from index.embedding import Embedder
from index.errors import BadInputError
from index.home import shipped_seeds
from index.reading import read_sources
from index.store import Index

Stress = Literal["distractors", "altered"]
STRESSES: tuple[Stress, ...] = get_args(Stress)
PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Condition:
    """Questions over an index; without `names_article` they are asked of all its articles at once."""

    name: str
    questions: tuple[GoldQuestion, ...]
    index: Index
    names_article: bool = True

    @property
    def articles(self) -> dict[str, str]:
        """The articles' texts by name."""
        return texts_of(self.index)


def stresses_of(text: str) -> tuple[Stress, ...]:
    """The conditions named in a text such as ``distractors,altered``.

    Raises:
        BadInputError: There is no such condition.
    """
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in STRESSES:
            raise BadInputError(
                f"There is no stress condition {name!r}; write some of {', '.join(STRESSES)}."
            )
    return tuple(one for one in STRESSES if one in names)


def as_they_are(
    gold: Path,
    seeds: Path,
    embedder: Embedder,
    part: Half | None = None,
    category: str | None = None,
    limit: int | None = None,
) -> Condition:
    """The questions that `eval.selection.select` leaves, over an up-to-date index of the folder.

    Raises:
        BadInputError: The gold file or the articles can't be used, or no question is left.
    """
    index = fresh_index(seeds, embedder)
    return Condition(PLAIN, select(load_gold(gold, texts_of(index)), part, category, limit), index)


def with_distractors(plain: Condition, seeds: Path, embedder: Embedder) -> Condition:
    """The folder's articles together with Footnote's own ones, and no question says which one it is about."""
    texts = set(plain.articles.values())
    own = (Path(str(files("eval").joinpath("articles"))), shipped_seeds())
    others = [
        folder / source.name
        for folder in own
        for source in read_sources([folder])
        if source.text not in texts and source.name not in plain.index.articles
    ]
    index = temporary_index([seeds, *others], embedder)
    return Condition("distractors", plain.questions, index, names_article=False)


def altered(plain: Condition, folder: Path, embedder: Embedder) -> Condition:
    """An altered copy of articles and questions, kept in the folder: answers must follow the text.

    Questions that don't survive the alteration (an answer no longer stands in its evidence) are left out.
    """
    alter = Alteration(plain.articles.values())
    articles = {alter(name): alter(text) for name, text in plain.articles.items()}
    questions = [altered_question(question, alter) for question in plain.questions]
    sound = [question for question in questions if _is_sound(question, articles)]
    if not sound:
        raise BadInputError("No question survives the alteration of its article; leave out --stress altered.")
    for name, text in articles.items():
        path = folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    gold = folder / "gold.jsonl"
    lines = (json.dumps(gold_row(question), ensure_ascii=False) for question in sound)
    gold.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
    index = temporary_index([folder / "articles"], embedder)
    return Condition("altered", load_gold(gold, articles), index)


def altered_question(question: GoldQuestion, alter: Alteration) -> GoldQuestion:
    """The same question about the altered article."""
    return replace(
        question,
        article=None if question.article is None else alter(question.article),
        question=alter(question.question),
        answers=tuple(map(alter, question.answers)),
        answers_all=tuple(map(alter, question.answers_all)),
        evidence=tuple(map(alter, question.evidence)),
        history=tuple(Turn(turn.role, alter(turn.content)) for turn in question.history),
    )


def changed_answers(plain: Sequence[GoldQuestion], asked: Sequence[GoldQuestion]) -> frozenset[str]:
    """The ids of the questions whose answers the alteration changed: only these tell text from memory."""
    before = {question.id: (question.answers, question.answers_all) for question in plain}
    return frozenset(one.id for one in asked if before[one.id] != (one.answers, one.answers_all))


def _is_sound(question: GoldQuestion, articles: Mapping[str, str]) -> bool:
    """Whether the evidence stands in the article, and the answers in the evidence, as in a gold file."""
    texts = list(articles.values()) if question.article is None else [articles[question.article]]
    verbatim = all(any(piece in text for text in texts) for piece in question.evidence)
    return verbatim and unsupported(question) is None
