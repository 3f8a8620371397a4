"""Who and what a question or an answer speaks of, in words that can be used again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.follow_up.phrases import Phrase, Role, main_verb, noun_phrases
from rag.follow_up.tokens import Token, lexicon

Sex = Literal["man", "woman", ""]

_LONGEST = 80
"""Characters beyond which a phrase is too long to stand for a pronoun."""

_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|St)\.(?=\s)")
_PLACED = ("in", "at", "on")


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone or something spoken of, in words that can be used again.

    A `guessed` person has nothing but the form of a person's name.
    """

    text: str
    noun: str
    role: Role
    plural: bool = False
    personal: bool = False
    named: bool = False
    guessed: bool = False
    sex: Sex = ""
    placed: bool = False


def without_points(text: str) -> str:
    """The text with "Dr" for "Dr.", where the point ends no sentence."""
    return _ABBREVIATION.sub(r"\1", text)


def mentions(text: str, known: frozenset[str] = frozenset()) -> list[Mention]:
    """Who and what a text speaks of, in order."""
    text = without_points(text)
    phrases = noun_phrases(text, known)
    found = []
    at = 0
    while at < len(phrases):
        end = at + 1
        while end < len(phrases) and text[phrases[end - 1].end : phrases[end].start] == " of ":
            end += 1
        mention = _mention(text, phrases[at:end])
        if mention is not None:
            found.append(_with_doings(mention, text, phrases[end - 1]))
        at = end
    return found


def _with_doings(mention: Mention, text: str, last: Phrase) -> Mention:
    """A group that a question asks for, told by what it does: "the people who live in Peru"."""
    verb = main_verb(text)
    rest = text[last.end :].strip(" ?!.")
    if mention.role != "asked" or verb is None or text[last.end : verb.start].strip():
        return mention
    nouns = lexicon()["nouns"]
    pronoun = "who" if mention.noun in nouns["plurals"] | nouns["people"] else "that"
    described = f"{mention.text} {pronoun} {rest}"
    return replace(mention, text=described) if len(described) <= _LONGEST else mention


def _mention(text: str, chain: Sequence[Phrase]) -> Mention | None:
    """The mention that phrases joined by "of" make up."""
    role, first = chain[0].role, chain[0]
    if first.head in lexicon()["nouns"]["attributes"]:
        owner = first.tokens[0] if first.tokens[0].text.endswith(("'s", "’s")) else None
        if owner is not None:
            return Mention(owner.text[:-2], owner.lower[:-2], role, named=owner.kind == "name")
        chain = chain[1:] or chain
    first = chain[0]
    begins = first.text if _is_generic(first, text[: first.start]) else first.definite
    words = begins + text[first.end : chain[-1].end]
    source = not first.named and first.head in lexicon()["nouns"]["sources"]
    vague = first.head in lexicon()["nouns"]["vague"] and not first.named
    counted = all(token.kind in ("number", "determiner") for token in first.tokens)
    if source or vague or counted or len(words) > _LONGEST:
        return None
    named = personal_name(first)
    return Mention(
        text=named or words,
        noun="" if first.tokens[-1].kind == "name" else first.head,
        role=role,
        plural=first.plural,
        personal=bool(named) or _is_person(first),
        named=first.named,
        guessed=named == first.text and not _tells_person(first.tokens[0]),
        sex=_sex(first),
        placed=first.preposition is not None and first.preposition.lower in _PLACED,
    )


def _is_generic(phrase: Phrase, before: str) -> bool:
    """Whether it speaks of all of a sort: "what do beavers eat?", but not "are there beavers?"."""
    bare = phrase.plural and phrase.role == "subject" and phrase.tokens[0].kind == "word"
    return bare and not re.search(r"\bthere\s+$", before)


def personal_name(phrase: Phrase) -> str:
    """The name of a person in a phrase, where its form makes one likely."""
    listed = [token for token in phrase.tokens if token.kind == "name"]
    nouns = lexicon()["nouns"]
    titled = bool(listed) and listed[0].lower in nouns["titles"]
    if len(listed) < 2 or not phrase.text.endswith(listed[-1].text) or any(c.isdigit() for c in phrase.text):
        return ""
    if listed[-1].lower in nouns["organisations"] or any(
        len(t.text) > 1 and t.text.isupper() for t in listed
    ):
        return ""
    placed = phrase.preposition is not None and phrase.preposition.lower in _PLACED
    before = [token for token in phrase.tokens if token.start < listed[0].start]
    apart = any(token.kind == "determiner" for token in before) and not _people(before)
    if not titled and (placed or apart or any(t.kind == "word" and not _people([t]) for t in before)):
        return ""
    return phrase.text[listed[0].start - phrase.start :]


def _people(found: Sequence[Token]) -> bool:
    return any(token.lower in lexicon()["nouns"]["people"] for token in found)


def _tells_person(token: Token) -> bool:
    return token.lower in lexicon()["nouns"]["people"] | lexicon()["nouns"]["titles"]


def _is_person(phrase: Phrase) -> bool:
    return phrase.head in lexicon()["nouns"]["people"]


def _sex(phrase: Phrase) -> Sex:
    said = {token.lower for token in phrase.tokens}
    nouns = lexicon()["nouns"]
    return "man" if said & nouns["men"] else "woman" if said & nouns["women"] else ""
