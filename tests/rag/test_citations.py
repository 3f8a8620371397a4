from conftest import ARTICLE
from hypothesis import given
from hypothesis import strategies as st

from index.store import Index
from rag.citations import MIN_SUPPORT, align
from rag.sources import SourceSentence, sources_in

TEXTS = (
    "Ada Brook founded Corvid in 1999.",
    "Its head is Sven Lund, who joined from Ottermill.",
    "Corvid makes 40 pumps a day in Torvik.",
)


def sources(texts: tuple[str, ...] = TEXTS) -> tuple[SourceSentence, ...]:
    return tuple(
        SourceSentence("a.txt", at * 100, at * 100 + len(text), text, 0.0) for at, text in enumerate(texts)
    )


def test_an_answer_is_aligned_with_the_sentence_that_says_it() -> None:
    found = align("Corvid makes 40 pumps a day.", "How many pumps does it make?", sources())
    assert [source.text for source in found.sources] == [TEXTS[2]]
    assert found.support == 1.0


def test_a_bare_name_is_aligned_with_the_sentence_that_the_question_is_about() -> None:
    texts = (*TEXTS, "Sven Lund likes herring.")
    found = align("Sven Lund", "Who is the head of Corvid?", sources(texts))
    assert [source.text for source in found.sources] == [TEXTS[1]]


def test_an_answer_from_two_sentences_has_both() -> None:
    found = align(
        "Ada Brook founded it and Sven Lund is its head.", "Who founded and who leads it?", sources()
    )
    assert [source.text for source in found.sources] == [TEXTS[0], TEXTS[1]]


def test_what_no_sentence_says_has_little_support() -> None:
    assert align("Corvid was sold to Heronby Bank.", "What happened?", sources()).support < MIN_SUPPORT
    assert align("Anything.", "What?", ()).support == 0.0


def test_every_sentence_of_the_article_is_aligned_with_itself(ford: Index) -> None:
    article = ford.articles[ARTICLE]
    every = sources_in([(article, 0, len(article.sentences))], ())
    for source in every:
        found = align(source.text, "What does it say?", every)
        assert source in found.sources
        assert found.support > 0.99


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=60), st.text(max_size=40))
def test_support_is_a_share_and_sources_come_in_order(texts: list[str], sentence: str, question: str) -> None:
    found = align(sentence, question, sources(tuple(texts)))
    assert 0.0 <= found.support <= 1.0 + 1e-9
    assert [s.start for s in found.sources] == sorted(s.start for s in found.sources)
