"""Measures how quick Footnote is, and prints each figure beside its goal.

python -m eval.bench [--only NAME,… --repeats N --questions N --out DIR --model NAME]
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from eval.bench import BENCHMARKS
from eval.bench.run import PAGE, names_of, run
from eval.bench.table import table
from eval.bench.world import Options
from eval.command_line import add_model_options, model_choice, positive, show_progress, tools_of
from index.errors import FootnoteError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmarks; the exit code is 0 unless one of them broke or none could be run."""
    given = _options(arguments)
    try:
        choice = model_choice(given)
        options = Options(given.out, names_of(given.only), given.repeats, given.questions, choice)
        report = run(options, tools_of(choice), show_progress)
    except FootnoteError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    Console().print(table(report), options.out / PAGE)
    return 1 if report["broken"] else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    out = Path("eval") / "out" / f"bench-{time.strftime('%Y%m%d-%H%M%S')}"
    listed = "\n".join(
        f"  {name:16} {benchmark.says}{' (only when it is named)' if benchmark.slow else ''}"
        for name, benchmark in BENCHMARKS.items()
    )
    parser = argparse.ArgumentParser(
        prog="python -m eval.bench",
        description="Measure how quick Footnote is.",
        epilog=f"benchmarks:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", default="", metavar="NAME,…", help="these benchmarks")
    parser.add_argument("--repeats", type=positive, default=3, help="rounds of each, after one to warm up")
    parser.add_argument("--questions", type=positive, default=40, help="a fixed sample of so many")
    parser.add_argument("--out", type=Path, default=out, help="where figures and page go")
    add_model_options(parser)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
