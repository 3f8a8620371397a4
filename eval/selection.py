"""Which gold questions a run asks: a half, a category, or a sample that stays the same."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import cast, get_args

from eval.goldset import GoldQuestion, Half, half
from index.errors import BadInputError


def half_of(name: str | None) -> Half | None:
    """The half of that name; None for all questions.

    Raises:
        BadInputError: There is no such half.
    """
    for known in get_args(Half):
        if name == known:
            return cast(Half, known)
    if name is not None:
        raise BadInputError(f"There is no half {name!r}; write {' or '.join(get_args(Half))}.")
    return None


def select(
    questions: Sequence[GoldQuestion],
    part: Half | None = None,
    category: str | None = None,
    limit: int | None = None,
) -> tuple[GoldQuestion, ...]:
    """The questions that are left, in the order of the file.

    Args:
        questions: All of them.
        part: Only those of this half.
        category: Only those of this category.
        limit: A sample of at most so many; see `sample`.

    Raises:
        BadInputError: There is no such category, or no question is left.
    """
    categories = sorted({question.category for question in questions})
    if category is not None and category not in categories:
        raise BadInputError(f"There is no category {category!r}; this gold file has {', '.join(categories)}.")
    left = [
        question
        for question in questions
        if (part is None or half(question.id) == part) and (category is None or question.category == category)
    ]
    if not left:
        raise BadInputError("No question is left to ask; choose another half or category.")
    return tuple(left) if limit is None else sample(left, limit)


def sample(questions: Sequence[GoldQuestion], size: int) -> tuple[GoldQuestion, ...]:
    """A fixed sample in which each category has its share.

    Within a category the questions are ordered by the hash of their id, and the categories are drawn from
    evenly, so a smaller sample is a part of a larger one, and a question added elsewhere hardly moves it.
    """
    by_category: defaultdict[str, list[GoldQuestion]] = defaultdict(list)
    for question in sorted(questions, key=lambda one: hashlib.sha256(one.id.encode()).hexdigest()):
        by_category[question.category].append(question)
    order = {
        question.id: ((place + 0.5) / len(group), category)
        for category, group in by_category.items()
        for place, question in enumerate(group)
    }
    chosen = set(sorted(order, key=order.__getitem__)[:size])
    return tuple(question for question in questions if question.id in chosen)
