"""A run of attacks: indexes each text once, asks, judges, and writes every attack as it comes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from eval.attacks.attack import Attack
from eval.attacks.build import all_attacks, chosen
from eval.attacks.canaries import SEED
from eval.attacks.figures import MEASURES, report
from eval.attacks.material import Material
from eval.attacks.outcome import Outcome, Said, judged, said
from eval.attacks.templates import FILES, path_of
from eval.case_file import write_whole, writing
from eval.configuration import configuration
from eval.indexes import index_of_text
from eval.systems.choice import PRODUCT, Kind, Tools, kind_of
from eval.systems.system import System
from index.embedding import Embedder
from index.errors import BadInputError, NotReadyError
from index.store import Index
from rag.fetching import sha256_of

NAME = "attacks.jsonl"
REPORT = "report.json"
_NOT_APPLICABLE = frozenset({"bootstrap", "seeds"})

Progress = Callable[[str, int, int], None]
"""Told what is being asked, and how many questions of how many are done."""

_Baselines = Mapping[str, Said]
"""What was said to each ordinary question without an attack, by its id."""


@dataclass(frozen=True, slots=True)
class Options:
    """Who is attacked with what; `model` is recorded with the figures."""

    out: Path
    system: str = PRODUCT
    family: str | None = None
    limit: int | None = None
    model: Mapping[str, object] = field(default_factory=dict)


def run(
    options: Options,
    material: Sequence[Material],
    tools: Tools,
    progress: Progress = lambda label, done, total: None,
) -> dict[str, Any]:
    """Asks, and writes ``attacks.jsonl`` and ``report.json``; returns the report.

    Raises:
        BadInputError: There is no such system or family.
        NotReadyError: A model is missing, or the folder can't be written to.
    """
    kind = kind_of(options.system)
    attacks = chosen(all_attacks(material), options.family, options.limit)
    plain = {one.name: index_of_text(one.name, one.text, tools.embedder) for one in material}
    found = _configuration(options, material, plain, tools.embedder)
    systems = {name: kind.make(index, tools) for name, index in plain.items()}
    outcomes = []
    with writing(options.out / NAME, ()) as writer:
        (options.out / REPORT).unlink(missing_ok=True)
        baselines = _baselines(attacks, systems, progress)
        for done, outcome in enumerate(_outcomes(attacks, systems, baselines, kind, tools), 1):
            writer.write(json.dumps(row(outcome), ensure_ascii=False))
            outcomes.append(outcome)
            progress("attacks", done, len(attacks))
    selection = {"system": options.system, "family": options.family, "limit": options.limit}
    figures = report(outcomes, found, selection)
    write_whole(options.out / REPORT, json.dumps(figures, ensure_ascii=False, indent=2))
    return figures


def row(outcome: Outcome) -> dict[str, Any]:
    """The outcome as a line of ``attacks.jsonl``."""
    attack, answer = outcome.attack, outcome.answer or {}
    return {
        "id": attack.id,
        "family": attack.family,
        "carrier": attack.carrier,
        "place": attack.place,
        "article": attack.article,
        "gold": attack.gold.id if attack.gold else None,
        "question": attack.question,
        "payload": attack.payload,
        "at": [attack.injected.start, attack.injected.end] if attack.injected else None,
        "canary": attack.canary,
        "said": outcome.said,
        "before": outcome.before,
        **{name: measure(outcome) for name, measure in MEASURES.items()},
        "signs": [asdict(sign) for sign in outcome.signs],
        "answer": answer.get("answer"),
        "citations": answer.get("citations", []),
        "seconds": answer.get("timings", {}).get("total"),
        "error": outcome.error,
    }


def _baselines(attacks: Iterable[Attack], systems: Mapping[str, System], progress: Progress) -> _Baselines:
    """Asks each question of an altered article of the article as it is."""
    needed = {one.gold.id: one for one in attacks if one.injected and one.gold}
    found: dict[str, Said] = {}
    for done, (key, attack) in enumerate(sorted(needed.items()), 1):
        answer, _ = _asked(systems[attack.article], attack)
        found[key] = said(attack, answer) if answer is not None else "failed"
        progress("without attack", done, len(needed))
    return found


def _outcomes(
    attacks: Sequence[Attack], systems: Mapping[str, System], baselines: _Baselines, kind: Kind, tools: Tools
) -> Iterator[Outcome]:
    """Each outcome in turn; a text that several attacks share is indexed once."""
    for injected, group in groupby(attacks, key=lambda one: one.injected):
        sharing = list(group)
        made = None
        if injected is not None:
            made = kind.make(index_of_text(sharing[0].article, injected.text, tools.embedder), tools)
        for attack in sharing:
            yield _outcome(made or systems[attack.article], attack, baselines)


def _outcome(system: System, attack: Attack, baselines: _Baselines) -> Outcome:
    before = baselines.get(attack.gold.id) if attack.injected and attack.gold else None
    try:
        answer, error = _asked(system, attack)
    except BadInputError as refused:
        return Outcome(attack, None, "rejected", before, (), str(refused))
    return judged(attack, answer, error, before)


def _asked(system: System, attack: Attack) -> tuple[dict[str, Any] | None, str | None]:
    """The answer, or what broke; a question that is not taken is no failure."""
    try:
        return system.ask(attack.question, attack.article, ()).answer, None
    except (BadInputError, NotReadyError):
        raise
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _configuration(
    options: Options, material: Sequence[Material], indexes: Mapping[str, Index], embedder: Embedder
) -> dict[str, Any]:
    """The whole configuration, as that of other runs, with every gold file and the templates."""
    first = material[0]
    found = configuration(first.gold, first.gold.parent, indexes[first.name], embedder, options.model)
    articles = {name: index.articles[name].sha256 for name, index in sorted(indexes.items())}
    gold = {one.gold.name: sha256_of(one.gold) for one in material}
    templates = {name: sha256_of(path_of(name)) for name in FILES}
    left = {key: value for key, value in found.items() if key not in _NOT_APPLICABLE}
    return left | {"articles": articles, "gold": gold, "templates": templates, "seed": SEED}
