import pytest
from scripted import ScriptedGenerator
from small_world import REPLIES, World

from eval.calibrate import collect
from rag.judgement import ANSWER_SIGNALS, QUOTE_SIGNALS


def test_what_was_written_and_what_may_be_quoted_are_collected(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.calibrate.MiniLM", lambda: world.embedder)
    monkeypatch.setattr("eval.calibrate.LibraryMiniLM", lambda: world.embedder)
    replies = REPLIES | {"lead": "Rufus Tamsin will lead the work."}
    found = list(collect(world.gold, world.seeds, 7, ScriptedGenerator(replies, evidence=9)))
    assert len(found) == 7
    assert sum(one.answerable for one in found) == 5
    answers = [one.answer for one in found if one.answer]
    quotes = [one.quote for one in found if one.quote]
    assert [answer.right for answer in answers] == [True] * 4  # the wrong name failed its check
    assert quotes
    assert all(answer.signals.keys() >= set(ANSWER_SIGNALS) for answer in answers)
    assert all(quote.signals.keys() == set(QUOTE_SIGNALS) for quote in quotes)
    assert not any(one.quote and one.quote.right for one in found if not one.answerable)
