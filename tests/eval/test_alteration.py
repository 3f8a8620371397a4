from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.alteration import Alteration
from eval.matching import holds

ROOT = Path(__file__).parents[2]
TEXTS = {
    path.name: path.read_text(encoding="utf-8")
    for folder in (ROOT / "seeds", ROOT / "eval" / "articles")
    for path in sorted(folder.iterdir())
    if path.suffix in {".txt", ".md"}
}
SHIPPED = Alteration(TEXTS.values())
WORDS = (
    "the Fiesta fiesta Renault’s Ford Fords two Twenty twenty-one 12 31 May 2028 1,066 3,150 3150 37.5 5th "
    "£6 A290 of Marsh-Fenner costs (Ampere) seven."
).split()


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_what_stands_word_for_word_still_does(name: str, data: st.DataObject) -> None:
    words = TEXTS[name].split(" ")
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, min(len(words), start + 40)))
    assert SHIPPED(" ".join(words[start:end])) in SHIPPED(TEXTS[name])


def test_a_name_that_opens_a_sentence_is_one_in_small_letters_too() -> None:
    alter = Alteration(["He saw Fords at seven. Ford left."])
    assert alter("ford left") == alter("Ford left").casefold() != "ford left"


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), st.data())
def test_an_answer_still_stands_in_its_evidence(words: list[str], data: st.DataObject) -> None:
    evidence = " ".join(words)
    alter = Alteration([f"He saw {evidence}"])
    start = data.draw(st.integers(0, len(words) - 1))
    answer = " ".join(words[start : data.draw(st.integers(start + 1, len(words)))])
    assert alter(answer) in alter(evidence)
    for form in (answer, answer.casefold()):
        if holds(form, evidence):
            assert holds(alter(form), alter(evidence))


@given(st.text(), st.text())
def test_any_text_can_be_altered_and_always_the_same_way(learnt: str, text: str) -> None:
    assert Alteration([learnt])(text) == Alteration([learnt])(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("In 2028", "In 2052"),
        ("3,150 and 3150", "6,480 and 6480"),
        ("from 8:30 to 16:00", "from 2:11 to 19:00"),
        ("on 29 June and 30 June", "on 10 June and 11 June"),
        ("two of twenty-one, Two", "five of twenty-four, Five"),
        ("37.5 % of 100", "61.8 % of 400"),
        ("the 21st and the 1st", "the 24th and the 4th"),
        ("one of them, and 0", "one of them, and 0"),
        ("It is said", "It is said"),
    ],
)
def test_numbers_change_and_words_stay(before: str, after: str) -> None:
    assert Alteration([])(before) == after


def test_names_change_in_every_case_and_keep_their_shape() -> None:
    alter = Alteration(["Yesterday Renault and the Ford Fiesta were sold by fords. On Monday it was May."])
    assert alter("Renault’s renault RENAULT Fiesta") == "Limoark’s limoark LIMOARK Veisko"
    assert alter("Yesterday, on Monday in May") == "Yesterday, on Monday in May"


def test_a_word_that_also_stands_small_is_no_name() -> None:
    alter = Alteration(["He met Small Ford, a small man."])
    assert alter("Small Ford") == "Small Vulg"


def test_the_beginning_of_a_name_changes_with_it() -> None:
    alter = Alteration(["He met the Normans."])
    assert alter("Normans").startswith(alter("Norman"))
    assert alter("Norman") != "Norman"


def test_the_shipped_article_is_told_with_other_names_and_years() -> None:
    altered = SHIPPED(TEXTS["ford-renault.txt"])
    for word in ("Renault", "Ford", "Fiesta", "Farley", "2028", "two "):
        assert word not in altered
    assert len(altered.split()) == len(TEXTS["ford-renault.txt"].split())
