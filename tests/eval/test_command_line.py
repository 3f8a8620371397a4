import argparse

import pytest

from eval.command_line import ModelChoice, add_model_options, model_choice, positive, show_progress, tools_of
from index.errors import BadInputError


def _given(*arguments: str) -> ModelChoice:
    parser = argparse.ArgumentParser()
    add_model_options(parser)
    return model_choice(parser.parse_args(arguments))


def test_options_come_before_the_environment_and_that_before_the_defaults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("MODEL", "RUNTIME", "SERVER"):
        monkeypatch.delenv(f"FOOTNOTE_{name}", raising=False)
    assert _given() == ModelChoice(None, "auto", None)
    monkeypatch.setenv("FOOTNOTE_MODEL", "a")
    monkeypatch.setenv("FOOTNOTE_RUNTIME", "int8")
    assert _given() == ModelChoice("a", "int8", None)
    chosen = _given("--model", "b", "--runtime", "transformers", "--server", "http://c/v1")
    assert chosen == ModelChoice("b", "transformers", "http://c/v1")


def test_the_record_names_the_server_or_the_runtime() -> None:
    assert ModelChoice("b", server="http://c/v1").record() == {"name": "b", "server": "http://c/v1"}
    assert ModelChoice("org/b", "transformers").record() == {"name": "org/b", "runtime": "transformers"}


def test_a_runtime_that_is_not_there_is_named_before_anything_is_loaded() -> None:
    with pytest.raises(BadInputError, match="'abacus'"):
        tools_of(ModelChoice(runtime="abacus"))


@pytest.mark.parametrize("wrong", ["0", "-2", "x", "1.5", ""])
def test_only_what_counts_something_is_positive(wrong: str) -> None:
    assert positive("3") == 3
    with pytest.raises(ValueError, match=r".*"):
        positive(wrong)


def test_progress_ends_its_line_when_all_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    show_progress("product", 1, 2)
    show_progress("product", 2, 2)
    assert capsys.readouterr().err == "\rproduct 1/2 \rproduct 2/2 \n"
