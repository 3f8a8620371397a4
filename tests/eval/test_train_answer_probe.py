import json
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from pydantic import ValidationError

from eval.train_answer_probe import Answers, attempts_of, read_answers
from index.store import Index
from rag.retrieval import Retriever

LINE = {"id": "a-1", "article": "a.txt", "question": "Is it?", "wrong": "No."}


@pytest.fixture
def retriever(ford: Index, embedder: HashingEmbedder) -> Retriever:
    return Retriever(ford, embedder)


def test_each_answer_cites_what_it_rests_on(ford: Index, retriever: Retriever) -> None:
    name, article = next(iter(ford.articles.items()))
    sentence = max(article.sentences, key=lambda one: one.end - one.start)
    evidence = article.text[sentence.start : sentence.end]
    answers = Answers(
        id="1", article=name, question="zzzz?", evidence=(evidence,), right=evidence, wrong="Nothing."
    )
    right, wrong = attempts_of([answers], ford, retriever)
    assert (right.sentence, right.right, right.article) == (evidence, True, name)
    assert evidence in right.cited
    assert (wrong.sentence, wrong.right) == ("Nothing.", False)


def test_a_question_without_an_answer_gives_the_wrong_one_alone(ford: Index, retriever: Retriever) -> None:
    name = next(iter(ford.articles))
    answers = Answers(id="1", article=name, question="Which platform?", wrong="A wooden platform.")
    (only,) = attempts_of([answers], ford, retriever)
    assert not only.right
    assert all(words in ford.articles[name].text for words in only.cited)


def test_a_line_that_has_something_else_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_text(json.dumps(LINE) + "\n", encoding="utf-8")
    assert read_answers(file) == [Answers(**LINE)]
    file.write_text(json.dumps(LINE | {"rigth": "Yes."}) + "\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="rigth"):
        read_answers(file)
