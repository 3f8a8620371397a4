"""Words that point at what was spoken of before: which of them do, and what they mean."""

import re
from collections.abc import Sequence

from rag.follow_up.dummy import is_dummy
from rag.follow_up.mentions import mentions
from rag.follow_up.phrases import Phrase, noun_phrases
from rag.follow_up.tokens import CONTENT, Token, lexicon, tokens
from rag.follow_up.topic import Topic

_THING, _GROUP, _PERSON, _SHOWN = "thing", "group", "person", "shown"
_CLASSES = {
    "it": _THING, "its": _THING, "they": _GROUP, "them": _GROUP, "their": _GROUP, "theirs": _GROUP,
    "he": _PERSON, "him": _PERSON, "his": _PERSON, "she": _PERSON, "her": _PERSON, "hers": _PERSON,
    "that": _SHOWN, "this": _SHOWN, "these": _GROUP, "those": _GROUP,
}  # fmt: skip
_OWNING = frozenset("its their theirs his hers".split())
_DEMONSTRATIVE = frozenset("that this these those".split())
_SUFFIXES = {"'s": "'s", "'ll": " will", "'re": " are", "'ve": " have", "'d": " would"}
_HAPPENING = re.compile(
    r"(?:is|was) (?:that|this) (?:so|true|right|correct|why|how|all|enough|certain|sure|confirmed|known)\W*$"
    r"|(?:is|was) (?:that|this) (?:per|with|without|including|for|each|every)\b"
    r"|how (?:many|much)\b.* (?:is|was|are|were) (?:that|this|those)\W*$"
    r"|how (?:long|often|much) (?:is|was) (?:that|this)\b",
    re.IGNORECASE,
)
_OF_EVENTS = frozenset("after before since until by despite over during like with for".split())
_END = r"(?:\s+(?:then|tho|though|too|anyway|exactly|again|please|myself|yourself|ourselves))*\s*(?:[,.?!]|$)"
_BREAK = re.compile(r"[,;.?!]")
_LAST = re.compile(_END, re.IGNORECASE)
_DOING = re.compile(
    rf"\b(?:do|does|did|doing|done) (?:it|that|this|so)\b{_END}|\bsame (?:for|with)\b"
    r"|\b(?:does|did|will|would) (?:that|this) (?:matter|count|help|change|mean|make a difference)\b",
    re.IGNORECASE,
)


def resolve(question: str, topic: Topic) -> str:
    """The question with its pronouns replaced by what they mean, as far as that is known."""
    text = _with_noun(question, topic)
    found = tokens(text)
    done: set[str] = set()
    pieces: list[str] = []
    copied = 0
    for at, token in enumerate(found):
        plain, suffix = _parted(token)
        pointed = _CLASSES.get(plain)
        if (
            pointed is None
            or pointed in done
            or _is_initials(token, text)
            or not _points(text, found, at, plain)
        ):
            continue
        alone = not any(_parted(other)[0] in ("it", "its") for other in found)
        meant = _meaning(plain, pointed, topic, alone)
        done.add(pointed)
        if not meant or meant.casefold() in text.casefold() or any(meant in piece for piece in pieces):
            continue
        if plain in _OWNING or (plain == "her" and _owns(found, at)):
            meant = owner(meant)
        pieces += [text[copied : token.start], meant + _SUFFIXES.get(suffix, suffix)]
        copied = token.end
    return _with_place("".join([*pieces, text[copied:]]), topic)


def owner(name: str) -> str:
    """The name as that of an owner."""
    return name if name.endswith(("'s", "’s")) else f"{name}'" if name.endswith("s") else f"{name}'s"


def points_at_happening(question: str, thing: str) -> bool:
    """Whether "this" or "that" stands for what happened rather than for a thing: "what came after that?".

    At the end of a question, it does where no `thing` was spoken of.
    """
    if _HAPPENING.match(question) or _DOING.search(question):
        return True
    found = tokens(question)
    for at, token in enumerate(found[:-1]):
        subject = token.lower in ("that", "this") and found[at + 1].kind == "auxiliary"
        if subject and at and found[at - 1].kind == "link":
            return True
    for at, token in enumerate(found):
        if token.lower in ("that", "this") and at and _LAST.match(question[token.end :]):
            before = found[at - 1]
            if before.kind not in ("auxiliary", "question"):
                return before.lower not in ("in", "at") and (not thing or _is_of_events(question, before))
    return False


def _is_of_events(question: str, preposition: Token) -> bool:
    caused = question[: preposition.start].lower().rstrip().endswith("because")
    return caused or preposition.lower in _OF_EVENTS


def points_back(question: str) -> bool:
    """Whether "this" or "that" stands for something that the question does not name: "is that covered?"."""
    found = tokens(question)
    shown = [(at, _parted(token)[0]) for at, token in enumerate(found)]
    return any(plain in ("that", "this") and _points(question, found, at, plain) for at, plain in shown)


def _is_initials(token: Token, text: str) -> bool:
    """Whether it is "IT", as of a department."""
    return token.text == "IT" and not text.isupper()


def _parted(token: Token) -> tuple[str, str]:
    plain, mark, rest = token.lower.partition("'")
    return plain, mark + rest


def _meaning(plain: str, pointed: str, topic: Topic, alone: bool) -> str:
    if pointed == _PERSON:
        wrong = {"man": ("she", "her", "hers"), "woman": ("he", "him", "his")}.get(topic.sex, ())
        return "" if plain in wrong else topic.person
    if pointed == _GROUP:
        return topic.things or (topic.thing if alone and topic.thing[:1].isupper() else "")
    return topic.shown if pointed == _SHOWN else topic.thing or topic.focus * (not topic.several)


def _points(text: str, found: Sequence[Token], at: int, plain: str) -> bool:
    """Whether this word points out of the question."""
    if plain in _DEMONSTRATIVE and not _stands_by_itself(text, found, at):
        return False
    if plain == "it" and is_dummy(text[: found[at].start], found[at].text, text[found[at].end :]):
        return False
    return not _is_bound(text, found, at, plain)


def _stands_by_itself(text: str, found: Sequence[Token], at: int) -> bool:
    """Whether a "that" is neither part of "that bridge" nor of "says that …"."""
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    if "'" in found[at].lower:
        return True
    if before is None or before.kind in ("question", "auxiliary"):
        if after is None or after.kind not in CONTENT:
            return True
        return before is not None and _is_said_of_it(found, at, after)
    return bool(_LAST.match(text[found[at].end :]))


def _is_said_of_it(found: Sequence[Token], at: int, after: Token) -> bool:
    """Whether the word after "that" is said of it: "is that free?", and not "how free is that bar?"."""
    further = [token for token in found[at + 2 : at + 3] if token.kind in CONTENT]
    auxiliary = found[at - 1].lower
    if auxiliary in ("is", "are", "was", "were"):
        lemma = after.lemma("plain")
        said = after.lower.endswith("ed") or (lemma is not None and lemma != after.lower)
        return not further and (said or at == 1 or after.lower in lexicon()["adjectives"]["predicate"])
    acts = after.lower == after.lemma("plain") or (
        after.lower == after.lemma("both") and not any(_is_verb(token) for token in further)
    )
    return not auxiliary.startswith("ha") and (not further or acts)


def _is_verb(token: Token) -> bool:
    return bool(token.lemma("plain") or token.lemma("both"))


def _is_bound(text: str, found: Sequence[Token], at: int, plain: str) -> bool:
    """Whether the question itself says what a pronoun means: "why did the ship sink when it hit the ice?"."""
    token = found[at]
    owning = plain in _OWNING or (plain == "her" and _owns(found, at))
    personal = _CLASSES[plain] == _PERSON
    for phrase in noun_phrases(text):
        if phrase.end > token.start:
            break
        if not _may_mean(phrase, personal, plain):
            continue
        between = [other for other in found if phrase.end <= other.start < token.start]
        if (
            owning
            or any(_parts_clauses(other, found) for other in between)
            or _BREAK.search(text, phrase.end, token.start)
        ):
            return True
    return False


def _may_mean(phrase: Phrase, personal: bool, plain: str) -> bool:
    if phrase.tokens[0].lower in ("this", "these", "those") or not (
        phrase.named or phrase.determined or phrase.role == "asked"
    ):
        return False
    if phrase.head in lexicon()["nouns"]["sources"] and not phrase.named:
        return False
    is_person = any(mention.personal for mention in mentions(phrase.text))
    return plain in ("they", "them", "their") or is_person == personal


def _parts_clauses(token: Token, found: Sequence[Token]) -> bool:
    """Whether a new clause begins with this word."""
    if token.kind in ("link", "question") or token.lower == "that":
        return True
    at = found.index(token)
    after = found[at + 1] if at + 1 < len(found) else None
    further = at + 2 < len(found) and found[at + 2].kind not in ("preposition", "link")
    clausal = token.lower in ("after", "before", "since", "until", "as", "than", "till")
    return clausal and after is not None and after.kind == "pronoun" and further


def _owns(found: Sequence[Token], at: int) -> bool:
    return at + 1 < len(found) and found[at + 1].kind in CONTENT


def _with_noun(question: str, topic: Topic) -> str:
    """The question with "the other one" as "the other bridge"."""
    found = tokens(question)
    for at, token in reversed(list(enumerate(found))):
        if token.lower not in ("one", "ones") or not at or _BREAK.search(question, 0, token.start):
            continue
        noun = topic.noun if token.lower == "one" else topic.nouns or f"{topic.noun}s" * bool(topic.noun)
        after = found[at + 1] if at + 1 < len(found) else None
        ends = after is None or (after.kind not in CONTENT and after.lower != "of")
        if (
            not noun
            or not ends
            or found[at - 1].lower in ("no", "any", "every", "each", "who", "when", "how", "little")
        ):
            continue
        start = at
        while start and found[start - 1].kind == "word" and found[start - 1].lemma("plain") is None:
            start -= 1
        before = found[start - 1] if start else found[0]
        if start and (before.kind in ("determiner", "question") or before.lower in _DEMONSTRATIVE):
            return question[: token.start] + noun + question[token.end :]
        if start == at and before.lemma("plain") and token.lower == "one":
            article = "an" if noun[0] in "aeiou" else "a"
            return f"{question[: token.start]}{article} {noun}{question[token.end :]}"
        if start < at and token.lower == "ones":
            return question[: token.start] + noun + question[token.end :]
    return question


def _with_place(text: str, topic: Topic) -> str:
    """The text with "there" as a place, where it means one."""
    place = topic.place
    found = tokens(text)
    if not found or found[-1].lower != "there" or not place or len(found) < 2:
        return text
    if found[-2].kind in ("auxiliary", "preposition") or text.lower().startswith("is there"):
        return text
    if any(mention.placed for mention in mentions(text)):
        return text
    preposition = "at" if place.startswith(("the ", "The ")) else "in"
    return f"{text[: found[-1].start]}{preposition} {place}{text[found[-1].end :]}"
