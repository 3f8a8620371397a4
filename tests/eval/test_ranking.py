import pytest
from scripted import ScriptedGenerator
from small_world import World

from eval.goldset import load_gold
from eval.indexes import fresh_index, texts_of
from eval.ranking import Asked, figures, ranked, ranked_by_belief
from index.store import Index
from rag.generator import Prompt
from rag.retrieval import Retriever


@pytest.fixture
def index(world: World) -> Index:
    return fresh_index(world.seeds, world.embedder)


def questions(world: World, index: Index) -> list[Asked]:
    return [Asked(one, one.question) for one in load_gold(world.gold, texts_of(index)) if one.evidence]


class Believer(ScriptedGenerator):
    """Believes in one sentence only."""

    def first_words(self, prompts: list[Prompt], words: list[str]) -> list[tuple[float, ...]]:  # type: ignore[override]
        return [self._chances(5.0 if "thirty minutes" in one.context else -5.0, words) for one in prompts]


def test_recall_grows_with_depth_and_is_whole_in_the_end(world: World, index: Index) -> None:
    found = figures(ranked(questions(world, index), Retriever(index, world.embedder)), index)
    depths = [found[f"recall@{k}"] for k in (1, 3, 5, 10)]
    assert depths == sorted(depths)
    assert depths[-1] == 1.0
    assert depths[0] <= found["mrr"] <= 1.0


def test_what_the_model_believes_comes_first(world: World, index: Index) -> None:
    retriever = Retriever(index, world.embedder)
    asked = questions(world, index)
    plain = dict(ranked(asked, retriever))
    for one, found in ranked_by_belief(asked, retriever, index, Believer(""), 10):
        assert "thirty minutes" in found[0].passage.text
        assert {hit.passage.id for hit in found} == {hit.passage.id for hit in plain[one]}
