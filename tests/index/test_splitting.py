"""Sentences of hard texts, and the promises that hold for any text."""

import sys
from collections import Counter
from pathlib import Path

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from index.splitting import MAX_BLOCK, MAX_SENTENCE, split

FORD = Path(__file__).parents[2] / "seeds" / "ford-renault.txt"


def sentences(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split(text)[1]]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Smith went to Washington.", "He arrived at 5 p.m. on Monday."],
        ["It cost 3.5 million.", "See No. 5 for details."],
        ["He works at Apple Inc. in California.", "She left."],
        ["The U.S. Army is big.", "The firm is small."],
        ["J. R. R. Tolkien wrote it.", "J. K. Rowling too."],
        ["Visit https://www.example.com/a.b?c=d.", "Then go."],
        ["St. Bartholomew's Day massacre began.", "It ended."],
        ["Born c. 1040 in Falaise.", "He died ca. 1087."],
        ["William I. of England ruled.", "Then he died."],
        ["Open Mon. to Fri. from 9 to 5.", "Closed on Sat. and Sun. all day."],
        ["Add 2 tbsp. of sugar.", "Bake 30 min. at 180 degrees."],
        ["The fee is £20 excl. breakfast.", "Bring max. two bags.", "The lake is 5 sq. km. in area."],
        ["It costs approx. $5.", "See vol. II for more.", "It falls to approx. −5 degrees."],
        ["They met in the sun.", "The children sat.", "That is the max.", "It took a min."],
        ["Wait... what happened?", "Yes."],
        ["What?!", "No way!", "Really..."],
        ["(It was over.", "Yes.)", "He left."],
        ["He (the king of the U.S. or so) died.", "She did not."],
        ["He said, “It is done.", "We go.”", "Then he left."],
        ["“One.", "Two!” he cried.", "“Three.”"],
        ['He said, "It is done.', 'We go."', '"Why?" she asked.'],
        ["‘We did.", "I won’t.’", "Yes."],
        ["Smith et al. (2010) found it.", "Fig. 3 shows it."],
        ["Vol. 3, pp. 10-12.", "It is old."],
        ["Some approx. 30 people came.", "They left."],
        ["It ended in 1973.[5]", "The next began.[6][7]", "End."],
        ["Gen. Braddock and Lt. Col. Washington met.", "Maj. Gen. Amherst won."],
        ["Ford Motor Co. and Renault S.A. agreed.", "Shares rose."],
        ["See node.js and file.Name.txt now.", "Next."],
        ["1. The first item.", "2. The second."],
        ["这是一句。", "那是一句。"],
        ["e.g. this one, i.e. that one.", "And so on."],
    ],
    ids=lambda parts: parts[0],
)
def test_sentences_end_where_a_reader_ends_them(parts: list[str]) -> None:
    space = "" if parts[0].endswith("。") else " "
    assert sentences(space.join(parts)) == parts


def test_no_space_between_sentences() -> None:
    assert sentences("One sentence.Another one is here.") == ["One sentence.", "Another one is here."]


def test_lines_are_paragraphs_in_the_ford_article() -> None:
    text = FORD.read_text(encoding="utf-8")
    paragraphs, found = split(text)
    assert [text[p.start : p.end] for p in paragraphs] == text.split("\n")
    pieces = [text[s.start : s.end] for s in found]
    assert len(pieces) == 13
    assert "Key Aspects of Ampere:" in pieces
    assert any(piece.startswith("We will combine") and piece.endswith("in spirit.”") for piece in pieces)


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "Ford will be making another attempt at the electric vehicle (EV) segment by\n"
        "borrowing underpinnings from a rival car maker, with a new deal with Renault\n"
        "to use their platform, in a deal that was signed in December by Ford and Mr.\n"
        "Farley. Nobody else was there.\n"
        "\n"
        "Key Aspects of Ampere:\n"
        "Ampere is a distinct company within Renault Group, focused solely on electric\n"
        "passenger cars.\n"
        "\n"
        "- It develops vehicles with centralised software, enabling over-the-air\n"
        "  updates.\n"
        "- Aims to democratize EVs.\n"
    )
    assert [piece[:20] + "|" + piece[-10:] for piece in sentences(text)] == [
        "Ford will be making |r.\nFarley.",
        "Nobody else was ther|was there.",
        "Key Aspects of Amper|of Ampere:",
        "Ampere is a distinct|nger cars.",
        "It develops vehicles|  updates.",
        "Aims to democratize |atize EVs.",
    ]


def test_short_lines_are_not_joined() -> None:
    assert sentences("apples\noranges\npears") == ["apples", "oranges", "pears"]
    assert sentences("Roses are red,\nViolets are blue,\nSugar is sweet") == [
        "Roses are red,",
        "Violets are blue,",
        "Sugar is sweet",
    ]


def test_markdown_markers_are_outside_the_sentences() -> None:
    text = (
        "# The *car*\n\nText one. Two.\n\n- item a\n* item b\n• item c\n1. item d\n> quoted words\n\n"
        "```python\nx = 1\ny = 2\n```\n\n---\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert sentences(text) == [
        *["The *car*", "Text one.", "Two.", "item a", "item b", "item c", "1. item d", "quoted words"],
        *["x = 1", "y = 2", "| a | b |", "| 1 | 2 |"],
    ]


def test_a_sentence_without_end_is_cut_at_white_space() -> None:
    text = "word " * 1000
    pieces = sentences(text)
    assert all(
        len(piece) <= MAX_SENTENCE and piece.split() == ["word"] * piece.count("word") for piece in pieces
    )
    assert sum(piece.count("word") for piece in pieces) == 1000
    assert all(len(piece) == MAX_SENTENCE for piece in sentences("x" * 5000))


UNENDING = ["“a. b ", "‘A. ", "(A. ", "x", "word ", '"a. ', "1. ", "> ", "a\n", "# h\n\n"]


@pytest.mark.parametrize("unit", UNENDING)
def test_four_times_the_text_takes_four_times_the_steps(unit: str) -> None:
    def steps(characters: int) -> int:
        calls: Counter[str] = Counter()
        before = sys.getprofile()
        sys.setprofile(lambda _frame, event, _argument: calls.update([event]))
        try:
            split(unit * (characters // len(unit)))
        finally:
            sys.setprofile(before)
        return calls["call"] + calls["c_call"]

    assert steps(40_000) < 5 * steps(10_000)


@pytest.mark.parametrize("unit", UNENDING)
def test_the_library_is_given_no_more_than_it_splits_in_bounded_time(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_to: list[int] = []
    boundaries = sentencex.get_sentence_boundaries

    def watched(language: str, text: str) -> list[dict[str, int]]:
        given_to.append(len(text))
        found: list[dict[str, int]] = boundaries(language, text)
        return found

    monkeypatch.setattr(sentencex, "get_sentence_boundaries", watched)
    text = unit * (3 * MAX_BLOCK // len(unit))
    split(text)
    assert max(given_to, default=0) <= MAX_BLOCK
    assert sum(given_to) <= len(text)


TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(".!? \n\n“”\"'()[]-*#1Aa"))
)


@given(TEXTS)
def test_offsets_hold_and_cover_any_text(text: str) -> None:
    paragraphs, found = split(text)
    reached = 0
    for sentence in found:
        paragraph = paragraphs[sentence.paragraph]
        assert reached <= sentence.start < sentence.end <= len(text)
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
        piece = text[sentence.start : sentence.end]
        assert piece == piece.strip()
        if "```" not in text and "~~~" not in text:
            assert not any(map(str.isalnum, text[reached : sentence.start]))
        reached = sentence.end
    if "```" not in text and "~~~" not in text:
        assert not any(map(str.isalnum, text[reached:]))
    assert all(text[p.start : p.end] == text[p.start : p.end].strip() for p in paragraphs)
