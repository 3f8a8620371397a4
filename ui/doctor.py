"""Whether everything that Footnote needs is in place, and how to mend what is not."""

import os
import platform
import re
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.settings import ModelSettings

_ENOUGH_MEMORY = 2.8
_ENOUGH_DISK = 4.0
_GB = 1e9
_TOLD = ("faiss-cpu", "gradio", "torch", "transformers")
_INSTRUCTIONS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16")
_FORMS = {
    "packed": "8-bit weights packed for VNNI by serve and eval",
    "seven bits": "7-bit weights packed for AVX2, for want of VNNI",
    "stored": "8-bit weights as they are stored, for want of VNNI",
}
_REQUIREMENT = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `remedy` says how to mend it when it is not good."""

    name: str
    good: bool
    detail: str
    remedy: str | None = None

    def __str__(self) -> str:
        mending = f" -> {self.remedy}" if self.remedy and not self.good else ""
        return f"{'✓' if self.good else '✗'} {self.name}: {self.detail}{mending}"

    def to_json(self) -> dict[str, object]:
        """The object that ``footnote doctor --json`` prints."""
        return asdict(self)


def examine() -> list[Finding]:
    """Looks at everything; never raises, and writes nothing."""
    checks: dict[str, Callable[[str], Finding]] = {
        "Python": _python,
        "packages": _packages,
        "processor": _processor,
        "memory": _memory,
        "disk": _disk,
        "folder": _folder,
        "embedding model": _embedding_model,
        "index": _index,
        "language model": _language_model,
        "runtime": _runtime,
    }
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(_guarded, checks.keys(), checks.values()))


def _guarded(name: str, check: Callable[[str], Finding]) -> Finding:
    from index.errors import FootnoteError

    try:
        return check(name)
    except FootnoteError as error:
        return Finding(name, False, *_split_remedy(str(error)))
    except Exception as error:
        problem = f"can't be examined: {type(error).__name__}: {error}"
        return Finding(name, False, problem, "Run `make setup`; if it stays so, report it.")


def _split_remedy(message: str) -> tuple[str, str | None]:
    """Footnote's errors end with the command that mends them: what is wrong, and that."""
    wrong, _, command = message.partition("run `") if "run `" in message else message.partition("Run `")
    return (wrong.rstrip("; ,"), f"Run `{command}") if command else (message, None)


def _python(name: str) -> Finding:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding(name, sys.version_info >= (3, 11), found, "Install Python 3.11 or newer.")


def _packages(name: str) -> Finding:
    needed = [line for line in requires("footnote") or [] if "extra ==" not in line]
    names = [match.group() for line in needed if (match := _REQUIREMENT.match(line))]
    missing = [package for package in names if _version(package) is None]
    if missing:
        return Finding(name, False, f"missing: {', '.join(missing)}", "Run `make setup`.")
    told = ", ".join(f"{package} {_version(package)}" for package in names if package in _TOLD)
    return Finding(name, True, f"all {len(names)} are installed ({told})")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor(name: str) -> Finding:
    from rag.runtime import default_threads

    cores = default_threads()
    known = _lines(Path("/proc/cpuinfo"), "flags")
    flags = known[0].split() if known else []
    told = [flag for flag in _INSTRUCTIONS if flag in flags]
    speedups = f", {', '.join(told)}" if told else ""
    return Finding(name, True, f"{cores} core{'s' * (cores != 1)}{speedups}")


def _memory(name: str) -> Finding:
    free = _available_memory()
    if free is None:
        return Finding(name, True, "how much is free is not known on this system")
    remedy = f"Close other programs: answering takes up to {_ENOUGH_MEMORY:.1f} GB."
    return Finding(name, free >= _ENOUGH_MEMORY, f"{free:.1f} GB free", remedy)


def _available_memory() -> float | None:
    """Gigabytes that a new process may take, as the system and its control group say."""
    limits = []
    for line in _lines(Path("/proc/meminfo"), "MemAvailable"):
        limits.append(int(line.split()[0]) * 1024)
    most, used = (_lines(Path(f"/sys/fs/cgroup/memory.{part}")) for part in ("max", "current"))
    given_back = _lines(Path("/sys/fs/cgroup/memory.stat"), "inactive_file")
    if most and used and most[0].isdigit():
        limits.append(int(most[0]) - int(used[0]) + sum(int(one) for one in given_back))
    return min(limits) / _GB if limits else None


def _lines(path: Path, key: str = "") -> list[str]:
    """What stands after this key in a file of the kernel; nothing where there is no such file."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return []
    return [line.removeprefix(key).strip(" \t:") for line in text.splitlines() if line.startswith(key)]


def _disk(name: str) -> Finding:
    free = shutil.disk_usage(_existing_part_of_home()).free / _GB
    ready = not _is_to_be_fetched(_chosen_model())
    remedy = f"Free {_ENOUGH_DISK:.0f} GB for the language model, or set FOOTNOTE_HOME to another disk."
    return Finding(name, ready or free >= _ENOUGH_DISK, f"{free:.1f} GB free", remedy)


def _folder(name: str) -> Finding:
    from index.home import home

    writable = os.access(_existing_part_of_home(), os.W_OK | os.X_OK)
    detail = f"{home()} {'can' if writable else 'can not'} be written"
    return Finding(name, writable, detail, "Set FOOTNOTE_HOME to a folder that can be written.")


def _existing_part_of_home() -> Path:
    from index.home import home

    return next(path for path in (home(), *home().parents) if path.exists())


def _embedding_model(name: str) -> Finding:
    from index.embedding import MiniLM, checked_files, model_folder

    checked_files(model_folder())
    return Finding(name, True, f"{MiniLM.name}, every file is the one that was tested")


def _index(name: str) -> Finding:
    from index.embedding import MiniLM
    from index.home import default_store
    from index.store import open_index

    found = open_index(default_store(), MiniLM().fingerprint)
    articles, passages = len(found.articles), len(found.passages)
    return Finding(name, True, f"{articles} article{'s' * (articles != 1)}, {passages} passages")


def _chosen_model() -> "ModelSettings":
    from ui.settings import load_settings

    return load_settings({}).model


def _is_to_be_fetched(chosen: "ModelSettings") -> bool:
    """Whether it is a model of the catalogue that is not here yet."""
    from rag.catalogue import catalogue
    from rag.model_store import stored
    from rag.runtime import form_of

    model = chosen.name or catalogue().default
    if chosen.server or model not in catalogue().models:
        return False
    return not stored(model).is_ready(form_of(chosen.runtime))


def _language_model(name: str) -> Finding:
    from rag.catalogue import catalogue
    from rag.runtime import form_of, located

    chosen = _chosen_model()
    if chosen.server:
        return Finding(name, True, "none is needed here, for a server is asked")
    model = chosen.name or catalogue().default
    located(model, form_of(chosen.runtime))
    checked = ", every file is as it was stored" if model in catalogue().models else ""
    return Finding(name, True, f"{model}{checked}")


def _runtime(name: str) -> Finding:
    from rag.runtime import as_runtime, default_threads

    settings = _chosen_model()
    if settings.server:
        return Finding(name, True, f"the server at {settings.server}")
    chosen = as_runtime(settings.runtime)
    threads = f"{default_threads()} thread{'s' * (default_threads() != 1)}"
    if chosen == "transformers":
        return Finding(name, True, f"transformers {version('transformers')}, {threads}")
    from rag.packing import quickest_form

    form = _FORMS[quickest_form()]
    return Finding(name, True, f"torch {version('torch')}, {form}, {threads}")
