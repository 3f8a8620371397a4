"""All that decided a run's figures, so that they can be made again: data, models, settings, code, machine."""

import hashlib
import json
import os
import platform
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from index.embedding import Embedder
from index.store import Index
from rag.catalogue import catalogue
from rag.fetching import sha256_of
from rag.runtime import default_threads

SEED = 20
"""Of every bootstrap in a report."""

DRAWS = 2000
"""Of every bootstrap in a report."""

_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
_CODE = ("index", "rag")
_CODE_FILES = frozenset({".py", ".md", ".toml", ".safetensors"})
_DECISIVE = ("footnote", "code", "gold", "articles", "index", "embedding", "prompts", "settings", "packages")


def configuration(
    gold: Path, seeds: Path, index: Index, embedder: Embedder, model: Mapping[str, object]
) -> dict[str, Any]:
    """The whole configuration of a run.

    Args:
        gold: The gold file.
        seeds: The folder of articles.
        index: The index of that folder.
        embedder: The one that the index was built with.
        model: What `model_record` says; empty when no language model is asked.
    """
    return {
        "footnote": version("footnote"),
        "git": _git_revision(),
        "code": hash_of_code(Path(str(files(package))) for package in _CODE),
        "gold": {"file": str(gold), "sha256": sha256_of(gold)},
        "seeds": str(seeds),
        "articles": {name: article.sha256 for name, article in sorted(index.articles.items())},
        "index": index.manifest.recipe.model_dump(mode="json"),
        "embedding": {"name": embedder.name, "fingerprint": embedder.fingerprint},
        "model": dict(model),
        "prompts": dict(_prompts()),
        "settings": dict(settings_of(_CODE)),
        "packages": dict(_packages()),
        "python": platform.python_version(),
        "machine": _machine(),
        "bootstrap": {"seed": SEED, "draws": DRAWS},
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def model_record(model: str | None, runtime: str, server: str | None) -> dict[str, object]:
    """The model by name and hash, as far as it can be told: a server does not say what it serves."""
    if server is not None:
        return {"name": model or "default", "server": server}
    name = model or catalogue().default
    if name in catalogue().models:
        return {"name": name, "runtime": runtime, "sha256": catalogue().models[name].sha256}
    if Path(name).is_file():
        return {"name": Path(name).name, "runtime": runtime, "sha256": sha256_of(Path(name))}
    return {"name": name, "runtime": runtime}


def hash_of(configuration: Mapping[str, Any], system: str, condition: str, uses_model: bool) -> str:
    """A hash over all that decides what a system answers; not over machine, clock or selection."""
    decisive = {key: configuration[key] for key in _DECISIVE}
    decisive["gold"] = configuration["gold"]["sha256"]
    if uses_model:
        decisive["model"] = configuration["model"]
    text = json.dumps([decisive, system, condition], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The decisive parts in which two configurations differ."""
    return [key for key in (*_DECISIVE, "model") if before.get(key) != now.get(key)]


def hash_of_code(folders: Iterable[Path]) -> str:
    """A hash over the files that answer questions, probes too, so that uncommitted changes show."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _CODE_FILES:
                place = path.relative_to(folder.parent).as_posix()
                total.update(f"{place} {sha256_of(path)}\n".encode())
    return total.hexdigest()


def settings_of(packages: Iterable[str]) -> Iterator[tuple[str, int | float]]:
    """Every numeric constant of the code, by its module."""
    for package in packages:
        for module in walk_packages([str(files(package))], f"{package}."):
            for name, value in vars(import_module(module.name)).items():
                if type(value) in {int, float} and _CONSTANT.fullmatch(name):
                    yield f"{module.name}.{name}", value


def _git_revision() -> str | None:
    """The commit that is checked out, marked when files differ from it; None outside of a checkout."""
    root = Path(str(files("eval"))).parent
    if not (root / ".git").exists():
        return None
    revision = _git(root, "rev-parse", "HEAD")
    changes = _git(root, "status", "--porcelain", "--untracked-files=no")
    return f"{revision} with changes" if revision and changes else revision


def _git(root: Path, *arguments: str) -> str | None:
    try:
        command = ["git", "-C", str(root), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _prompts() -> Iterator[tuple[str, str]]:
    """The hash of every prompt of the product and of the baselines."""
    for name, folder in (("rag", files("rag") / "prompts"), ("eval", files("eval") / "systems" / "prompts")):
        for path in sorted(Path(str(folder)).glob("*.md")):
            yield f"{name}/{path.name}", sha256_of(path)


def _packages() -> Iterator[tuple[str, str]]:
    """The versions of the packages that Footnote names."""
    for line in sorted(requires("footnote") or []):
        match = re.match(r"[\w.-]+", line)
        if match and "extra ==" not in line:
            try:
                yield match.group(), version(match.group())
            except PackageNotFoundError:
                yield match.group(), "not installed"


def _machine() -> dict[str, object]:
    return {
        "platform": platform.platform(),
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "threads": default_threads(),
    }


def _cpu() -> str:
    """The processor's model."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor() or platform.machine()
    match = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return match.group(1) if match else platform.machine()
