"""The local model folder: GGUF files, and the fast-loading folders made from them.

models/NAME/FILE.gguf                        as fetched
models/NAME/int8-2-cc324af070c2/             converted once; manifest.json names each file's SHA-256
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import NotReadyError
from index.home import home
from rag.catalogue import CatalogueModel, FileName, Sha256, catalogue
from rag.conversion import FORM_VERSION, Progress, convert
from rag.fetching import BytesProgress, fetch_gguf, sha256_of

Form = Literal["int8", "transformers"]
_MANIFEST = "manifest.json"


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    bytes: int
    sha256: Sha256


class _Manifest(BaseModel):
    """What a converted folder was made from and with, and the hash of every file in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    form: Form
    form_version: int
    source_sha256: Sha256
    packages: dict[str, str]
    files: dict[FileName, _File]


@dataclass(frozen=True, slots=True)
class StoredModel:
    """A model's place in the local folder; nothing says that it is there yet."""

    name: str
    folder: Path
    source: Path
    source_sha256: str

    def form_folder(self, form: Form) -> Path:
        """Where the converted form stands or would stand."""
        return self.folder / f"{form}-{FORM_VERSION}-{self.source_sha256[:12]}"

    def is_ready(self, form: Form) -> bool:
        """Whether the converted form is there (its hashes are checked when it is opened)."""
        return (self.form_folder(form) / _MANIFEST).is_file()


def models_folder() -> Path:
    """The folder of all models; FOOTNOTE_HOME moves it."""
    return home() / "models"


def stored(name: str) -> StoredModel:
    """The place of a catalogue model."""
    model = catalogue().find(name)
    folder = models_folder() / name
    return StoredModel(name, folder, folder / model.file, model.sha256)


def stored_gguf(path: Path) -> StoredModel:
    """The place of the forms made from a GGUF file that the user named."""
    digest = sha256_of(path)
    return StoredModel(path.name, models_folder() / f"{path.stem}-{digest[:12]}", path, digest)


def prepare(
    name: str, form: Form, fetched: BytesProgress, converted: Progress, started: Callable[[str], None]
) -> Path:
    """Fetches and converts a catalogue model unless that was done before; returns the form's folder.

    Args:
        name: A catalogue name.
        form: The form that the runtime loads.
        fetched: Progress of the download, in bytes.
        converted: Progress of the conversion, in layers.
        started: Called with the name of each step that really runs.

    Raises:
        NotReadyError: It can't be fetched, or another process is at it.
    """
    place = stored(name)
    if place.is_ready(form):
        return place.form_folder(form)
    place.folder.mkdir(parents=True, exist_ok=True)
    with FileLock(place.folder / ".lock"):
        if not place.is_ready(form):
            started("fetch")
            fetch_gguf(catalogue().find(name), place.source, fetched)
            started("convert")
            make_form(place, form, converted)
    return place.form_folder(form)


def make_form(place: StoredModel, form: Form, progress: Progress) -> Path:
    """Converts the GGUF file; the folder appears whole or not at all."""
    target = place.form_folder(form)
    place.folder.mkdir(parents=True, exist_ok=True)
    for stale in place.folder.glob(f".{form}-*"):
        shutil.rmtree(stale)
    work = Path(tempfile.mkdtemp(prefix=f".{form}-", dir=place.folder))
    convert(place.source, work, form, progress)
    manifest = _Manifest(
        form=form,
        form_version=FORM_VERSION,
        source_sha256=place.source_sha256,
        packages={package: version(package) for package in ("gguf", "safetensors", "transformers")},
        files={
            path.name: _File(bytes=path.stat().st_size, sha256=sha256_of(path))
            for path in sorted(work.iterdir())
        },
    )
    (work / _MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
    for path in work.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    shutil.rmtree(target, ignore_errors=True)
    os.replace(work, target)
    return target


def open_form(place: StoredModel, form: Form, command: str) -> Path:
    """The form's folder, after every file in it was checked against its hash.

    Args:
        place: The model.
        form: The form that the runtime loads.
        command: The command that mends a missing or altered folder, for the message.

    Raises:
        NotReadyError: The folder is missing, or a file in it is missing or altered.
    """
    folder = place.form_folder(form)
    if not place.is_ready(form):
        raise NotReadyError(f"The model {place.name!r} is not on this machine yet. Run `{command}`.")
    try:
        text = (folder / _MANIFEST).read_text(encoding="utf-8")
        manifest = _Manifest.model_validate(json.loads(text))
    except (OSError, ValueError, ValidationError) as error:
        raise NotReadyError(f"{folder / _MANIFEST} can't be read. Run `{command} --force`.") from error
    for name, expected in manifest.files.items():
        path = folder / name
        found = sha256_of(path) if path.is_file() else "no such file"
        if found != expected.sha256:
            raise NotReadyError(
                f"The model file {path} is not what was stored: SHA-256 {expected.sha256[:16]}… expected, "
                f"found {found[:16]}. Run `{command} --force`."
            )
    return folder


def hub_folder(repository: str) -> Path:
    """Where the files of a hub repository stand."""
    return models_folder() / "hub" / repository.replace("/", "--")


def fetch_hub_model(repository: str) -> Path:
    """Downloads a repository's safetensors weights, tokenizer and configuration; no code.

    Raises:
        NotReadyError: It can't be had.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        patterns = ["*.safetensors", "*.json", "*.txt", "*.model", "*.jinja"]
        snapshot_download(repository, local_dir=hub_folder(repository), allow_patterns=patterns)
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, ValueError) as error:
        reason = str(error).splitlines()[0][:300]
        raise NotReadyError(
            f"The hub repository {repository!r} can't be fetched: {reason}. Check its name and the network."
        ) from error
    return hub_folder(repository)


def open_hub_model(repository: str) -> Path:
    """The folder of a repository that was fetched before; the network is not asked.

    Raises:
        NotReadyError: It was not.
    """
    folder = hub_folder(repository)
    if not (folder / "config.json").is_file():
        raise NotReadyError(
            f"The model {repository!r} is not on this machine yet. Run `footnote models fetch {repository}`."
        )
    return folder


def remove(place: StoredModel, model: CatalogueModel) -> None:
    """Deletes a catalogue model's converted folders, and its GGUF file when that is altered."""
    for folder in place.folder.glob("*-*-*/"):
        shutil.rmtree(folder)
    if place.source.exists() and sha256_of(place.source) != model.sha256:
        place.source.unlink()
