from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from index.build import build_index
from index.reading import read_sources
from index.splitting import article_of
from index.store import Index, open_index
from rag.answer import Answer, Text
from rag.generator import Prompt
from rag.judgement import CLOSED, Decision, Scale
from rag.listing import MOST_ITEMS, list_around, read_out
from rag.pipeline import Pipeline
from rag.sources import sources_in

GUIDE = """# Guide for guests

## Arrival

Bring to the front desk:

- your **passport**
- the booking code;
- a deposit of £40

The desk is open until ten.

## Prices

- Sauna: £9
- Canoe: £12

| Room | Price |
| --- | --- |
| Attic | £60 |
| Garden | £75 |
"""
SURE = Scale(intercept=0.0, weights={"evidence": 1.0}, threshold=0.6)
UNSURE = SURE.model_copy(update={"threshold": 0.99})


class Reading(ScriptedGenerator):
    """Finds the answer in the sentences that hold one of the given words."""

    def __init__(self, *telling: str) -> None:
        super().__init__("The article does not say.")
        self.telling = telling

    def first_words(self, prompts: Sequence[Prompt], words: Sequence[str]) -> list[tuple[float, ...]]:
        found = []
        for prompt in prompts:
            self.weighed.append(prompt)
            told = prompt.context.rpartition(":")[2]
            found.append(self._chances(2.0 if any(word in told for word in self.telling) else -3.0, words))
        return found


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory, embedder: HashingEmbedder) -> Index:
    folder = tmp_path_factory.mktemp("guide")
    (folder / "seeds").mkdir()
    (folder / "seeds" / "guide.md").write_text(GUIDE, encoding="utf-8")
    build_index([folder / "seeds"], folder / "store", embedder)
    return open_index(folder / "store", embedder.fingerprint)


def _answer(guide: Index, embedder: HashingEmbedder, question: str, *telling: str) -> Answer:
    walk = Pipeline(guide, embedder, Reading(*telling), decision=Decision(answer=SURE, quote=SURE))
    *events, answer = walk.stream(question)
    assert isinstance(answer, Answer)
    assert answer.refused or answer.text == "".join(one.text for one in events if isinstance(one, Text))
    return answer


def _lists(folder: Path, text: str) -> dict[str, list[str]]:
    """The list around each sentence of a Markdown text."""
    (folder / "text.md").write_text(text, encoding="utf-8")
    article = article_of(read_sources([folder / "text.md"])[0])
    sources = sources_in([(article, 0, len(article.sentences))], ())
    return {one.text: [item.text for item in list_around(one, article)] for one in sources}


def test_a_list_is_all_items_under_the_same_words_and_no_table(guide: Index) -> None:
    (article,) = guide.articles.values()
    found = {
        one.text: [item.text for item in list_around(one, article)]
        for one in sources_in([(article, 0, len(article.sentences))], ())
    }
    brought = ["your **passport**", "the booking code;", "a deposit of £40"]
    priced = ["Sauna: £9", "Canoe: £12"]
    assert {text: items for text, items in found.items() if items} == {
        **dict.fromkeys(brought, brought),
        **dict.fromkeys(priced, priced),
        "Bring to the front desk:": brought,
        "Prices": priced,
    }


def test_a_long_list_is_not_read_out(tmp_path: Path) -> None:
    items = "\n".join(f"- item {number}" for number in range(MOST_ITEMS + 1))
    assert not any(_lists(tmp_path, f"# Shop\n\nWe sell:\n\n{items}\n").values())


def test_items_with_parts_of_their_own_are_no_whole_list(tmp_path: Path) -> None:
    nested = "You need:\n\n- a passport\n- a proof, one of:\n  - a bill\n  - a letter\n- two photographs\n"
    found = {text: items for text, items in _lists(tmp_path, nested).items() if items}
    assert found == dict.fromkeys(["a bill", "a letter"], ["a bill", "a letter"])


@pytest.mark.parametrize(
    "text",
    [
        "To reset it:\n\n1. Unplug it\n2. Wait\n\n   The light goes off.\n\n3. Plug it in\n4. Press it\n",
        "The rooms:\n\n* kitchen\n* bathroom\n  with a tub\n* bedroom\n",
    ],
    ids=["a paragraph under an item", "a line under an item"],
)
def test_items_with_a_text_under_one_are_no_whole_list(tmp_path: Path, text: str) -> None:
    assert not any(_lists(tmp_path, text).values())


def test_items_are_read_out_on_one_line_after_what_they_stand_under(guide: Index) -> None:
    (article,) = guide.articles.values()
    first = next(one for one in sources_in([(article, 0, 9)], ()) if "passport" in one.text)
    text = "Arrival – Bring to the front desk: your passport; the booking code; a deposit of £40."
    assert read_out(list_around(first, article)) == text


def test_where_all_items_answer_the_whole_list_is_the_answer(guide: Index, embedder: HashingEmbedder) -> None:
    question = "What must I bring to the front desk?"
    answer = _answer(guide, embedder, question, "passport", "code", "deposit")
    assert answer.text.endswith("your passport; the booking code; a deposit of £40. [1][2][3]")
    assert [one.quote for one in answer.citations] == [
        "your **passport**",
        "the booking code;",
        "a deposit of £40",
    ]
    assert answer.kind == "quote"


@pytest.mark.parametrize("decision", [Decision(answer=SURE, quote=UNSURE), CLOSED])
def test_a_list_that_is_not_sure_enough_leaves_the_question_to_the_others(
    guide: Index, embedder: HashingEmbedder, decision: Decision
) -> None:
    walk = Pipeline(guide, embedder, Reading("passport", "code", "deposit"), decision=decision)
    answer = walk.ask("What must I bring to the front desk?")
    assert answer.refused
    assert [one.kind for one in answer.verdicts] == ["quote", "quote"]
    assert len(answer.verdicts[0].sentence) > len(answer.verdicts[1].sentence)


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("What must I bring to the front desk?", ("deposit",)),
        ("Must I bring a passport to the front desk?", ("passport", "code", "deposit")),
        ("Do I bring a passport or a booking code to the front desk?", ("passport", "code", "deposit")),
    ],
    ids=["one item", "yes or no", "a choice"],
)
def test_of_one_item_or_a_yes_or_no_no_list_is_made(
    guide: Index, embedder: HashingEmbedder, question: str, telling: tuple[str, ...]
) -> None:
    assert len(_answer(guide, embedder, question, *telling).citations) <= 1
