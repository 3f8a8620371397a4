import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import typer
from scripted import ScriptedGenerator
from small_world import World
from typer.testing import CliRunner, Result

from eval.command_line import ModelChoice, tools_of
from index.errors import BadInputError, FootnoteError, NotReadyError
from rag.generator import Decoding, Prompt
from ui import evaluate

app = typer.Typer()
app.add_typer(evaluate.evaluation, name="eval")

Eval = Callable[..., Result]


@pytest.fixture
def footnote_eval(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Eval:
    """Runs the command on the small world."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("eval.command_line.tools_of", lambda choice: world.tools())
    return lambda *arguments: CliRunner().invoke(app, ["eval", *map(str, arguments)])


def _given(world: World) -> list[str]:
    return ["--gold", str(world.gold), "--seeds", str(world.seeds), "--out", str(world.out)]


def test_the_figures_are_shown_and_the_page_is_named(world: World, footnote_eval: Eval) -> None:
    result = footnote_eval(*_given(world), "--systems", "product,best_sentence")
    assert result.exit_code == 0
    assert "correct               1.000          0.800\n" in result.stdout
    assert result.stdout.endswith("out/report.html\n")


def test_json_is_the_report_and_nothing_else(world: World, footnote_eval: Eval) -> None:
    result = footnote_eval(*_given(world), "--json", "--limit", "3")
    assert json.loads(result.stdout) == world.report()
    assert world.report()["questions"] == 3


def test_a_run_has_a_folder_of_its_own_by_default(world: World, footnote_eval: Eval, tmp_path: Path) -> None:
    given = ["--gold", world.gold, "--seeds", world.seeds]
    result = footnote_eval(*given, "--resume")
    assert isinstance(result.exception, BadInputError)
    assert "--out" in str(result.exception)
    assert footnote_eval(*given).exit_code == 0
    (folder,) = (tmp_path / "eval" / "out").iterdir()
    assert folder.name.startswith("pier-")
    assert footnote_eval(*given, "--resume").exit_code == 0
    assert len(list((tmp_path / "eval" / "out").iterdir())) == 1


@pytest.mark.parametrize(("limit", "code"), [([], 0), (["--limit", "4"], 1)])
def test_the_gate_fails_with_code_1(
    world: World, footnote_eval: Eval, tmp_path: Path, limit: list[str], code: int
) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[quick]\ntrust = { min = 2 }\n[full]\ntrust = { min = 0 }\n", encoding="utf-8")
    result = footnote_eval(*_given(world), "--check", floors, *limit)
    assert result.exit_code == code
    assert "trust 1" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--systems", "oracle"], "oracle"),
        (["--systems", ""], "product, "),
        (["--half", "third"], "dev or test"),
        (["--category", "verse"], "lookup, near, number"),
        (["--stress", "heat"], "distractors, altered"),
        (["--check", "none.toml"], "none.toml"),
        (["--check", "none.toml", "--systems", "best_sentence"], "product"),
        (["--gold", "none.jsonl"], "none.jsonl"),
        (["--seeds", "nowhere"], "nowhere"),
        (["--out", "/dev/null/out"], "/dev/null/out"),
    ],
)
def test_bad_input_is_named(world: World, footnote_eval: Eval, arguments: list[str], message: str) -> None:
    result = footnote_eval(*_given(world), *arguments)
    assert isinstance(result.exception, FootnoteError)
    assert result.exception.exit_code == 2
    assert message in str(result.exception)


def test_a_run_that_is_stopped_says_how_to_go_on(
    world: World, footnote_eval: Eval, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(ScriptedGenerator):
        def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
            raise KeyboardInterrupt

    tools = world.tools(Stopped(""))
    monkeypatch.setattr("eval.command_line.tools_of", lambda choice: tools)
    result = footnote_eval(*_given(world), "--limit", "4")
    assert result.exit_code == 130
    assert "cases so far are kept" in result.stderr
    assert f"--out {world.out} --systems product --limit 4" in result.stderr
    assert result.stderr.endswith("--resume\n")


def test_the_real_tools_load_nothing_before_they_are_used() -> None:
    tools = tools_of(ModelChoice())
    with pytest.raises(NotReadyError, match="footnote models fetch"):
        tools.generator("chosen")
    with pytest.raises(NotReadyError, match=r"footnote models fetch .* --runtime transformers"):
        tools.generator("transformers")


def test_two_runs_are_compared(world: World, footnote_eval: Eval) -> None:
    footnote_eval(*_given(world), "--systems", "product,model_alone")
    result = footnote_eval("compare", world.out, world.out / "model_alone")
    assert result.exit_code == 0
    assert "correct" in result.stdout
    articles = world.out / "model_alone" / "articles.json"
    articles.write_text(
        articles.read_text(encoding="utf-8").replace("Tollwick", "Hexcombe"), encoding="utf-8"
    )
    result = footnote_eval("compare", world.out, world.out / "model_alone")
    assert isinstance(result.exception, BadInputError)
