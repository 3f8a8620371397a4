"""The settings of `footnote serve`: what each is, where it may stand, and which place wins.

A setting is looked for on the command line, then in the environment, then in `footnote.toml`; else it has its
default. `docs/configuration.md` lists them all.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import BadInputError

FILE = "footnote.toml"
CONFIG_VARIABLE = "FOOTNOTE_CONFIG"
_PREFIX = "FOOTNOTE_"
_NOT_SETTINGS = frozenset({"FOOTNOTE_SERVER_KEY"})
"""Begins as the settings of a section do, but is a secret that the environment alone holds."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, validate_by_name=True)


class ServerSettings(_Section):
    """Where the server listens, and how it stops."""

    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(default=7860, ge=1, le=65535, description="Port to listen on.")
    grace: float = Field(
        default=20.0,
        ge=0,
        le=3600,
        description="Seconds that a running answer gets when the server is told to stop.",
    )
    hosts: str | None = Field(
        default=None,
        description="Names, separated by commas, under which the server answers; `*` is any name.",
    )
    proxies: str | None = Field(
        default=None,
        description="Addresses of proxies, separated by commas, that are believed whom they ask for.",
    )

    @property
    def address(self) -> str:
        """Where browsers find the page."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


class ModelSettings(_Section):
    """The language model."""

    name: str | None = Field(
        default=None, description="A catalogue name, GGUF file, local folder or hub repository."
    )
    runtime: str = Field(default="auto", description="`auto`, `int8` or `transformers`.")
    server: str | None = Field(default=None, description="Base address of an OpenAI-compatible server.")


class QueueSettings(_Section):
    """The line before the model, which answers one question at a time."""

    waiting: int = Field(
        default=8,
        ge=0,
        le=1000,
        description="How many questions may wait; a further one is refused with `busy`.",
    )
    deadline: float = Field(
        default=60.0,
        gt=0,
        le=3600,
        description="Seconds that an answer may take, the wait for its turn included.",
    )


class LogSettings(_Section):
    """The log, on stderr."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least that is told."
    )
    as_json: bool = Field(default=False, alias="json", description="One JSON object a line, for programs.")
    questions: bool = Field(default=False, description="Whether the questions' text is logged too.")


class UploadSettings(_Section):
    """Articles that people bring while the server runs."""

    allow: bool = Field(default=False, description="Whether articles may be uploaded, and deleted again.")
    max_megabytes: int = Field(default=20, ge=1, le=50, description="How large an uploaded file may be.")
    max_articles: int = Field(
        default=100, ge=1, le=10_000, description="How many uploaded articles are kept at most."
    )


class FeedbackSettings(_Section):
    """What people say of the answers."""

    keep: bool = Field(default=True, description="Whether ratings of answers are kept, in `feedback.jsonl`.")


class SitesSettings(_Section):
    """The web sites that may embed this server."""

    file: str | None = Field(
        default=None,
        description="Where the sites are kept; `sites.json` among Footnote's data when left out.",
    )
    require_token: bool = Field(
        default=False, description="Whether nobody gets an answer without a token of a site."
    )


class LimitSettings(_Section):
    """How much one address, or one user of a site, may ask; this machine itself has no limit."""

    requests_per_minute: int = Field(
        default=120, ge=1, le=1_000_000, description="Requests of one address or user in a minute."
    )
    streams: int = Field(
        default=8, ge=1, le=10_000, description="Answers of one address or user under way at the same time."
    )


class Settings(_Section):
    """All settings."""

    server: ServerSettings = ServerSettings()
    model: ModelSettings = ModelSettings()
    queue: QueueSettings = QueueSettings()
    log: LogSettings = LogSettings()
    upload: UploadSettings = UploadSettings()
    feedback: FeedbackSettings = FeedbackSettings()
    sites: SitesSettings = SitesSettings()
    limits: LimitSettings = LimitSettings()


OPTIONS = {
    "server.host": "host",
    "server.port": "port",
    "model.name": "model",
    "model.runtime": "runtime",
    "model.server": "server",
    "upload.allow": "allow-upload",
    "sites.file": "sites",
}
"""Settings that are options of the command line too, and short variables."""


def paths() -> Iterator[tuple[str, str]]:
    """Every setting's path, such as ``queue.waiting``, with its variable."""
    for section, keys in _keys().items():
        for key in keys:
            path = f"{section}.{key}"
            yield path, f"{_PREFIX}{OPTIONS.get(path, f'{section}_{key}')}".upper().replace("-", "_")


def load_settings(
    options: Mapping[str, object], config: Path | None = None, environment: Mapping[str, str] = os.environ
) -> Settings:
    """The settings from all their places.

    Args:
        options: What the command line says; None says nothing.
        config: The file that the command line names.
        environment: The variables.

    Raises:
        BadInputError: A file, key or value can't be used; the message names it in full.
    """
    _check_variables(environment)
    file = _chosen_file(config, environment)
    values: dict[str, Any] = _read(file) if file else {}
    sources: dict[str, str] = {}
    for path, variable in paths():
        if environment.get(variable):
            _put(values, path, environment[variable])
            sources[path] = variable
        option = OPTIONS.get(path, "")
        if options.get(option) is not None:
            _put(values, path, options[option])
            sources[path] = f"--{option}"
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise BadInputError(_told(error, sources, str(file))) from None


def _keys() -> dict[str, list[str]]:
    return {
        section: [field.alias or key for key, field in type(settings).model_fields.items()]
        for section, settings in Settings()
    }


def _chosen_file(config: Path | None, environment: Mapping[str, str]) -> Path | None:
    """The file to read: the one that is named, or else the one in this folder if there is one."""
    named = config or (Path(environment[CONFIG_VARIABLE]) if environment.get(CONFIG_VARIABLE) else None)
    return named or (Path(FILE) if Path(FILE).exists() else None)


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInputError(
            f"The configuration file {str(file)!r} can't be read: {error.strerror}."
        ) from error
    except ValueError as error:
        raise BadInputError(f"The configuration file {str(file)!r} is not TOML: {error}.") from error


def _put(values: dict[str, Any], path: str, value: object) -> None:
    section, _, key = path.partition(".")
    inner = values.setdefault(section, {})
    if isinstance(inner, dict):  # else the file is wrong there, which validating tells
        inner[key] = value


def _check_variables(environment: Mapping[str, str]) -> None:
    known = {variable for _, variable in paths()} | _NOT_SETTINGS
    sections = {f"{_PREFIX}{section}_".upper(): section for section in _keys()}
    for name in sorted(environment.keys() - known):
        section = next((section for start, section in sections.items() if name.startswith(start)), None)
        if section is not None:
            allowed = [variable for path, variable in paths() if path.startswith(f"{section}.")]
            raise BadInputError(f"There is no setting {name}; there are {', '.join(allowed)}.")


def _told(error: ValidationError, sources: Mapping[str, str], file: str) -> str:
    """The first problem in one line: where the value stands, its path, and what is allowed."""
    first = error.errors(include_url=False)[0]
    path = ".".join(str(part) for part in first["loc"])
    source = sources.get(path, file)
    if first["type"] == "extra_forbidden":
        section, _, key = path.rpartition(".")
        allowed = _keys().get(section, list(_keys()))
        kind = f"[{section}] has" if key and section else "the sections are"
        return f"{source}: there is no setting {path}; {kind} {', '.join(allowed)}."
    return f"{source}: {path} can't be {first['input']!r}: {first['msg'][0].lower()}{first['msg'][1:]}."
