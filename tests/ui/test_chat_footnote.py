import re

import pytest

from ui.chat_footnote import note, notes, whereabouts, with_marks, without_marks

from .reading import HOSTILE, Reader, citation


def test_marks_become_buttons_that_carry_their_span_and_its_words() -> None:
    reader = Reader(with_marks("One. [1][2] Two. [1]", (citation(1, 'say\n"hi"', page=4), citation(2))))
    assert [mark["aria-label"] for mark in reader.marks()] == ["Footnote 1", "Footnote 2", "Footnote 1"]
    first = reader.marks()[0]
    assert (first["data-article"], first["data-start"], first["data-end"]) == ("a.txt", "3", "11")
    assert (first["data-quote"], first["data-place"]) == ('say "hi"', "a.txt, page 4")
    assert first["type"] == "button"
    assert reader.text == "One.12 Two.1"


def test_a_mark_whose_citation_is_not_known_yet_is_no_button() -> None:
    reader = Reader(with_marks("One. [1]", ()))
    assert reader.text == "One.1"
    assert not reader.marks()


@pytest.mark.parametrize("text", ["See [7]. [1]", "The list[0] of it. [1]"])
def test_brackets_that_are_no_mark_stay_text(text: str) -> None:
    reader = Reader(with_marks(text, (citation(1),)))
    assert len(reader.marks()) == 1
    assert reader.text == re.sub(r" \[1\]$", "1", text)


def test_each_footnote_stands_below_with_its_words_and_place() -> None:
    reader = Reader(notes((citation(1, "So it\nis."), citation(2, "Then.", section="Ferry"))))
    assert [one["data-end"] for one in reader.of_class("note")] == ["12", "8"]
    assert reader.text == "Footnote 1So it is. a.txtFootnote 2Then. a.txt, Ferry"
    assert notes(()) == ""


def test_what_a_part_of_a_list_stands_under_is_read_before_its_words() -> None:
    reader = Reader(note(citation(1, "a key", lead="Juniors –\nBring:")))
    assert reader.text == "Footnote 1Juniors – Bring: a key a.txt"


def test_a_footnote_says_all_that_is_known_of_its_place() -> None:
    assert whereabouts(citation(1, page=2, section="The\nferry")) == "a.txt, page 2, The ferry"


def test_a_text_is_read_out_without_marks() -> None:
    assert without_marks("One. [1][2] Two. [1]") == "One. Two."


def test_no_footnote_lets_markup_through() -> None:
    hostile = citation(1, f'"{HOSTILE}', article=f'"{HOSTILE}', section=f'"{HOSTILE}', lead=HOSTILE)
    reader = Reader(with_marks(f"{HOSTILE} [1]", (hostile,)) + note(hostile))
    assert reader.has_only_known_markup()
    assert reader.text.count(HOSTILE) == 5
