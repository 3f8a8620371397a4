import pytest
from claims import claim_of

from rag.checks.claim import Claim
from rag.checks.names import missing_name
from rag.sources import SourceSentence
from rag.words import content_keys

TEXT = "The vans get new software by over-the-air updates, said the Tollwick Harbour Board."


@pytest.mark.parametrize(
    ("sentence", "is_missing"),
    [
        ("The vans get updates over the air (OTA).", False),
        ("The THB said so.", False),
        ("The vans get updates by GPS.", True),
        ("The Ottermill Harbour Board said so.", True),
    ],
)
def test_a_name_stands_in_the_cited_words_or_abbreviates_them(sentence: str, is_missing: bool) -> None:
    claim = claim_of(sentence, "How do they get it?", TEXT)
    assert (missing_name(claim) is not None) == is_missing


@pytest.mark.parametrize(
    ("sentence", "is_missing"),
    [
        ("In Berlin the vans get new software.", True),
        ("On Monday the vans get new software.", False),
        ("The CEO gets new software.", False),
        ("The Tollwick vans get new software.", False),
    ],
)
def test_a_name_taken_from_the_question_must_be_mentioned_somewhere(sentence: str, is_missing: bool) -> None:
    cited = (SourceSentence("a.txt", 0, len(TEXT), TEXT, 0.5),)
    asked = "do the vans of the ceo get it in berlin on monday"
    claim = Claim(sentence, asked, cited, content_keys(TEXT))
    assert (missing_name(claim) is not None) == is_missing
