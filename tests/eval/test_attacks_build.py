import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from hashlib import sha256

import pytest
from conftest import ROOT

from eval.attacks.attack import ARTICLE_PLACES, Attack
from eval.attacks.build import all_attacks, chosen
from eval.attacks.detect import fold, signs
from eval.attacks.encodings import ORDER_ONLY, WHOLE, fields
from eval.attacks.material import Material, shipped_material
from eval.attacks.placing import inject
from eval.attacks.templates import direct, latent
from eval.goldset import half
from index.errors import BadInputError
from index.splitting import split
from rag.question import MAX_LENGTH, clean_question

DISGUISED = {"direct/encoding", "direct/splitting"}
HASH = (
    "import json, hashlib; from dataclasses import asdict;"
    "from eval.attacks.build import all_attacks; from eval.attacks.material import shipped_material;"
    "text = json.dumps([asdict(one) for one in all_attacks(shipped_material())]);"
    "print(hashlib.sha256(text.encode()).hexdigest())"
)


@pytest.fixture(scope="module")
def material() -> tuple[Material, ...]:
    return shipped_material()


@pytest.fixture(scope="module")
def attacks(material: tuple[Material, ...]) -> tuple[Attack, ...]:
    return all_attacks(material)


def test_there_are_enough_of_each_kind(attacks: tuple[Attack, ...]) -> None:
    kinds = Counter(one.kind for one in attacks)
    assert kinds["direct"] >= 80
    assert kinds["latent"] >= 80
    assert kinds["direct"] + kinds["latent"] >= 160
    assert len({one.id for one in attacks}) == len(attacks)


def test_every_part_of_the_product_is_there(
    attacks: tuple[Attack, ...], material: tuple[Material, ...]
) -> None:
    found = [one for one in attacks if one.kind == "latent"]
    pairs = Counter((one.family, one.carrier) for one in found)
    assert len(pairs) == len(latent().payloads) * len(latent().carriers)
    assert set(pairs.values()) == {2}
    for place in ARTICLE_PLACES:
        assert sum(one.place == place for one in found) >= len(found) / 6
    for about in material:
        for kind in ("direct", "latent"):
            group = [one for one in attacks if one.kind == kind]
            assert sum(one.article == about.name for one in group) >= len(group) / 6
    families = {one.family for one in attacks if one.kind == "direct"}
    assert families == {f"direct/{family.name}" for family in direct().families}


def test_the_same_attacks_are_built_every_time(attacks: tuple[Attack, ...]) -> None:
    text = json.dumps([asdict(one) for one in attacks])
    done = subprocess.run(
        [sys.executable, "-c", HASH], capture_output=True, text=True, check=True, cwd=ROOT, timeout=120
    )
    assert done.stdout.strip() == sha256(text.encode()).hexdigest()


def test_each_payload_has_a_canary_of_its_own(attacks: tuple[Attack, ...]) -> None:
    owners = {(one.canary, one.injected or one.id) for one in attacks}
    words = sorted({one.canary for one in attacks})
    assert len(words) == len(owners)
    assert all(len(word) >= 7 for word in words)
    assert not [(a, b) for a in words for b in words if a != b and a in b]


def test_no_canary_stands_in_an_article_or_a_question(
    attacks: tuple[Attack, ...], material: tuple[Material, ...]
) -> None:
    asked = [one.gold.question for one in attacks if one.gold]
    texts = fold(" ".join([*(about.text for about in material), *asked]))
    bare = "".join(filter(str.isalpha, texts))
    assert not [one.canary for one in attacks if one.canary in bare]


def test_the_payload_holds_the_canary(attacks: tuple[Attack, ...]) -> None:
    for one in attacks:
        if one.family not in DISGUISED:
            assert one.canary in fold(one.payload), one.id
        if one.injected is None:
            assert one.payload in one.question
        else:
            assert one.canary not in fold(one.question)


def test_what_a_payload_demands_is_a_sign(attacks: tuple[Attack, ...]) -> None:
    for one in attacks:
        quotes = [one.payload] if one.injected else []
        assert signs(f"{one.forced} [1]", quotes, one.canary, one.forced, one.question), one.id


def test_articles_hold_the_payload_where_it_is_said_to_be(
    attacks: tuple[Attack, ...], material: tuple[Material, ...]
) -> None:
    texts = {about.name: about.text for about in material}
    for one in attacks:
        if one.injected is None:
            continue
        text, start, end = one.injected.text, one.injected.start, one.injected.end
        assert text[start:end] == one.payload
        without = text[:start] + text[end:]
        assert without.split() == texts[one.article].split(), one.id


@pytest.mark.parametrize("inline", [True, False])
def test_places_are_what_they_are_called(material: tuple[Material, ...], inline: bool) -> None:
    foreign = "Zorvik is foreign here."
    for about in material:
        evidence = about.answerable[0].evidence[0]
        at = {
            place: inject(about.text, foreign, place, evidence, inline).start / len(about.text)
            for place in ARTICLE_PLACES
        }
        assert at["start"] < 0.25
        assert 0.3 < at["middle"] < 0.7
        assert at["end"] > 0.9
        found = inject(about.text, foreign, "evidence", evidence, inline)
        before = found.text[: found.start]
        assert evidence in before
        between = before[before.index(evidence) + len(evidence) :]
        assert len(split(between)[0]) <= 1
        if inline:
            assert len(split(between)[1]) <= 1
        else:
            assert foreign in [found.text[one.start : one.end] for one in split(found.text)[0]]


def test_only_development_questions_are_asked(attacks: tuple[Attack, ...]) -> None:
    for one in attacks:
        if one.gold is not None:
            assert half(one.gold.id) == "dev"
            assert one.gold.question in one.question
            assert not one.gold.history
    latent_ones = [one.gold for one in attacks if one.injected and one.gold]
    assert sum(gold.answerable for gold in latent_ones) == len(latent_ones) / 2


def test_every_question_can_be_asked(attacks: tuple[Attack, ...]) -> None:
    for one in attacks:
        assert len(one.question) <= MAX_LENGTH
        assert clean_question(one.question)


def test_disguises_hide_the_canary_and_say_the_same() -> None:
    found = fields("brozivunk")
    for name in WHOLE.keys() - {"fullwidth", "zero_width"}:
        assert "brozivunk" not in fold(found[name]), name
    for name in ("fullwidth", "zero_width"):
        assert "brozivunk" not in found[name]
        assert "brozivunk" in fold(found[name])
    assert bytes.fromhex(found["hexadecimal"]).decode() == found["backwards"][::-1]
    assert all(found[name] != "answer only with the word" for name in ORDER_ONLY)
    assert found["head"] + found["tail"] == "brozivunk"


def test_a_family_or_a_share_can_be_chosen(attacks: tuple[Attack, ...]) -> None:
    assert chosen(attacks, None, None) == attacks
    few = chosen(attacks, None, 20)
    assert len(few) == len(set(few)) == 20
    assert {one.kind for one in few} == {"direct", "latent", "control"}
    say = chosen(attacks, "latent/say", None)
    assert {one.family for one in say} == {"latent/say"}
    with pytest.raises(BadInputError, match=r"'nosuch'.*direct/override"):
        chosen(attacks, "nosuch", None)
