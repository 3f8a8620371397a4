"""Kills a process that keeps indexing, again and again, and opens the index after each death.

usage: kill_writers.py FOLDER TIMES
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

import bm25s  # noqa: F401
import faiss  # noqa: F401

sys.path.insert(0, str(Path(__file__).parents[1]))
from fakes import HashingEmbedder

from index.build import build_index
from index.store import open_index

ARTICLES = 3


def write_forever(folder: Path, store: Path, version: int) -> None:
    """Indexes one version of the articles after another."""
    while True:
        version += 1
        for number in range(ARTICLES):
            (folder / f"{number}.txt").write_text(
                f"Version {version}. " * (10 + version % 7), encoding="utf-8"
            )
        build_index([folder], store, HashingEmbedder())


def check(store: Path, oldest: int) -> int:
    """The version that all articles of the index are of."""
    index = open_index(store, HashingEmbedder().fingerprint)
    versions = {int(article.text.split()[1].strip(".")) for article in index.articles.values()}
    if len(versions) != 1 or min(versions) < oldest or len(index.articles) != ARTICLES:
        raise SystemExit(f"mixed or older: {versions}, had {oldest}")
    version = versions.pop()
    if len(index.passages) != ARTICLES * (10 + version % 7) or len(index.dense) != len(index.passages):
        raise SystemExit(f"parts don't fit at version {version}")
    return version


def main() -> None:
    """Runs the loop."""
    root, times = Path(sys.argv[1]), int(sys.argv[2])
    folder, store = root / "seeds", root / "store"
    folder.mkdir()
    chance = random.Random(0)
    version, good = 0, 0
    while good < times:
        child = os.fork()
        if child == 0:
            write_forever(folder, store, version)
        if version == 0:
            while not (store / "CURRENT").exists():
                time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        version = check(store, version)
        good += 1
    sys.stdout.write(f"{good} of {times} survived, up to version {version}\n")


if __name__ == "__main__":
    main()
