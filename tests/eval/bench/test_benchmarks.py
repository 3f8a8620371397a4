"""Every benchmark measures something on the small world; how much does not matter here."""

import json
import math
import time
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator
from small_world import REPLIES
from small_world import World as SmallWorld

from eval.bench import (
    answering,
    answers,
    indexing,
    indexing_memory,
    lengths,
    memory,
    plain,
    retrieval,
    scale,
    speed,
    stages,
    start,
    users,
)
from eval.bench import help as help_page
from eval.bench.measure import Readings, gathered
from eval.bench.world import Options, World, ask
from eval.goldset import GoldQuestion
from index.errors import NotReadyError
from rag.answer import Answer
from rag.generator import Decoding
from rag.pipeline import Pipeline
from ui.answering import Answering

MakeBench = Callable[..., World]


def _first(module: ModuleType, bench: World) -> dict[str, float]:
    """The first round, by the names of the measures, each of which must be a number."""
    rounds: Iterator[Readings] = module.rounds(bench)
    readings = next(rounds)
    rounds.close()  # type: ignore[attr-defined]
    found = {measure.name: value for measure, value in readings.items()}
    assert len(found) == len(readings)
    assert all(math.isfinite(value) and value >= 0 for value in found.values())
    json.dumps([figure.to_json() for figure in gathered([readings])])
    return found


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes everything that is large small."""
    monkeypatch.setattr(retrieval, "SIZES", (10, 60))
    monkeypatch.setattr(scale, "SIZES", (10, 60))
    monkeypatch.setattr(lengths, "WORDS", (0, 120))
    monkeypatch.setattr(indexing, "_PASSAGES", 60)
    monkeypatch.setattr(indexing_memory, "_PASSAGES", 60)
    monkeypatch.setattr(memory, "_PAUSE", 0.01)


def test_help_is_run(bench: World) -> None:
    assert list(_first(help_page, bench)) == ["help"]


@pytest.mark.enable_socket
def test_both_starts_are_measured(bench: World) -> None:
    assert list(_first(start, bench)) == ["start.ask", "start.serve"]


def test_a_command_that_is_not_ready_says_why(make_bench: MakeBench) -> None:
    with pytest.raises(NotReadyError, match="no such command"):
        _first(help_page, make_bench(command=(*make_bench().options.command, "odd")))


def test_retrieval_is_measured_for_each_size(bench: World) -> None:
    found = _first(retrieval, bench)
    assert list(found) == ["retrieval.10.p50", "retrieval.10.p95", "retrieval.60.p50", "retrieval.60.p95"]
    assert found["retrieval.10.p50"] <= found["retrieval.10.p95"]


def test_new_articles_are_new_and_known_ones_are_not(make_bench: MakeBench) -> None:
    generator = ScriptedGenerator(REPLIES)
    found = _first(answers, make_bench(generator))
    assert found["answers.whole.p50"] <= found["answers.whole.p95"]
    assert found["answers.known.first"] <= found["answers.whole.p50"]
    new = [prompt.context for prompt in generator.prompts if "Edition" in prompt.context]
    assert len(new) == len(set(new)) == 5
    assert len({prompt.context for prompt in generator.prompts} - set(new)) == 1


def test_each_length_has_three_figures(bench: World) -> None:
    found = _first(lengths, bench)
    assert {name.rpartition(".")[2] for name in found} == {"new", "known", "whole"}
    words = sorted({int(name.split(".")[1]) for name in found})
    assert len(words) == 2
    assert words[1] >= 120 > words[0]


def test_the_article_is_found_among_many_passages(bench: World) -> None:
    found = _first(scale, bench)
    assert found["scale.slowdown"] == pytest.approx(found["scale.60"] / found["scale.10"])
    assert "pier.txt" in bench.corpus(60, with_article=True).articles
    assert len(bench.corpus(60, with_article=True).passages) == 60 + len(bench.index.rows("pier.txt"))


class Patient(ScriptedGenerator):
    """Begins an answer only when, once at least, as many waited in the latest line as can beside it."""

    def __init__(self, lines: list[Answering]) -> None:
        super().__init__(REPLIES)
        self._lines = lines
        self.waited: dict[int, int] = {}

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        deadline = time.monotonic() + 600
        while self._lines and time.monotonic() < deadline:
            turn = len(self._lines) - 1
            self.waited[turn] = max(self.waited.get(turn, 0), self._lines[-1].waiting)
            if self.waited[turn] == users.USERS[turn] - 1:
                break
            time.sleep(0.01)
        yield from super()._pieces(reply, decoding)


def test_users_really_ask_at_once(make_bench: MakeBench, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[Answering] = []

    def answering(pipeline: Pipeline, waiting: int) -> Answering:
        lines.append(Answering(pipeline, waiting))
        return lines[-1]

    monkeypatch.setattr(users, "USERS", (1, 4))
    monkeypatch.setattr(users, "Answering", answering)
    generator = Patient(lines)
    found = _first(users, make_bench(generator))
    assert found["users.slowdown"] == pytest.approx(found["users.4"] / found["users.1"])
    assert generator.waited == {0: 0, 1: 3}


def test_speeds_are_told_for_reading_and_writing(bench: World) -> None:
    assert list(_first(speed, bench)) == [
        "speed.prompt",
        "speed.reading",
        "speed.writing",
        "speed.repeating",
    ]


def test_both_generators_get_the_same_prompts_in_turn(make_bench: MakeBench) -> None:
    generator = ScriptedGenerator(REPLIES)
    found = _first(plain, make_bench(generator))
    assert found["plain.text"] == pytest.approx(found["plain.whole"] / found["plain.own"])
    known = [prompt for prompt in generator.prompts if "Edition" not in prompt.context]
    new = [prompt for prompt in generator.prompts if "Edition" in prompt.context]
    assert len(known) == 3 * len(new) == 15
    for own, slow, product in zip(known[::3], known[1::3], known[2::3], strict=True):
        assert own == slow == product


def test_the_stages_of_an_answer_add_up_to_it(bench: World, monkeypatch: pytest.MonkeyPatch) -> None:
    totals: list[float] = []

    def noting(pipeline: Pipeline, question: GoldQuestion) -> Answer:
        answer = ask(pipeline, question)
        totals.append(answer.timings["total"])
        return answer

    monkeypatch.setattr(stages, "ask", noting)
    found = _first(stages, bench)
    names = [f"stages.{stage.replace(' ', '_')}" for stage in stages.STAGES]
    assert list(found)[: len(names)] == names
    assert sum(found[name] for name in names) == pytest.approx(sum(totals[:-1]) / len(totals[:-1]), rel=1e-6)
    assert sum(value for name, value in found.items() if name.startswith("operations.")) <= 1 + 1e-9


def test_indexing_is_set_against_bare_encoding(bench: World, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder, encoded = HashingEmbedder(), []
    monkeypatch.setattr(indexing, "embedder_of_builds", lambda: embedder)
    monkeypatch.setattr(indexing, "bare_encoder", lambda: encoded.append)
    found = _first(indexing, bench)
    assert found["indexing.ratio"] == pytest.approx(found["indexing.rate"] / found["indexing.bare"])
    assert [len(texts) for texts in encoded] == [60]
    assert sorted(embedder.encoded) == sorted(2 * [*encoded[0]])


def test_the_memory_of_indexing_is_that_of_the_command(bench: World) -> None:
    assert _first(indexing_memory, bench)["indexing_memory.peak"] > 0


@pytest.mark.enable_socket
def test_the_memory_of_the_server_and_of_answers_is_told(
    bench: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(memory, "output_of", lambda command: asked.append(command) or "1.5\n")
    found = _first(memory, bench)
    assert found["memory.answering"] == 1.5
    assert found["memory.serving"] > 0
    assert asked[0][1:] == [
        "-m",
        "eval.bench.answering",
        str(bench.options.seeds),
        str(bench.options.gold),
        "40",
        "--runtime",
        "auto",
    ]


def test_the_process_that_answers_tells_its_memory(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    generator = ScriptedGenerator(REPLIES)
    monkeypatch.setattr(answering, "tools_of", lambda choice: world.tools(generator))
    assert answering.main([str(world.seeds), str(world.gold), "7"]) == 0
    assert 0.01 < float(capsys.readouterr().out) < 100
    assert len(generator.prompts) == 7
    assert answering.main([str(world.seeds), str(world.gold.with_name("none.jsonl")), "7"]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_questions_that_the_article_does_not_answer_are_not_read_for(
    world: SmallWorld, options: Options
) -> None:
    lines = world.gold.read_text(encoding="utf-8").splitlines()
    world.gold.write_text("\n".join(lines[5:]), encoding="utf-8")
    with pytest.raises(NotReadyError, match="ask more"):
        World(options, world.tools()).answerable(1)


@pytest.mark.parametrize("module", [answers, lengths, plain, scale, stages])
def test_no_round_measures_answers_that_are_remembered(module: ModuleType, bench: World) -> None:
    generator = bench.tools.generator("chosen")
    assert isinstance(generator, ScriptedGenerator)
    rounds = module.rounds(bench)
    asked = []
    for _ in range(3):
        before = len(generator.prompts)
        next(rounds)
        asked.append(len(generator.prompts) - before)
    assert asked[1] == asked[2] > 0
