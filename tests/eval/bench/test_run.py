import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console
from small_world import World as SmallWorld

from eval.bench import BENCHMARKS, retrieval
from eval.bench.__main__ import main
from eval.bench.measure import Benchmark, Goal, Measure, Point, Readings, Rounds
from eval.bench.run import NAME, PAGE, names_of, run
from eval.bench.shown import amount, rows
from eval.bench.table import table
from eval.bench.world import Options, World
from index.errors import BadInputError, NotReadyError

WAIT = Measure("wait", "waiting <b>long</b> [1]", goal=Goal(0.5), point=Point("users", "curve & all", 4))
RATE = Measure("speed.writing", "writing", "tokens/s", Goal(6, "at_least"))
STAGE = Measure("stages.read", "reading, mean")


def counting(*measures: Measure) -> Rounds:
    """Rounds that measure 1, 2, 3 and so on."""

    def rounds(world: World) -> Iterator[Readings]:
        number = 0.0
        while True:
            number += 1
            yield dict.fromkeys(measures, number)

    return rounds


def failing(error: Exception) -> Rounds:
    """Rounds that fail in the second one."""

    def rounds(world: World) -> Iterator[Readings]:
        yield {WAIT: 1.0}
        raise error

    return rounds


def made(options: Options, world: SmallWorld, **benchmarks: Benchmark) -> dict[str, Any]:
    return run(options, world.tools(), benchmarks=benchmarks)


def test_every_round_but_the_warm_up_is_counted(world: SmallWorld, options: Options) -> None:
    given = replace(options, repeats=3)
    both = {"warm": Benchmark("", counting(WAIT)), "cold": Benchmark("", counting(RATE), warm_up=False)}
    found = {figure["name"]: figure["values"] for figure in made(given, world, **both)["figures"]}
    assert found == {"wait": [2, 3, 4], "speed.writing": [1, 2, 3]}


def test_the_report_is_written_whole_with_its_page(world: SmallWorld, options: Options) -> None:
    report = made(options, world, one=Benchmark("one", counting(WAIT, RATE, STAGE)))
    assert json.loads((options.out / NAME).read_text(encoding="utf-8")) == report
    assert (report["questions"], report["repeats"]) == (7, 1)
    assert {"machine", "packages", "git", "model"} <= report["configuration"].keys()
    page = (options.out / PAGE).read_text(encoding="utf-8")
    assert "waiting &lt;b&gt;long&lt;/b&gt;" in page
    assert "src=" not in page
    pictures = [f"<svg{part.partition('</svg>')[0]}</svg>" for part in page.split("<svg")[1:]]
    assert len(pictures) == 2
    texts = ["".join(ElementTree.fromstring(picture).itertext()) for picture in pictures]
    assert "curve & all" in texts[0]
    assert "read" in texts[1]


def test_what_is_not_ready_or_breaks_is_told_and_the_others_go_on(
    world: SmallWorld, options: Options
) -> None:
    report = made(
        options,
        world,
        unready=Benchmark("", failing(NotReadyError("Fetch the model."))),
        defective=Benchmark("", failing(RuntimeError("out of memory"))),
        sound=Benchmark("", counting(WAIT)),
    )
    assert report["skipped"] == {"unready": "Fetch the model."}
    assert report["broken"] == {"defective": "RuntimeError: out of memory"}
    assert [figure["name"] for figure in report["figures"]] == ["wait"]
    assert list(report["seconds"]) == ["unready", "defective", "sound"]
    assert "Fetch the model." in (options.out / PAGE).read_text(encoding="utf-8")


def test_a_benchmark_is_ended_after_its_rounds(world: SmallWorld, options: Options) -> None:
    ended = []

    def rounds(bench: World) -> Iterator[Readings]:
        try:
            yield from counting(WAIT)(bench)
        finally:
            ended.append(True)

    made(options, world, one=Benchmark("", rounds))
    assert ended == [True]


def test_slow_ones_run_only_when_they_are_named(world: SmallWorld, options: Options) -> None:
    both = {"quick": Benchmark("", counting(WAIT)), "slow": Benchmark("", counting(RATE), slow=True)}
    assert list(made(options, world, **both)["seconds"]) == ["quick"]
    assert list(made(replace(options, only=("slow",)), world, **both)["seconds"]) == ["slow"]


def test_figures_stand_beside_goal_and_limit(world: SmallWorld, options: Options) -> None:
    limits = {"limits.bandwidth": 16.0, "limits.bytes": 1.6}
    given = {Measure(name, name, "GB"): value for name, value in limits.items()}

    def rounds(bench: World) -> Iterator[Readings]:
        while True:
            yield {**given, RATE: 4.0, WAIT: 0.25}

    report = made(replace(options, repeats=2), world, one=Benchmark("", rounds))
    writing = next(figure for figure in report["figures"] if figure["name"] == RATE.name)
    assert (writing["limit"], writing["of_limit"], writing["met"]) == (10, 0.4, False)
    shown = {row.says: row for row in rows(report)}
    assert shown["writing"].limit == "10 tokens/s (40% of it)"
    assert (shown["writing"].goal, shown["writing"].verdict) == ("≥ 6 tokens/s", "missed")
    assert (shown[WAIT.says].value, shown[WAIT.says].goal, shown[WAIT.says].verdict) == (
        "250 ms",
        "≤ 500 ms",
        "met",
    )
    console = Console(width=200, file=io.StringIO())
    with console.capture() as captured:
        console.print(table(report))
    text = captured.get()
    assert "1 of 2 goals met" in text
    assert "waiting <b>long</b> [1]" in text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0123, "s", "12.3 ms"),
        (1.5, "s", "1.5 s"),
        (2.25, "times", "2.25 ×"),
        (0.125, "share", "12.5 %"),
        (123456.7, "passages/s", "123,457 passages/s"),
        (3.0, "", "3"),
    ],
)
def test_amounts_are_read_with_their_units(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text


def test_benchmarks_are_named_and_others_refused() -> None:
    assert names_of("retrieval, help,help") == ("help", "retrieval")
    assert names_of("") == ()
    with pytest.raises(BadInputError, match=r"'heat'.*limits, help"):
        names_of("help,heat")


def test_the_command_measures_and_says_what_is_wrong(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.bench.__main__.tools_of", lambda choice: world.tools())
    monkeypatch.setattr(retrieval, "SIZES", (10,))
    out = tmp_path / "figures"
    assert main(["--only", "retrieval", "--repeats", "2", "--questions", "3", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert "\rretrieval 3/3 \n" in said.err
    assert "retrieval among" in said.out
    report = json.loads((out / NAME).read_text(encoding="utf-8"))
    assert [len(figure["values"]) for figure in report["figures"]] == [2, 2]
    assert main(["--only", "heat"]) == 2
    assert "'heat'" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--repeats", "0"])


def test_a_broken_benchmark_is_a_failure_of_the_command(
    world: SmallWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("eval.bench.__main__.tools_of", lambda choice: world.tools())
    monkeypatch.setattr("eval.bench.retrieval.Retriever", lambda *parts: 1 / 0)
    monkeypatch.setattr(retrieval, "SIZES", (10,))
    assert main(["--only", "retrieval", "--out", str(tmp_path)]) == 1
    assert "broken retrieval: ZeroDivisionError" in capsys.readouterr().out


def test_every_benchmark_says_what_it_is() -> None:
    assert all(benchmark.says for benchmark in BENCHMARKS.values())
    assert [name for name, benchmark in BENCHMARKS.items() if benchmark.slow] == ["indexing_memory"]
