"""Example questions for the articles that come with Footnote."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from index.article import Article


@cache
def _questions() -> dict[str, list[str]]:
    """Questions by the SHA-256 of the article's file."""
    return tomllib.loads(files("ui").joinpath("examples.toml").read_text(encoding="utf-8"))


def examples_for(articles: Iterable[Article]) -> list[str]:
    """The questions that are known for these articles; most articles have none."""
    return [question for article in articles for question in _questions().get(article.sha256, [])]
