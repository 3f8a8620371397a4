import pytest

from rag.overview_request import is_about_all, section_in


@pytest.mark.parametrize(
    "question",
    [
        "What is this article about?",
        "whats this about",
        "What is it about?",
        "What is this policy about?",
        "Explain what this document is about",
        "in short, what is the page mainly about?",
        "summarize",
        "Can you summarise this for me, please?",
        "Summarise the report in one sentence.",
        "sum it up",
        "Please give me a short summary of the article in three sentences.",
        "I need a quick overview of the document",
        "tl;dr",
        "main points?",
        "what are the key takeaways?",
        "What's the main idea of the text?",
        "What does the article say?",
        "tell me about the article",
        "What are the three main points?",
        "Give me five key points",
        "What is the article's main point?",
        "Give me the main points as a list",
        "Explain this article",
        "What topics does the article cover?",
        "What does the text deal with?",
    ],
)
def test_what_asks_for_all_of_it(question: str) -> None:
    assert is_about_all(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the contract about?",
        "What is the exhibition about?",
        "Summarise what the mayor said",
        "What is the main reason for the delay?",
        "What are the key features of the pump?",
        "What is this bridge about to replace?",
        "What does it say on the label?",
        "Was that the main point of disagreement?",
        "Who wrote the summary of the report?",
        "What does the policy cover?",
        "Give me the main address",
        "What is the mayor's main point?",
        "What are the three main points of criticism?",
        "What topics does the course cover?",
        "What does the team deal with?",
        "Explain the article of association",
        "What are the main topics in the list?",
        "Give me three points",
        "What is it?",
    ],
)
def test_what_asks_for_one_thing(question: str) -> None:
    assert not is_about_all(question)


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("What are the rules for hotels?", "hotels"),
        ("What does it say about parking fees?", "parking fees"),
        ("tell me everything about the warranty, please", "the warranty"),
        ("Summarise the section on meals", "meals"),
        ("What are the hotels called?", ""),
        ("How is the warranty extended?", ""),
    ],
)
def test_what_may_be_a_section(question: str, section: str) -> None:
    assert section_in(question) == section
