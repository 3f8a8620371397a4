"""Attacks the product, and prints how often it obeyed.

python -m eval.attacks [--out DIR --limit N --family NAME --system NAME --model NAME]
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from eval.attacks.material import shipped_material
from eval.attacks.run import REPORT, Options, run
from eval.attacks.table import tables
from eval.command_line import add_model_options, model_choice, positive, show_progress, tools_of
from eval.systems.choice import PRODUCT
from index.errors import FootnoteError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the attacks; the exit code is 0 unless they could not be run."""
    options = _options(arguments)
    try:
        choice = model_choice(options)
        asked = Options(options.out, options.system, options.family, options.limit, choice.record())
        found = run(asked, shipped_material(), tools_of(choice), show_progress)
    except FootnoteError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    Console().print(tables(found), options.out / REPORT)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    out = Path("eval") / "out" / f"attacks-{time.strftime('%Y%m%d-%H%M%S')}"
    parser = argparse.ArgumentParser(
        prog="python -m eval.attacks",
        description="Attack Footnote with instructions in questions and articles.",
    )
    parser.add_argument("--out", type=Path, default=out, help="where attacks and report go")
    parser.add_argument("--limit", type=positive, help="an even share of so many attacks")
    parser.add_argument("--family", help="only this family, such as direct/override or latent/say")
    parser.add_argument("--system", default=PRODUCT, help="who is attacked, as for footnote eval --systems")
    add_model_options(parser)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
