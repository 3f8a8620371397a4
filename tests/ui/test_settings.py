from pathlib import Path

import pytest
from conftest import ROOT
from typer.testing import CliRunner

from index.errors import BadInputError
from ui.settings import OPTIONS, Settings, load_settings, paths

DOCUMENT = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def toml(text: str, name: str = "footnote.toml") -> Path:
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def default(path: str) -> object:
    value: object = Settings().model_dump(by_alias=True)
    for part in path.split("."):
        assert isinstance(value, dict)
        value = value[part]
    return value


def test_without_anything_said_all_have_their_defaults() -> None:
    assert load_settings({}, None, {}) == Settings()


def test_the_command_line_wins_over_the_environment_over_the_file_over_the_default() -> None:
    file = toml("[server]\nport = 1\nhost = 'file'\ngrace = 3\n[queue]\nwaiting = 4\n")
    environment = {"FOOTNOTE_PORT": "2", "FOOTNOTE_HOST": "environment"}
    settings = load_settings({"port": 3, "host": None}, None, environment)
    assert (settings.server.port, settings.server.host, settings.server.grace) == (3, "environment", 3)
    assert settings.queue.waiting == 4
    assert settings.queue.deadline == Settings().queue.deadline
    assert load_settings({}, file, {}).server.port == 1


def test_the_file_can_be_named_on_the_command_line_or_in_the_environment() -> None:
    toml("[server]\nport = 1")
    named, other = toml("[server]\nport = 2", "named.toml"), toml("[server]\nport = 3", "other.toml")
    assert load_settings({}, None, {"FOOTNOTE_CONFIG": str(named)}).server.port == 2
    assert load_settings({}, other, {"FOOTNOTE_CONFIG": str(named)}).server.port == 3


@pytest.mark.parametrize(
    ("variable", "path", "value"),
    [(variable, path, default(path)) for path, variable in paths()],
)
def test_every_setting_has_a_variable(variable: str, path: str, value: object) -> None:
    given = {"bool": "true", "int": "7", "float": "7.5"}.get(type(value).__name__, "error")
    settings = load_settings({}, None, {variable: given})
    section, _, key = path.partition(".")
    assert str(settings.model_dump(by_alias=True)[section][key]).lower() == given


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[server]\nprot = 1", ["footnote.toml", "server.prot", "host, port, grace"]),
        ("[sever]\nport = 1", ["footnote.toml", "sever", "server, model, queue, log"]),
        ("port = 1", ["footnote.toml", "port", "server, model, queue, log"]),
        ("[server]\nport = 70000", ["footnote.toml", "server.port", "70000", "65535"]),
        ("[server]\nport = 'many'", ["footnote.toml", "server.port", "'many'", "integer"]),
        ("server = 1", ["footnote.toml", "server", "1"]),
        ("[queue]\nwaiting = -1", ["queue.waiting", "-1", "0"]),
        ("[queue]\ndeadline = nan", ["queue.deadline", "nan"]),
        ("[log]\nlevel = 'loud'", ["log.level", "'loud'", "'debug'"]),
        ("[server", ["footnote.toml", "not TOML"]),
    ],
)
def test_a_wrong_file_is_told_with_the_whole_path_and_what_is_allowed(text: str, said: list[str]) -> None:
    toml(text)
    with pytest.raises(BadInputError) as error:
        load_settings({}, None, {})
    assert "\n" not in str(error.value)
    for part in said:
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"FOOTNOTE_PORT": "many"}, ["FOOTNOTE_PORT", "server.port", "'many'"]),
        ({"FOOTNOTE_QUEUE_WAITNG": "8"}, ["FOOTNOTE_QUEUE_WAITNG", "FOOTNOTE_QUEUE_WAITING"]),
        ({"FOOTNOTE_CONFIG": "nowhere.toml"}, ["nowhere.toml", "can't be read"]),
    ],
)
def test_a_wrong_variable_is_named(environment: dict[str, str], said: list[str]) -> None:
    with pytest.raises(BadInputError) as error:
        load_settings({}, None, environment)
    for part in said:
        assert part in str(error.value)


def test_other_variables_of_footnote_are_left_alone() -> None:
    others = {"FOOTNOTE_HOME": "/x", "FOOTNOTE_DEBUG": "1", "FOOTNOTE_SERVER_KEY": "k", "FOOTNOTE_PORT": ""}
    assert load_settings({}, None, others) == Settings()


def test_a_wrong_setting_ends_the_command_before_anything_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.cli import app

    toml("[server]\nport = 0")
    done = CliRunner().invoke(app, ["serve"])
    assert isinstance(done.exception, BadInputError)
    assert done.exception.exit_code == 2
    assert "server.port" in str(done.exception)


def test_the_document_lists_every_setting_as_it_is() -> None:
    fields = {
        f"{section}.{field.alias or key}": field
        for section, settings in Settings()
        for key, field in type(settings).model_fields.items()
    }
    rows = []
    for path, variable in paths():
        value = default(path)
        shown = "" if value is None else f"`{str(value).lower() if isinstance(value, bool) else value}`"
        option = f" `--{OPTIONS[path]}`" if path in OPTIONS else ""
        rows.append(f"| `{path}` | `{variable}`{option} | {shown} | {fields[path].description} |")
    listed = [line for line in DOCUMENT.splitlines() if line.startswith("| `") and "." in line.split("`")[1]]
    assert listed == rows
