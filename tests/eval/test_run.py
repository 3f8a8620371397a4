import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from scripted import ScriptedGenerator
from small_world import REPLIES, World, without_times

from eval.metrics import METRICS
from eval.report import figures
from eval.run import read_run, run
from index.errors import BadInputError, NotReadyError
from rag.generator import Decoding

IDS = [f"pier-{number}" for number in range(1, 8)]


class FailingGenerator(ScriptedGenerator):
    """Raises at questions that contain a word."""

    def __init__(self, replies: dict[str, str], word: str, error: BaseException) -> None:
        super().__init__(replies)
        self._word = word
        self._error = error

    def _pieces(self, reply: str, decoding: Decoding) -> Iterator[str]:
        if self._word in self.prompts[-1].question:
            raise self._error
        yield from super()._pieces(reply, decoding)


def test_cases_report_and_page_agree(world: World) -> None:
    report = run(world.options, world.tools())
    lines = world.lines()
    assert [line["id"] for line in lines] == IDS
    assert report == world.report()
    found = report["systems"]["product"]
    assert found["cases"] == 7
    assert found["metrics"]["correct"]["n"] == 5
    for name, estimate in found["metrics"].items():
        values = [line["metrics"][name] for line in lines if line["metrics"][name] is not None]
        if name not in {"citation_precision", "verbatim"}:
            assert (estimate and estimate["value"]) == (
                pytest.approx(sum(values) / len(values)) if values else None
            )
    assert found["metrics"]["correct"]["value"] == 1
    assert found["metrics"]["refusal_recall"]["value"] == 1
    assert found["metrics"]["verbatim"]["value"] == 1
    assert found["categories"]["near"]["cases"] == 2
    assert found["latency"]["total"]["n"] == 7
    assert report["configuration"]["bootstrap"]["seed"] == 20
    page = (world.out / "report.html").read_text(encoding="utf-8")
    assert "meets" in page
    assert "pier.jsonl" in page


def test_a_case_has_every_field_of_an_answer_and_each_metric(world: World) -> None:
    run(world.options, world.tools())
    for line in world.lines():
        fields = {"question", "answer", "refused", "citations", "passages", "model", "timings"}
        assert fields <= line.keys()
        assert list(line["metrics"]) == list(METRICS)
        assert line["system"] == "product"
        assert line["ranking"]


def test_the_same_run_twice_gives_the_same_answers_and_figures(world: World) -> None:
    first = run(world.options, world.tools())
    lines = world.lines()
    second = run(world.options, world.tools())
    assert without_times(world.lines()) == without_times(lines)
    assert without_times(first) == without_times(second)


def test_systems_and_conditions_have_folders_of_their_own(world: World) -> None:
    systems = ("product", "best_sentence", "model_alone", "plain_prompt", "bm25_only", "dense_only")
    report = run(replace(world.options, systems=systems, stress=("distractors", "altered")), world.tools())
    assert list(report["systems"]) == list(systems)
    for name in systems:
        folders = [] if name == "product" else [name]
        for condition in ([], ["distractors"], ["altered"]):
            assert [line["id"] for line in world.lines(*folders, *condition)] == IDS
        assert list(report["systems"][name]["stress"]) == ["distractors", "altered"]
    assert report["systems"]["best_sentence"]["metrics"]["over_refusal"]["value"] == 0
    assert report["systems"]["model_alone"]["metrics"]["citation_precision"] is None
    altered = report["systems"]["product"]["stress"]["altered"]
    assert altered["follows_the_text"]["value"] == 0  # the script answers from memory
    assert figures(report)["altered.correct"] == 0
    assert figures(report, "best_sentence")["altered.correct"] == figures(report, "best_sentence")["correct"]


def test_a_question_that_breaks_the_model_is_kept_and_the_others_go_on(world: World) -> None:
    replies = {"": "The work will cost 6.4 million pounds."}
    report = run(world.options, world.tools(FailingGenerator(replies, "lead", RuntimeError("out of memory"))))
    errors = {line["id"]: line["error"] for line in world.lines()}
    assert errors == dict.fromkeys(IDS) | {"pier-2": "RuntimeError: out of memory"}
    assert report["systems"]["product"]["errors"] == 1
    assert report["systems"]["product"]["metrics"]["correct"]["n"] == 5
    assert "RuntimeError: out of memory" in (world.out / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("cut", [0, 1, 40])
def test_a_run_that_was_cut_goes_on_where_it_was(world: World, cut: int) -> None:
    whole = run(world.options, world.tools())
    expected = world.lines()
    (world.out / "report.json").unlink()
    file = world.out / "cases.jsonl"
    kept = b"\n".join(file.read_bytes().split(b"\n")[:4])
    file.write_bytes(kept[: len(kept) - cut])
    again = ScriptedGenerator(REPLIES)
    report = run(replace(world.options, resume=True), world.tools(again))
    assert without_times(world.lines()) == without_times(expected)
    assert without_times(report) == without_times(whole)
    assert not any("cost" in prompt.question for prompt in again.prompts)


def test_an_interrupted_run_keeps_its_cases(world: World) -> None:
    generator = FailingGenerator(REPLIES, "When does the ferry", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run(world.options, world.tools(generator))
    assert [line["id"] for line in world.lines()] == IDS[:3]
    assert not (world.out / "report.json").exists()
    with pytest.raises(BadInputError, match="--resume"):
        run(world.options, world.tools())
    report = run(replace(world.options, resume=True), world.tools())
    assert report["systems"]["product"]["cases"] == 7


def test_failed_cases_are_asked_again_on_resume(world: World) -> None:
    run(world.options, world.tools(FailingGenerator(REPLIES, "lead", RuntimeError("a moment ago"))))
    report = run(replace(world.options, resume=True), world.tools())
    assert report["systems"]["product"]["errors"] == 0
    assert sorted(line["id"] for line in world.lines()) == IDS


def test_a_server_that_is_gone_stops_the_run_and_keeps_the_cases(world: World) -> None:
    generator = FailingGenerator(REPLIES, "lead", NotReadyError("the server is gone"))
    with pytest.raises(NotReadyError, match="gone"):
        run(world.options, world.tools(generator))
    assert [line["id"] for line in world.lines()] == IDS[:1]


def test_cases_of_another_configuration_are_not_gone_on_with(world: World) -> None:
    options = replace(world.options, model={"name": "one"})
    run(options, world.tools())
    with pytest.raises(BadInputError, match=r"another configuration \(what differs: model\)"):
        run(replace(options, resume=True, model={"name": "two"}), world.tools())
    world.gold.write_text(world.gold.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="what differs: gold"):
        run(replace(options, resume=True), world.tools())


def test_a_smaller_selection_is_not_gone_on_with(world: World) -> None:
    run(world.options, world.tools())
    with pytest.raises(BadInputError, match="--limit"):
        run(replace(world.options, resume=True, limit=2), world.tools())


def test_a_missing_model_is_told_before_a_question_is_asked(world: World) -> None:
    def load(which: object) -> ScriptedGenerator:
        raise NotReadyError("run `footnote models fetch`")

    tools = replace(world.tools(), load=load)
    with pytest.raises(NotReadyError, match="fetch"):
        run(replace(world.options, systems=("best_sentence", "product")), tools)
    assert not (world.out / "best_sentence").exists()
    assert (
        run(replace(world.options, systems=("best_sentence",)), tools)["systems"]["best_sentence"]["cases"]
        == 7
    )


def test_questions_name_their_article_only_without_distractors(world: World) -> None:
    run(replace(world.options, stress=("distractors",)), world.tools())
    assert {article for line in world.lines() for article, _, _ in line["ranking"]} == {"pier.txt"}
    assert len({article for line in world.lines("distractors") for article, _, _ in line["ranking"]}) > 1


def test_bad_input_is_named(world: World) -> None:
    (world.out.parent / "file").touch()
    with pytest.raises(BadInputError, match="file"):
        run(replace(world.options, out=world.out.parent / "file"), world.tools())
    with pytest.raises(BadInputError, match=r"'oracle'.*product"):
        run(replace(world.options, systems=("oracle",)), world.tools())
    (world.seeds / "pier.txt").unlink()
    with pytest.raises(BadInputError, match=r"line 1: `article` is \"pier.txt\""):
        run(world.options, world.tools())
    world.gold.write_text('{"id": "x"}', encoding="utf-8")
    with pytest.raises(BadInputError, match="line 1"):
        run(world.options, world.tools())


def test_progress_counts_the_questions_of_each_system_and_condition(world: World) -> None:
    seen: list[tuple[str, int, int]] = []
    run(replace(world.options, stress=("altered",)), world.tools(), lambda *step: seen.append(step))
    assert seen[0] == ("product", 0, 7)
    assert seen[-1] == ("product, altered", 7, 7)


def test_a_run_is_read_back_from_its_folder_or_file(world: World) -> None:
    run(world.options, world.tools())
    cases, articles = read_run(world.out)
    assert [case.gold.id for case in cases] == IDS
    assert set(articles) == {"pier.txt", "bakery.md"}
    assert read_run(world.out / "cases.jsonl") == (cases, articles)
    with pytest.raises(BadInputError, match="can't be read"):
        read_run(world.out.parent)


def test_the_configuration_is_whole(world: World) -> None:
    found = run(replace(world.options, model={"name": "scripted"}), world.tools())["configuration"]
    assert set(found["articles"]) == {"pier.txt", "bakery.md"}
    assert found["embedding"]["name"] == "hashing"
    assert found["model"] == {"name": "scripted"}
    assert {"rag/system.md", "eval/plain.md"} <= found["prompts"].keys()
    assert found["settings"]["rag.retrieval.DENSE_WEIGHT"] == 0.7
    assert {"torch", "faiss-cpu"} <= found["packages"].keys()
    assert found["machine"]["threads"] >= 1
    assert json.loads((world.out / "configuration.json").read_text(encoding="utf-8")) == found
