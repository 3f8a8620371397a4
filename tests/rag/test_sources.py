"""Sources carry the place of their sentence into the footnote."""

import pytest

from index.article import Place
from index.reading import Source, source_of
from index.splitting import article_of
from rag.answer import Answer
from rag.sources import sources_in, within_marks

TEXT = "Pier\n\nThe pier is old. It is long.\n\nThe quay is new."
PLACES = (Place(0, 1, "Pier"), Place(23, 2, "Pier"), Place(35))


def test_a_footnote_tells_page_and_section_where_they_are_known() -> None:
    article = article_of(Source("a.pdf", TEXT, "0" * 64, PLACES))
    found = sources_in([(article, 0, len(article.sentences))], [])
    cited = tuple(source.cite(number) for number, source in enumerate(found, 1))
    assert [(one.quote, one.page, one.section) for one in cited] == [
        ("Pier", 1, "Pier"),
        ("The pier is old.", 1, "Pier"),
        ("It is long.", 2, "Pier"),
        ("The quay is new.", None, None),
    ]
    reply = Answer("Q?", "A.", None, cited, (), "m", nearby=cited[2]).to_json()
    known = {"number": 3, "article": "a.pdf", "start": 23, "end": 34, "quote": "It is long."}
    assert reply["nearby"] == {**known, "page": 2, "section": "Pier"}
    assert reply["citations"][3] == {  # type: ignore[index]
        **{"number": 4, "article": "a.pdf", "start": 36, "end": 52, "quote": "The quay is new."}
    }


LISTED = "# Club\n\n## Juniors\n\nBring:\n\n- a key\n\nThey row.\n"


def test_a_part_of_a_list_is_cited_with_what_it_stands_under_and_told_with_it() -> None:
    article = article_of(source_of("a.md", LISTED.encode()))
    *_, item, prose = sources_in([(article, 0, len(article.sentences))], [])
    assert (item.text, item.told, item.quoted) == (
        "a key",
        "Juniors – Bring: a key",
        "Juniors – Bring: a key",
    )
    assert (prose.told, prose.quoted) == ("Juniors: They row.", "They row.")
    assert item.cite(1).quote == LISTED[item.start : item.end] == "a key"
    assert (item.cite(1).lead, prose.cite(1).lead) == ("Juniors – Bring:", None)
    assert item.by_itself().text == item.told
    assert {"junior", "key"} <= item.content


SPEECH = 'She said: “We row. It is fun.” “Come!” He (who “left”) wept.\n\n“Look. An end.\n\nA 5-inch, or 5".'


def test_a_mark_of_speech_whose_other_one_is_in_another_sentence_is_not_quoted() -> None:
    article = article_of(source_of("a.txt", SPEECH.encode()))
    found = sources_in([(article, 0, len(article.sentences))], [])
    cited = [source.cite(1) for source in found]
    assert [one.quote for one in cited] == [source.quoted for source in found]
    assert all(SPEECH[one.start : one.end] == one.quote for one in cited)
    assert [one.quote for one in cited] == [
        *("She said: “We row.", "It is fun.", "“Come!”", "He (who “left”) wept.", "Look.", "An end."),
        'A 5-inch, or 5".',
    ]


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("“We row.", "We row."),
        ("It is fun.”", "It is fun."),
        ('"We row.', "We row."),
        ('fun it is."', "fun it is."),
        ("« Oui.", "Oui."),
        ("Oui ! »", "Oui !"),
        *(
            (same, same)
            for same in ("“We row.”", "“No” and “we row.", 'It has 5"', '"A" and "B', "'tis", "”We“")
        ),
        ("“A “b” c.", "A “b” c."),
        ("a “b” c.”", "a “b” c."),
    ],
)
def test_only_a_mark_at_the_edge_without_its_partner_is_left_away(text: str, within: str) -> None:
    start, end = within_marks(text)
    assert text[start:end] == within
