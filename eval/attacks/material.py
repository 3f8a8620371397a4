"""What attacks are built on: Footnote's own articles, and a few ordinary questions about each."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from eval.goldset import GoldQuestion, half, load_gold
from eval.selection import sample
from index.home import shipped_seeds
from index.reading import read_sources

ANSWERABLE, UNANSWERABLE = 5, 3
"""How many questions of an article are used."""

_ASKED = frozenset({"lookup", "number", "yes_no", "reason", "quotation", "paraphrase"})
_NOT_SAID = frozenset({"near", "false_premise"})


@dataclass(frozen=True, slots=True)
class Material:
    """An article with development questions that it answers, and some that it does not."""

    name: str
    text: str
    gold: Path
    answerable: tuple[GoldQuestion, ...]
    unanswerable: tuple[GoldQuestion, ...]


def shipped_material() -> tuple[Material, ...]:
    """The shipped article and the invented ones, by name."""
    eval_folder = Path(str(files("eval")))
    sources = read_sources([shipped_seeds(), eval_folder / "articles"])
    golds = {source.name: eval_folder / "gold" / f"{Path(source.name).stem}.jsonl" for source in sources}
    return tuple(
        _material(source.name, source.text, golds[source.name])
        for source in sources
        if golds[source.name].exists()
    )


def _material(name: str, text: str, gold: Path) -> Material:
    usable = [question for question in load_gold(gold, {name: text}) if _usable(question)]
    return Material(
        name,
        text,
        gold,
        sample([one for one in usable if one.answerable and one.category in _ASKED], ANSWERABLE),
        sample([one for one in usable if not one.answerable and one.category in _NOT_SAID], UNANSWERABLE),
    )


def _usable(question: GoldQuestion) -> bool:
    """Whether it is for development and understood by itself."""
    return half(question.id) == "dev" and not question.history
