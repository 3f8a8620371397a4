"""Questions that are suggested to readers, kept by the content of the article that they are about.

`rag.suggesting` makes them. They are a convenience: what can't be read is as if it had never been made.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice, zip_longest
from pathlib import Path

from index.article import Article
from index.home import home
from index.whole_file import put_whole

MOST = 6
"""How many are shown at once, and kept of one article."""

_LONGEST = 300
_MOST_BYTES = 16_384
_VERSION = "1"


def suggested_questions(articles: Iterable[Article]) -> list[str]:
    """At most six questions about these articles, in turns from each that has any."""
    with_some = (questions for article in articles if (questions := kept_questions(article)))
    rounds = zip_longest(*islice(with_some, MOST))
    return list(dict.fromkeys(one for turn in rounds for one in turn if one is not None))[:MOST]


def kept_questions(article: Article) -> list[str]:
    """The questions that were made for an article; none when there are none or they were not made yet."""
    return _read(_path(article)) or []


def are_made(article: Article) -> bool:
    """Whether questions were made for an article, even if none was good enough."""
    return _read(_path(article)) is not None


def without_questions(articles: Iterable[Article]) -> Iterator[Article]:
    """The articles for which none were made yet; the same text counts once."""
    alike = {article.sha256: article for article in articles}
    return (article for article in alike.values() if not are_made(article))


def keep_questions(article: Article, questions: Sequence[str]) -> None:
    """Keeps the questions of an article in one step; a disk that refuses leaves things as they were."""
    path = _path(article)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(path, json.dumps(list(questions), ensure_ascii=False).encode())


def _read(path: Path) -> list[str] | None:
    try:
        with open(path, "rb") as file:
            found = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError):
        return None
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        return None
    return [one for one in found if len(one) <= _LONGEST][:MOST]


def _path(article: Article) -> Path:
    return home() / "questions" / f"{_VERSION}-{article.sha256}.json"
