import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.home import home
from rag.suggestions import (
    MOST,
    are_made,
    keep_questions,
    kept_questions,
    suggested_questions,
    without_questions,
)


def article(name: str, sha256: str = "") -> Article:
    return Article(name, "Text.", sha256 or f"hash of {name}", (), ())


def files() -> list[Path]:
    return sorted((home() / "questions").iterdir())


def test_questions_are_kept_by_the_content_of_the_article() -> None:
    keep_questions(article("a.txt"), ["Who?", "Why?"])
    assert kept_questions(article("renamed.txt", "hash of a.txt")) == ["Who?", "Why?"]
    assert kept_questions(article("b.txt")) == []
    assert len(files()) == 1


def test_an_article_without_a_good_question_is_not_tried_again() -> None:
    articles = [article("a.txt"), article("b.txt"), article("c.txt", "hash of b.txt")]
    assert [one.sha256 for one in without_questions(articles)] == ["hash of a.txt", "hash of b.txt"]
    keep_questions(articles[0], [])
    assert are_made(articles[0])
    assert kept_questions(articles[0]) == []
    assert [one.sha256 for one in without_questions(articles)] == ["hash of b.txt"]


def test_what_is_damaged_is_as_if_it_had_never_been_made() -> None:
    keep_questions(article("a.txt"), ["Who?"])
    (path,) = files()
    for damaged in (b"", b"[", b"{}", b"[1]", b"\xff", b'["Who'):
        path.write_bytes(damaged)
        assert kept_questions(article("a.txt")) == []
        assert not are_made(article("a.txt"))
    path.write_text(json.dumps(["Who?"] * 20), encoding="utf-8")
    assert len(kept_questions(article("a.txt"))) == MOST


def test_a_disk_that_refuses_is_no_error() -> None:
    home().mkdir(parents=True, exist_ok=True)
    (home() / "questions").write_text("no folder", encoding="utf-8")
    keep_questions(article("a.txt"), ["Who?"])
    assert suggested_questions([article("a.txt")]) == []


@given(st.lists(st.integers(0, 8), max_size=9))
def test_few_are_shown_in_turns_from_each_article(counts: list[int]) -> None:
    articles = [article(f"{number}-{count}.txt") for number, count in enumerate(counts)]
    for number, count in enumerate(counts):
        keep_questions(articles[number], [f"Who is {number}.{one}?" for one in range(count)])
    shown = suggested_questions(articles)
    assert len(shown) == min(MOST, sum(min(count, MOST) for count in counts))
    assert len(set(shown)) == len(shown)
    from_each = [sum(f" {number}." in one for one in shown) for number in range(len(counts))]
    for number, count in enumerate(counts):
        # Nobody gets a second one before all that have one left were asked, but there is room for six alone.
        room = [other for other, theirs in enumerate(counts) if theirs][:MOST]
        if number in room and from_each[number] < min(count, MOST):
            assert max(from_each) <= from_each[number] + 1
