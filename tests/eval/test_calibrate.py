from pathlib import Path

import pytest
from scripted import ScriptedGenerator
from small_world import REPLIES, World

from eval.calibrate import Kept, collect
from eval.fitting import Example
from rag.judgement import ANSWER_SIGNALS, QUOTE_SIGNALS


def test_what_was_written_and_what_may_be_quoted_are_collected(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.calibrate.MiniLM", lambda: world.embedder)
    monkeypatch.setattr("eval.calibrate.LibraryMiniLM", lambda: world.embedder)
    replies = REPLIES | {"lead": "Rufus Tamsin will lead the work."}
    found = list(
        collect(world.gold, world.seeds, 7, lambda: ScriptedGenerator(replies, evidence=9), Kept(None))
    )
    assert len(found) == 7
    assert sum(one.answerable for one in found) == 5
    answers = [one.answer for one in found if one.answer]
    quotes = [one.quote for one in found if one.quote]
    assert [answer.right for answer in answers] == [True] * 4  # the wrong name failed its check
    assert quotes
    assert all(answer.signals.keys() >= set(ANSWER_SIGNALS) for answer in answers)
    assert all(quote.signals.keys() == set(QUOTE_SIGNALS) for quote in quotes)
    assert not any(one.quote and one.quote.right for one in found if not one.answerable)


def test_what_was_asked_before_is_not_asked_again(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("eval.calibrate.MiniLM", lambda: world.embedder)
    monkeypatch.setattr("eval.calibrate.LibraryMiniLM", lambda: world.embedder)
    path = tmp_path / "examples.jsonl"

    def asked(generator: ScriptedGenerator) -> list[Example]:
        return list(collect(world.gold, world.seeds, 5, lambda: generator, Kept(path)))

    whole = asked(ScriptedGenerator(REPLIES, evidence=9))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(whole) == 5
    path.write_text("\n".join(lines[:3]) + "\n", encoding="utf-8")
    rest = ScriptedGenerator(REPLIES, evidence=9)
    assert asked(rest) == whole
    assert rest.prompts
    unused = ScriptedGenerator(REPLIES, evidence=9)
    assert asked(unused) == whole
    assert not unused.prompts
