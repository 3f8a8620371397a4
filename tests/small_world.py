"""A small world to evaluate: two articles, seven questions about one of them, and a scripted model."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from eval.run import Options
from eval.systems.choice import Tools

PIER = (
    "The board of Tollwick voted to rebuild the north pier. The work will cost 6.4 million pounds. "
    "Harbour master Ilse Brackmoor will lead the work.\n\n"
    "The ferry moves to the south quay in 2031. Its crossing takes thirty minutes."
)
BAKERY = "The bakery opens at seven. Its owner is Rufus Tamsin, who bakes two hundred loaves."
REPLIES = {
    "cost": "The work will cost 6.4 million pounds.",
    "lead": "Ilse Brackmoor will lead the work.",
    "ferry": "The ferry moves to the south quay in 2031.",
    "How long": "The crossing takes thirty minutes.",
    "": "The article does not say.",
}


def _row(
    number: int, question: str, answer: str = "", evidence: str = "", category: str = "lookup"
) -> dict[str, Any]:
    return {
        "id": f"pier-{number}",
        "article": "pier.txt",
        "question": question,
        "answers": [answer] if answer else [],
        "evidence": [evidence] if evidence else [],
        "category": category,
    }


ROWS = [
    _row(1, "What will the work cost?", "6.4 million", "The work will cost 6.4 million pounds.", "number"),
    _row(2, "Who will lead the work?", "Ilse Brackmoor", "Harbour master Ilse Brackmoor will lead the work."),
    _row(3, "Where does the ferry move?", "south quay", "The ferry moves to the south quay in 2031."),
    _row(4, "When does the ferry move?", "2031", "The ferry moves to the south quay in 2031.", "number"),
    _row(5, "How long is the crossing?", "thirty minutes", "Its crossing takes thirty minutes.", "number"),
    _row(6, "What is the name of the north pier's oldest fish?", category="near"),
    _row(7, "Who voted against the board of Tollwick?", category="near"),
]


@dataclass(frozen=True)
class World:
    """Where the small world stands, and ways to run it."""

    gold: Path
    seeds: Path
    out: Path
    embedder: HashingEmbedder

    @property
    def options(self) -> Options:
        return Options(self.gold, self.seeds, self.out)

    def tools(self, generator: ScriptedGenerator | None = None) -> Tools:
        chosen = generator or ScriptedGenerator(REPLIES)
        return Tools(self.embedder, lambda which: chosen)

    def lines(self, *folders: str) -> list[dict[str, Any]]:
        text = self.out.joinpath(*folders, "cases.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def report(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads((self.out / "report.json").read_text(encoding="utf-8"))
        return report


def without_times(value: object) -> object:
    """JSON without what no two runs share: times, and when it was."""
    if isinstance(value, dict):
        dropped = {"timings", "latency", "run_seconds", "started"}
        return {key: without_times(inner) for key, inner in value.items() if key not in dropped}
    return [without_times(inner) for inner in value] if isinstance(value, list) else value


def made_in(folder: Path, embedder: HashingEmbedder) -> World:
    """The small world, written to a folder."""
    seeds = folder / "articles"
    seeds.mkdir()
    (seeds / "pier.txt").write_text(PIER, encoding="utf-8")
    (seeds / "bakery.md").write_text(BAKERY, encoding="utf-8")
    gold = folder / "pier.jsonl"
    gold.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS), encoding="utf-8")
    return World(gold, seeds, folder / "out", embedder)
