"""Attacks the product, and prints how often it obeyed.

python -m eval.attacks [--out DIR --limit N --family NAME --system NAME --model NAME]
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from eval.attacks.material import shipped_material
from eval.attacks.run import REPORT, Options, run
from eval.attacks.table import tables
from eval.configuration import model_record
from eval.systems.choice import PRODUCT, Load, Tools
from index.embedding import MiniLM
from index.errors import FootnoteError

if TYPE_CHECKING:
    from rag.generator import Generator


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the attacks; the exit code is 0 unless they could not be run."""
    options = _options(arguments)
    try:
        record = model_record(options.model, options.runtime, options.server)
        asked = Options(options.out, options.system, options.family, options.limit, record)
        found = run(asked, shipped_material(), _tools(options), _progress)
    except FootnoteError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    Console().print(tables(found), options.out / REPORT)
    return 0


def _progress(label: str, done: int, total: int) -> None:
    sys.stderr.write(f"\r{label} {done}/{total} " + ("\n" if done == total else ""))


def _tools(options: argparse.Namespace) -> Tools:
    """The real embedder, and the generator that was chosen."""
    from rag.runtime import as_runtime, load_generator

    chosen = as_runtime(options.runtime)

    def load(which: Load) -> "Generator":
        if which == "transformers":
            return load_generator(options.model, "transformers")
        return load_generator(options.model, chosen, options.server)

    return Tools(MiniLM(), load)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    out = Path("eval") / "out" / f"attacks-{time.strftime('%Y%m%d-%H%M%S')}"
    given = os.environ.get
    parser = argparse.ArgumentParser(
        prog="python -m eval.attacks",
        description="Attack Footnote with instructions in questions and articles.",
    )
    parser.add_argument("--out", type=Path, default=out, help="where attacks and report go")
    parser.add_argument("--limit", type=_positive, help="an even share of so many attacks")
    parser.add_argument("--family", help="only this family, such as direct/override or latent/say")
    parser.add_argument("--system", default=PRODUCT, help="who is attacked, as for footnote eval --systems")
    parser.add_argument("--model", default=given("FOOTNOTE_MODEL"), help="as for footnote ask")
    parser.add_argument("--runtime", default=given("FOOTNOTE_RUNTIME", "auto"), help="as for footnote ask")
    parser.add_argument("--server", default=given("FOOTNOTE_SERVER"), help="as for footnote ask")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


if __name__ == "__main__":
    sys.exit(main())
