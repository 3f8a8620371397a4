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
        "The article about the bridge does not explicitly name the architect.",
        "The text doesn't specify the date.",
        "The article does not seem to mention it.",
        "The article is not clear about this.",
        "The document does not give the fee.",
        "Not stated.",
        "It isn’t specified.",
        "It is not mentioned in the article.",
        "No, the article does not mention dogs.",
        "No, it is not mentioned.",
        "No, that information is not available.",
        "The information is not provided in the article.",
        "The article has no information about it.",
        "No information is given about the price.",
        "No information.",
        "There is no mention of a price.",
    ],
)
def test_a_refusal_is_seen_in_other_words(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ford will use Renault's platform.",
        "The vans are not yet agreed.",
        "No, it is a potential agreement.",
        "No, Wi-Fi is not available.",
        "No, towels are not provided.",
        "No, your information is not shared.",
        "No further information is needed.",
        "If no answer has come in a day, it counts as approved.",
        "The document has not been signed.",
        "The text is not read aloud.",
        "Yes, she has not given up.",
        "She hasn't given up smoking.",
        "The articles of association do not allow it.",
        "No, a vote by post is not provided for in the articles of association.",
    ],
)
def test_an_answer_is_no_refusal(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The cause of the fire is not known.", "The cause of the fire is not known."),
        ("The cause of the fire is not known.", "Nobody knows the cause."),
        ("The cause of the fire is not known.", "The cause is still unknown."),
        ("Refunds are not given after 30 days.", "Refunds are not given once 30 days have passed."),
        ("Spare parts are not available.", "No spare parts are available."),
        ("Towels are not provided.", "Towels are not provided."),
        ("The document does not give tenants a garden.", "The document does not give tenants the garden."),
    ],
)
def test_what_the_article_itself_denies_is_an_answer(text: str, source: str) -> None:
    assert not says_nothing(text, ["It opens at 8.", source])
    assert says_nothing(text, ["It opens at 8."])


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The price is not available.", "Spare parts are not available."),
        ("The article does not say why it closed.", "The owner did not say why it closed."),
        ("The price is not given in the text.", "The price is not given to the press."),
        ("The price is not known.", "The price is known to be high."),
    ],
)
def test_what_the_article_denies_of_another_thing_is_none(text: str, source: str) -> None:
    assert says_nothing(text, [source])


def retrieved(text: str, dense: float) -> Retrieved:
    return Retrieved(Passage("id", "a.txt", 0, len(text), 0, 1, text), dense, dense, 0.0)


def test_a_passage_is_about_the_question_by_meaning_or_by_words() -> None:
    assert nothing_relevant("Where is Paris?", ())
    assert nothing_relevant("Where is Paris?", [retrieved("Ford builds cars.", 0.1)])
    assert not nothing_relevant("Where is Paris?", [retrieved("Ford builds cars.", 0.5)])
    assert not nothing_relevant("Which cars does Ford build?", [retrieved("Ford builds cars.", 0.1)])
