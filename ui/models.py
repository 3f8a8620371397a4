"""The `footnote models` commands."""

from collections.abc import Iterator
from typing import Any

from index.errors import NotReadyError
from rag.catalogue import catalogue
from rag.fetching import sha256_of
from rag.model_store import Form, fetch_hub_model, open_form, prepare, remove, stored
from rag.runtime import Runtime, form_of, is_hub_name


def model_rows() -> list[dict[str, object]]:
    """One row for each catalogue model."""
    known = catalogue()
    return [
        {
            "name": name,
            "title": model.title,
            "licence": model.licence,
            "bytes": model.bytes,
            "default": name == known.default,
            "fetched": stored(name).source.is_file(),
            "ready": stored(name).is_ready("int8"),
        }
        for name, model in known.models.items()
    ]


def print_rows(rows: list[dict[str, object]]) -> None:
    """Prints the rows as a table."""
    from rich.console import Console
    from rich.table import Table

    table = Table("model", "what it is", "licence", "size", "on this machine")
    for row in rows:
        state = "ready" if row["ready"] else "fetched, not converted" if row["fetched"] else "no"
        name = f"{row['name']} (default)" if row["default"] else str(row["name"])
        size = f"{int(str(row['bytes'])) / 1e9:.2f} GB"
        table.add_row(name, str(row["title"]), str(row["licence"]), size, state)
    Console().print(table)


def fetch(name: str | None, runtime: Runtime, force: bool) -> str:
    """Fetches and converts a model with progress on stderr; returns a line that says what was done."""
    import time

    chosen = name or catalogue().default
    if is_hub_name(chosen):
        return f"{chosen} is ready in {fetch_hub_model(chosen)}"
    form = form_of(runtime)
    place = stored(chosen)
    if force:
        remove(place, catalogue().find(chosen))
    started = time.perf_counter()
    if place.is_ready(form):
        return f"{chosen} is ready in {place.form_folder(form)}"
    steps = _Steps(chosen)
    with steps.display:
        folder = prepare(chosen, form, steps.fetched, steps.converted, steps.start)
    took = ", ".join(f"{step} {seconds:.0f} s" for step, seconds in steps.times(time.perf_counter()))
    return f"{chosen} is ready in {folder} ({took}; {time.perf_counter() - started:.0f} s in all)"


class _Steps:
    """The two progress bars of a fetch, and what each step took."""

    def __init__(self, name: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self.display: Any = Progress(*columns, console=Console(stderr=True))
        self._name = name
        self._started: list[tuple[str, float]] = []
        self._task: Any = None

    def start(self, step: str) -> None:
        import time

        self._started.append((step, time.perf_counter()))
        total = catalogue().find(self._name).bytes
        self._task = self.display.add_task(f"{step} {self._name}", total=total)

    def fetched(self, arrived: int) -> None:
        self.display.advance(self._task, arrived)

    def converted(self, done: int, of: int) -> None:
        total = catalogue().find(self._name).bytes
        self.display.update(self._task, completed=total * done // of)

    def times(self, now: float) -> Iterator[tuple[str, float]]:
        """Each step with its seconds."""
        ends = [start for _, start in self._started[1:]] + [now]
        for (step, start), end in zip(self._started, ends, strict=True):
            yield step, end - start


def verify(name: str | None) -> Iterator[str]:
    """Yields a line for each good file; raises at the first that is missing or altered."""
    names = [name] if name else [n for n in catalogue().models if stored(n).folder.is_dir()]
    if not names:
        raise NotReadyError("No model is on this machine yet. Run `footnote models fetch`.")
    for one in names:
        place, model = stored(one), catalogue().find(one)
        command = f"footnote models fetch {one}"
        if not place.source.is_file():
            raise NotReadyError(f"The model file {place.source} is missing. Run `{command} --force`.")
        found = sha256_of(place.source)
        if found != model.sha256:
            raise NotReadyError(
                f"{place.source} is altered: SHA-256 {model.sha256[:16]}… expected, found {found[:16]}…. "
                f"Run `{command} --force`."
            )
        yield f"{one}: {model.file} is as the catalogue says"
        forms: tuple[Form, ...] = ("int8", "transformers")
        for form in forms:
            if place.is_ready(form):
                folder = open_form(place, form, command)
                yield f"{one}: every file in {folder.name} is as it was stored"
