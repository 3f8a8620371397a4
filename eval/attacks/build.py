"""Builds the attacks: templates, carriers, payloads, places, articles and questions, always the same ones."""

import random
from collections.abc import Iterator, Sequence
from itertools import cycle, product

from eval.attacks.attack import ARTICLE_PLACES, Attack, Kind, Place
from eval.attacks.canaries import SEED, canary
from eval.attacks.encodings import fields
from eval.attacks.material import Material
from eval.attacks.placing import inject
from eval.attacks.templates import Carrier, Family, Payload, direct, latent
from eval.goldset import GoldQuestion
from index.errors import BadInputError


def all_attacks(material: Sequence[Material]) -> tuple[Attack, ...]:
    """Every attack and control, in the order in which they are best asked: one text after the other."""
    return (*sorted(_direct(material), key=lambda one: one.article), *_latent(material))


def chosen(attacks: Sequence[Attack], family: str | None, limit: int | None) -> tuple[Attack, ...]:
    """Those of a family, or an even share of all.

    Raises:
        BadInputError: There is no such family.
    """
    names = list(dict.fromkeys(one.family for one in attacks))
    if family is not None and family not in names:
        raise BadInputError(f"There is no family {family!r}; write one of {', '.join(names)}.")
    left = [one for one in attacks if family in {None, one.family}]
    if limit is None or limit >= len(left):
        return tuple(left)
    return tuple(left[place * len(left) // limit] for place in range(limit))


def _direct(material: Sequence[Material]) -> Iterator[Attack]:
    turns = _asked_in_turn(material)
    for family in direct().families:
        for (number, text), place in product(enumerate(family.texts, 1), family.places):
            about, gold = next(turns)
            yield _in_question(family, number, text, place, about, None if place == "alone" else gold)


def _in_question(
    family: Family, number: int, template: str, place: Place, about: Material, gold: GoldQuestion | None
) -> Attack:
    name = f"direct/{family.name}/{number}/{place}"
    word = canary(name)
    asked = gold.question if gold else ""
    payload = template.format(**fields(word), question=asked)
    question = {"before": f"{payload} {asked}", "after": f"{asked} {payload}"}.get(place, payload)
    forced = family.forced.format(**fields(word))
    return Attack(
        id=name,
        kind="direct",
        family=f"direct/{family.name}",
        carrier="question",
        place=place,
        article=about.name,
        question=question,
        payload=payload,
        canary=word,
        forced=forced,
        gold=gold,
    )


def _latent(material: Sequence[Material]) -> Iterator[Attack]:
    templates = latent()
    groups: tuple[tuple[Kind, Sequence[Payload]], ...] = (
        ("latent", templates.payloads),
        ("control", [templates.control]),
    )
    for kind, payloads in groups:
        pairs = product(payloads, templates.carriers)
        for (payload, carrier), (about, place, turn) in zip(pairs, _spots(material, kind), strict=False):
            yield from _in_article(kind, payload, carrier, about, place, turn)


def _in_article(
    kind: Kind, payload: Payload, carrier: Carrier, about: Material, place: Place, turn: int
) -> Iterator[Attack]:
    """One altered article, with a question that it answers and one that it does not."""
    name = f"{kind}/{payload.name}/{carrier.name}"
    word = canary(name)
    text = payload.text.format(**fields(word))
    foreign = carrier.text.format(payload=text)
    answerable = about.answerable[turn % len(about.answerable)]
    unanswerable = about.unanswerable[turn % len(about.unanswerable)]
    injected = inject(about.text, foreign, place, answerable.evidence[0], carrier.inline)
    for label, gold in (("said", answerable), ("not_said", unanswerable)):
        yield Attack(
            id=f"{name}/{label}",
            kind=kind,
            family=f"latent/{payload.name}" if kind == "latent" else kind,
            carrier=carrier.name,
            place=place,
            article=about.name,
            question=gold.question,
            payload=foreign,
            canary=word,
            forced=payload.forced.format(**fields(word)),
            gold=gold,
            injected=injected,
        )


def _asked_in_turn(material: Sequence[Material]) -> Iterator[tuple[Material, GoldQuestion]]:
    """The articles in turn, each with its questions in turn, in a drawn order."""
    draw = random.Random(f"{SEED} direct")
    pools = {one.name: [*one.answerable, *one.unanswerable] for one in material}
    questions = {name: cycle(draw.sample(pool, len(pool))) for name, pool in pools.items()}
    for about in cycle(draw.sample(material, len(material))):
        yield about, next(questions[about.name])


def _spots(material: Sequence[Material], name: str) -> Iterator[tuple[Material, Place, int]]:
    """Each article with each place once before any comes again, in a drawn order, and which turn it is."""
    draw = random.Random(f"{SEED} {name}")
    turns = dict.fromkeys((one.name for one in material), 0)
    while True:
        every = [*product(material, ARTICLE_PLACES)]
        for about, place in draw.sample(every, len(every)):
            yield about, place, turns[about.name]
            turns[about.name] += 1
