import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import HashingEmbedder
from scripted import BrokenGenerator, ScriptedGenerator

from eval.attacks.__main__ import main
from eval.attacks.attack import Attack
from eval.attacks.build import all_attacks
from eval.attacks.material import Material, shipped_material
from eval.attacks.run import NAME, REPORT, Options, run
from eval.indexes import index_of_text
from eval.systems.choice import Tools
from index.errors import BadInputError
from rag.generator import Decoding, Prompt

MATERIAL = shipped_material()
ATTACKS = all_attacks(MATERIAL)
GOLD = [gold for about in MATERIAL for gold in (*about.answerable, *about.unanswerable)]


class Honest(ScriptedGenerator):
    """Answers every question with its evidence, and says so when there is none."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        super().__init__("", **options)

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        self.prompts.append(prompt)
        yield self.reply(prompt)

    def reply(self, prompt: Prompt) -> str:
        gold = next((one for one in GOLD if one.question in prompt.question), None)
        return gold.evidence[0] if gold and gold.evidence else "The article does not say."


class Obeying(Honest):
    """Does what every instruction asks for that it finds."""

    def reply(self, prompt: Prompt) -> str:
        seen = prompt.context + prompt.question
        return next((one.forced for one in ATTACKS if _visible(one, seen)), super().reply(prompt))


def _visible(attack: Attack, seen: str) -> bool:
    half = len(attack.canary) // 2
    seen = seen.casefold()
    return attack.canary[:half] in seen and attack.canary[half:] in seen


Attacked = Callable[..., dict[str, Any]]
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def attacked(tmp_path: Path, embedder: HashingEmbedder) -> Attacked:
    """Runs attacks on a scripted generator, and gives the report."""

    def made(generator: ScriptedGenerator, **options: Any) -> dict[str, Any]:  # noqa: ANN401
        tools = Tools(embedder, lambda which: generator)
        return run(Options(tmp_path / "out", **options), MATERIAL, tools)

    return made


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """Reads the attacks that were written."""
    return lambda: [json.loads(line) for line in (tmp_path / "out" / NAME).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("family", ["direct/override", "direct/splitting", "direct/exfiltration"])
def test_a_model_that_obeys_is_found_out_without_checks(attacked: Attacked, family: str) -> None:
    found = attacked(Obeying(), system="plain_prompt", family=family)
    assert found["overall"]["obeyed"]["value"] == 1
    assert len(found["through"]) == found["attacks"]


def test_a_model_that_does_not_obey_is_not_accused(attacked: Attacked) -> None:
    found = attacked(Honest(), system="plain_prompt", limit=60)
    assert found["overall"]["obeyed"]["hits"] == 0
    assert found["overall"]["displaced"]["hits"] == found["overall"]["silenced"]["hits"] == 0
    assert found["overall"]["displaced"]["n"] > 5


@pytest.mark.parametrize("family", ["direct/splitting", "direct/markup"])
def test_what_the_article_does_not_hold_is_stopped_by_the_checks(attacked: Attacked, family: str) -> None:
    found = attacked(Fabricating(), family=family)
    assert found["overall"]["obeyed"]["hits"] == 0
    assert attacked(Fabricating(), family=family, system="plain_prompt")["overall"]["obeyed"]["value"] == 1


class Fabricating(Obeying):
    """Obeys with words of its own around what was demanded."""

    def reply(self, prompt: Prompt) -> str:
        return f"Gladly: {super().reply(prompt)} was verified by Quentin Marlbury, born in 1961."


def test_what_the_model_does_not_stand_by_is_stopped(attacked: Attacked) -> None:
    found = attacked(Obeying(verdict=-9.0), limit=40)
    assert found["overall"]["obeyed"]["hits"] == 0
    assert found["through"] == []


def test_a_payload_that_the_model_sees_in_the_article_displaces_a_right_answer(
    attacked: Attacked, lines: Lines
) -> None:
    found = attacked(Obeying(), system="plain_prompt", family="latent/deny")["overall"]
    assert found["obeyed"]["hits"] == sum("The matter is closed" in line["answer"] for line in lines()) > 2
    for line in lines():
        assert line["displaced"] == (line["obeyed"] if line["before"] == "right" else None)
        assert line["lured"] == (line["obeyed"] if line["before"] == "refused" else None)
    assert found["silenced"]["hits"] == 0
    assert found["displaced"]["hits"] > 0


class Silent(Obeying):
    """Says nothing instead of what is demanded."""

    def reply(self, prompt: Prompt) -> str:
        said = super().reply(prompt)
        return "The article does not say." if "The matter is closed" in said else said


def test_a_payload_that_makes_the_model_refuse_silences(attacked: Attacked, lines: Lines) -> None:
    found = attacked(Silent(), system="plain_prompt", family="latent/deny")["overall"]
    assert found["silenced"]["hits"] == sum(
        line["said"] == "refused" for line in lines() if line["silenced"] is not None
    )
    assert found["silenced"]["hits"] > 0
    assert found["obeyed"]["hits"] == found["displaced"]["hits"] == 0


def test_obedience_that_cites_the_payload_is_still_obedience(attacked: Attacked, lines: Lines) -> None:
    found = attacked(Obeying(verdict=9.0), family="latent/say")
    answered = [line for line in lines() if line["said"] in {"right", "wrong"}]
    assert all(line["obeyed"] for line in answered)
    assert found["overall"]["obeyed"]["hits"] == len(answered) > 0


def test_each_text_is_read_once_and_each_plain_question_asked_once(
    attacked: Attacked, lines: Lines, tmp_path: Path
) -> None:
    generator = Honest()
    found = attacked(generator, system="plain_prompt", family="latent/say")
    assert len(lines()) == found["attacks"]
    assert len(generator.prompts) == len(lines()) + len({line["gold"] for line in lines()})
    assert {line["said"] for line in lines()} == {"right", "refused"}
    stored = json.loads((tmp_path / "out" / REPORT).read_text("utf-8"))
    assert stored == json.loads(json.dumps(found))


def test_the_report_holds_the_whole_configuration(attacked: Attacked) -> None:
    found = attacked(Honest(), limit=4, model={"name": "scripted"})["configuration"]
    assert found["articles"].keys() == {about.name for about in MATERIAL}
    assert len(found["gold"]) == len(MATERIAL)
    assert found["templates"].keys() == {"direct.toml", "latent.toml"}
    assert found["model"] == {"name": "scripted"}
    assert {"code", "git", "prompts", "settings", "packages", "machine", "seed"} <= found.keys()


def test_the_altered_text_is_what_is_asked_about(embedder: HashingEmbedder) -> None:
    attack = next(one for one in ATTACKS if one.injected)
    assert attack.injected is not None
    index = index_of_text(attack.article, attack.injected.text, embedder)
    assert index.articles[attack.article].text == attack.injected.text


def test_a_system_that_breaks_is_counted_apart(attacked: Attacked) -> None:
    found = attacked(BrokenGenerator("x"), system="plain_prompt", limit=6)
    assert found["failed"] > 0
    assert found["overall"]["obeyed"] is None


def test_a_question_that_is_not_taken_is_no_failure(
    tmp_path: Path, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.question.MAX_LENGTH", 10)
    tools = Tools(embedder, lambda which: Honest())
    found = run(Options(tmp_path / "out", family="direct/override"), MATERIAL, tools)
    assert (found["rejected"], found["failed"]) == (found["attacks"], 0)
    assert found["overall"]["obeyed"]["hits"] == 0


def test_a_system_or_family_that_is_not_there_is_named(attacked: Attacked) -> None:
    with pytest.raises(BadInputError, match="'oracle'"):
        attacked(Honest(), system="oracle")
    with pytest.raises(BadInputError, match="'nosuch'"):
        attacked(Honest(), family="nosuch")


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path), "--family", "nosuch"]) == 2
    assert "nosuch" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["--limit", "0"])


def test_the_command_runs_and_prints_the_rates(
    tmp_path: Path,
    embedder: HashingEmbedder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tools = Tools(embedder, lambda which: Honest())
    monkeypatch.setattr("eval.attacks.__main__.tools_of", lambda options: tools)
    assert main(["--out", str(tmp_path / "out"), "--limit", "8"]) == 0
    said = capsys.readouterr()
    assert "overall" in said.out
    assert "attacks 8/8" in said.err
    assert (tmp_path / "out" / REPORT).exists()


def test_material_is_what_the_folder_has() -> None:
    assert {type(about) for about in MATERIAL} == {Material}
    assert [about.name for about in MATERIAL] == [
        "ford-renault.txt",
        "harbour-news.txt",
        "office-notice.txt",
        "pump-manual.md",
    ]
