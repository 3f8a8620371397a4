import pytest

from index.article import Passage
from rag.answer import Retrieved
from rag.refusal import nothing_relevant, says_nothing


@pytest.mark.parametrize(
    "text",
    [
        "The article does not say.",
        "The article doesn't mention a price.",
        "The price is not stated in the article.",
        "There is no information about it.",
        "I cannot answer that.",
        "The text does not provide this.",
    ],
)
def test_a_refusal_is_seen_in_other_words(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    ["Ford will use Renault's platform.", "The vans are not yet agreed.", "No, it is a potential agreement."],
)
def test_an_answer_is_no_refusal(text: str) -> None:
    assert not says_nothing(text)


def retrieved(text: str, dense: float) -> Retrieved:
    return Retrieved(Passage("id", "a.txt", 0, len(text), 0, 1, text), dense, dense, 0.0)


def test_a_passage_is_about_the_question_by_meaning_or_by_words() -> None:
    assert nothing_relevant("Where is Paris?", ())
    assert nothing_relevant("Where is Paris?", [retrieved("Ford builds cars.", 0.1)])
    assert not nothing_relevant("Where is Paris?", [retrieved("Ford builds cars.", 0.5)])
    assert not nothing_relevant("Which cars does Ford build?", [retrieved("Ford builds cars.", 0.1)])
