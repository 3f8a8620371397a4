"""What the tests of benchmarks share: a run on the small world, and a small stand-in for the command."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scripted import ScriptedGenerator
from small_world import REPLIES, World

from eval.bench.world import Options
from eval.bench.world import World as Bench

COMMAND = """
import json, socket, sys, time
name = sys.argv[1]
if name == "--help":
    print("Usage: footnote")
elif name == "ask":
    print(json.dumps({"question": sys.argv[2], "timings": {"total": 0.0}}))
elif name == "serve":
    listening = socket.create_server(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])))
    time.sleep(600)
elif name == "index":
    print("Indexed", len(list(__import__("pathlib").Path(sys.argv[2]).iterdir())), "articles")
else:
    sys.exit("no such command")
"""

MakeBench = Callable[..., Bench]


@pytest.fixture
def options(world: World, tmp_path: Path) -> Options:
    """A single round on the small world, with a stand-in for ``footnote``."""
    script = tmp_path / "footnote.py"
    script.write_text(COMMAND, encoding="utf-8")
    command = (sys.executable, str(script))
    return Options(world.out, repeats=1, gold=world.gold, seeds=world.seeds, command=command)


@pytest.fixture
def make_bench(world: World, options: Options) -> MakeBench:
    """Makes what benchmarks are given, with a generator and options of one's own."""

    def made(generator: ScriptedGenerator | None = None, **changed: Any) -> Bench:  # noqa: ANN401
        tools = world.tools(generator or ScriptedGenerator(REPLIES))
        return Bench(replace(options, **changed), tools)

    return made


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    return make_bench()
