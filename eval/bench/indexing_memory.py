"""The memory and the time that it takes to index very many passages, in a process of its own."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from eval.bench.corpus import write_corpus
from eval.bench.measure import Measure, Readings
from eval.bench.process import peak_of
from eval.bench.world import World

_PASSAGES = 100_000

PEAK = Measure("indexing_memory.peak", f"indexing {_PASSAGES:,} passages: most memory held", "GB")
SECONDS = Measure("indexing_memory.seconds", f"indexing {_PASSAGES:,} passages")


def rounds(world: World) -> Iterator[Readings]:
    """Runs ``footnote index`` with a home of its own."""
    while True:
        with tempfile.TemporaryDirectory(prefix="footnote-bench-") as made:
            folder = Path(made) / "articles"
            folder.mkdir()
            write_corpus(folder, world.article.text, _PASSAGES)
            home = {"FOOTNOTE_HOME": str(Path(made) / "home")}
            before = time.perf_counter()
            peak = peak_of([*world.options.command, "index", str(folder)], home)
            yield {PEAK: peak, SECONDS: time.perf_counter() - before}
