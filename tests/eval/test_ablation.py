import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scripted import ScriptedGenerator
from small_world import REPLIES, World, without_times

from eval.ablation import FIGURES, NAMES, Matters, Options, ablate, can_matter, main
from index.errors import NotReadyError
from rag.answer import Answer, RefusalReason, Verdict
from rag.checks import CHECKS
from rag.generator import Decoding

WRONG_NUMBER = {"fish": "The work will cost 7.4 million pounds.", **REPLIES}
MIXED = {
    "cost": "The work will cost 7.4 million pounds.",
    "lead": "Harbour master Ilse Brackmoor will not lead the work.",
    "When": "The ferry moves to the south quay in 2031. It is a lovely calm trip over warm water.",
    "fish": "The oldest fish is Rufus.",
    "How long": "The article does not say.",
    "": "Ilse Brackmoor voted against the board of Tollwick.",
}


class Broken(ScriptedGenerator):
    """Raises at the question who will lead the work."""

    error: Exception = RuntimeError("the model broke")

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        if "lead" in self.prompts[-1].question:
            raise self.error
        yield from super()._pieces(reply, decoding)


def ablated(world: World, generator: ScriptedGenerator, matters: Matters = can_matter) -> dict[str, Any]:
    return ablate(Options(world.gold, world.seeds), world.tools(generator), matters=matters)


def test_a_check_that_stops_only_a_wrong_sentence_adds_to_trust(world: World) -> None:
    report = ablated(world, ScriptedGenerator(WRONG_NUMBER))
    assert report["whole"]["trust"] == 1
    part = report["without"]["numbers"]
    assert part["asked_again"] == 1
    assert part["figures"]["refusal_recall"] == 0.5
    assert part["adds"]["refusal_recall"] == 0.5
    assert part["adds"]["trust"] == pytest.approx(2 / 7, abs=1e-6)
    assert part["trust"]["value"] == part["adds"]["trust"]
    assert part["trust"]["low"] <= part["trust"]["value"] <= part["trust"]["high"]
    assert (part["better"], part["worse"]) == (["pier-6"], [])


def test_a_check_that_stops_a_right_sentence_takes_from_trust(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "rag.checks.CHECKS", {**CHECKS, "told": lambda claim: "No." if "2031" in claim.sentence else None}
    )
    part = ablated(world, ScriptedGenerator(REPLIES))["without"]["told"]
    assert part["asked_again"] == 2
    assert part["adds"]["over_refusal"] == pytest.approx(0.4)
    assert part["adds"]["trust"] == pytest.approx(-2 / 7, abs=1e-6)
    assert part["worse"] == ["pier-3", "pier-4"]


def test_nothing_is_asked_again_where_nothing_fired(world: World) -> None:
    generator = ScriptedGenerator(REPLIES)
    report = ablated(world, generator)
    assert (
        list(report["without"]) == list(NAMES) == [*CHECKS, "focus", "support", "decision", "quote", "list"]
    )
    for name, part in report["without"].items():
        if name == "focus":  # it may change whatever the model writes
            assert part["asked_again"] > 0
        elif name != "decision":  # the best sentence was too doubtful to quote where the model had no answer
            assert part["asked_again"] == 0
            assert part["figures"] == report["whole"]
            assert set(part["adds"].values()) == {0}
            assert (part["trust"]["low"], part["trust"]["high"]) == (0, 0)
    again = sum(part["asked_again"] for part in report["without"].values())
    assert len(generator.prompts) == 7 + again


def test_the_decision_keeps_doubtful_answers_back(world: World) -> None:
    part = ablated(world, ScriptedGenerator(REPLIES, verdict=-9))["without"]["decision"]
    assert part["asked_again"] == 7
    assert part["figures"]["over_refusal"] == 0
    assert part["adds"]["over_refusal"] == 1


@pytest.mark.parametrize(
    ("refusal", "asked", "matters"),
    [
        ("doubtful", "Who leads it?", True),
        ("unsupported", "Who leads it?", False),
        (None, "Who leads it?", False),
        (None, "Who leads it, and what does it cost?", True),
    ],
)
def test_the_decision_may_have_kept_the_model_from_writing(
    refusal: RefusalReason | None, asked: str, matters: bool
) -> None:
    quote = Verdict("quote", "Rufus leads it.", "unsupported", 0.0, {}, {"names": "Another name."})
    answer = Answer(asked, "", refusal, (), (), "scripted", asked=asked, verdicts=(quote,))
    assert can_matter("decision", answer) == matters


def test_a_quote_counts_where_it_was_shown(world: World) -> None:
    replies = REPLIES | {"cost": "The work will cost 7.4 million pounds."}
    report = ablated(world, ScriptedGenerator(replies, evidence=9))
    part = report["without"]["quote"]
    assert "pier-1" in part["better"]
    assert part["adds"]["correct"] == 0.2
    assert part["figures"]["refusal_recall"] == 1


@pytest.mark.parametrize(("verdict", "evidence"), [(9, 0), (9, 9), (-9, 0), (-9, 9)])
def test_asking_everything_again_gives_the_same_figures(
    world: World, verdict: float, evidence: float
) -> None:
    cheap = ablated(world, ScriptedGenerator(MIXED, verdict=verdict, evidence=evidence))
    generator = ScriptedGenerator(MIXED, verdict=verdict, evidence=evidence)
    whole = ablated(world, generator, lambda name, answer: True)
    again = [report["without"].values() for report in (cheap, whole)]
    counts = [[part.pop("asked_again") for part in parts] for parts in again]
    assert sum(counts[0]) < sum(counts[1])
    assert set(counts[1]) == {7}
    assert cheap["without"] == whole["without"]
    assert any(part["better"] or part["worse"] for part in cheap["without"].values())


def test_the_report_is_whole_and_the_same_again(world: World) -> None:
    options = Options(world.gold, world.seeds, limit=4, model={"name": "scripted"})
    reports = [ablate(options, world.tools(ScriptedGenerator(MIXED))) for _ in range(2)]
    assert without_times(reports[0]) == without_times(reports[1])
    report = reports[0]
    assert report["questions"] == 4
    assert report["selection"] == {"half": None, "limit": 4}
    assert tuple(report["whole"]) == FIGURES
    assert report["configuration"]["model"] == {"name": "scripted"}
    assert {"code", "git", "prompts", "settings", "packages", "bootstrap"} <= report["configuration"].keys()


def test_a_question_that_breaks_the_model_is_counted(world: World) -> None:
    report = ablated(world, Broken(MIXED))
    assert (report["errors"], report["questions"]) == (1, 7)
    generator = Broken(MIXED)
    generator.error = NotReadyError("the server is gone")
    with pytest.raises(NotReadyError, match="gone"):
        ablated(world, generator)


def test_progress_names_what_is_left_out(world: World) -> None:
    seen: list[tuple[str, int, int]] = []
    tools = world.tools(ScriptedGenerator(WRONG_NUMBER))
    ablate(Options(world.gold, world.seeds), tools, lambda *step: seen.append(step))
    assert seen[0] == ("whole product", 0, 7)
    assert ("without numbers", 1, 1) in seen
    assert ("without dates", 0, 0) in seen


def command(world: World, *more: str) -> list[str]:
    return ["--gold", str(world.gold), "--seeds", str(world.seeds), *more]


def test_the_command_prints_a_table_and_writes_json(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.ablation.tools_of", lambda choice: world.tools(ScriptedGenerator(WRONG_NUMBER)))
    out = tmp_path / "new" / "ablation.json"
    assert main(command(world, "--out", str(out))) == 0
    said = capsys.readouterr()
    assert "7 questions" in said.out
    assert "+0.286" in said.out
    assert all(name in said.out for name in NAMES)
    assert "whole product 7/7" in said.err
    stored = json.loads(out.read_text("utf-8"))
    assert stored["without"]["numbers"]["better"] == ["pier-6"]


def test_the_command_says_what_is_wrong(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.ablation.tools_of", lambda choice: world.tools())
    assert main(command(world, "--out", str(tmp_path))) == 2
    assert "is a folder" in capsys.readouterr().err
    assert main([*command(world), "--gold", str(tmp_path / "nosuch.jsonl")]) == 2
    assert "nosuch.jsonl" in capsys.readouterr().err
    for wrong in (["--limit", "0"], ["--split", "train"]):
        with pytest.raises(SystemExit):
            main(command(world, *wrong))
