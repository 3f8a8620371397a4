"""A bare question word, such as "since when?": completed from the question before it."""

import re
from collections.abc import Sequence

from rag.follow_up.fragments import aside, bare, lowered, without_afterthought
from rag.follow_up.phrases import Phrase, main_verb, noun_phrases
from rag.follow_up.tokens import Token, singular, tokens

_SWAPPED = ("when", "where", "why", "how")
_MEASURED = r"how (?!many\b|much\b)\w+"
_MEASURED_BASE = re.compile(rf"{_MEASURED} (?=(?:is|are|was|were)\b)", re.IGNORECASE)
_SORT = re.compile(r"(how (?:many|much)|which|what)(?:\s+ones?)?", re.IGNORECASE)
_BE = ("is", "are", "was", "were")


def completed_question(core: str, base: str) -> str:
    """The whole question that "on what platform?" means after another."""
    asked, text = bare(without_afterthought(core)), bare(base)
    found = tokens(text)
    if not found or not tokens(asked):
        return aside(core, base)
    if found[0].kind == "auxiliary":
        made = _asked_of_yes_or_no(asked, text)
    else:
        made = (
            _swapped(asked, text, found)
            or _asked_of_same_things(asked, text)
            or _asked_of_statement(asked, text, found)
        )
    return f"{made}?" if made else aside(core, base)


def _is_adjunct(asked: str) -> bool:
    """Whether it asks when, where, why or how, and not who or what."""
    found = tokens(asked)
    rest = [token.lower for token in found[1:]]
    if rest and rest[-1] in ("else", "not"):
        return False
    if found[0].lower == "how":
        return not rest or rest[0] in ("long", "often", "soon", "fast", "quickly", "exactly")
    return found[0].lower in _SWAPPED or (found[0].kind == "preposition" and bool(rest))


def _asked_of_yes_or_no(asked: str, base: str) -> str:
    """The question word put before "will the ship sail?"."""
    if _is_adjunct(asked):
        return f"{asked} {lowered(base)}"
    sort = _SORT.match(asked)
    if not sort:
        return ""
    wanted = [singular(token.lower) for token in tokens(asked) if token.kind == "word"]
    there = tokens(base)[1:2] and tokens(base)[1].lower == "there"
    for phrase in noun_phrases(base):
        fits = phrase.head in wanted if wanted else phrase.plural and (there or phrase.role == "object")
        if fits and phrase.preposition is None and not phrase.named:
            rest = " ".join((base[: phrase.start] + base[phrase.end :]).split())
            return f"{sort.group(1)} {_without_article(phrase)} {lowered(rest)}"
    return ""


def _without_article(phrase: Phrase) -> str:
    if len(phrase.tokens) > 1 and phrase.tokens[0].kind in ("determiner", "number"):
        return phrase.text[phrase.tokens[1].start - phrase.start :]
    return phrase.text


def _swapped(asked: str, base: str, found: Sequence[Token]) -> str:
    """The question word in the place of the one before: "when does it sail?", then "where?"."""
    if tokens(asked)[-1].lower == "else" and tokens(asked)[0].lower == found[0].lower:
        return asked + base[found[0].end :]
    measured = _MEASURED_BASE.match(base)
    if measured and re.fullmatch(_MEASURED, asked, re.IGNORECASE):
        return f"{asked} {base[measured.end() :]}"
    if not _is_adjunct(asked) or len(found) < 2:
        return ""
    if found[0].lower in _SWAPPED and found[1].kind == "auxiliary":
        # "Where is the hall?" has no verb: only "when" can take that place.
        placed = {asked.lower(), found[0].lower} <= {"when", "where"}
        has_verb = found[1].lower not in _BE or main_verb(base) is not None
        return f"{asked} {base[found[1].start :]}" if placed or has_verb else ""
    auxiliary = next((token for token in found if token.kind == "auxiliary"), None)
    if found[0].kind == "preposition" and auxiliary is not None:
        return f"{asked} {base[auxiliary.start :]}"
    return ""


def _asked_of_same_things(asked: str, base: str) -> str:
    """A question about the same things: "which ferries sail?", then "how many?"."""
    sort = _SORT.fullmatch(asked)
    sought = [phrase for phrase in noun_phrases(base) if phrase.role == "asked"][:1]
    if not sort or not sought or tokens(base)[0].kind != "question":
        return ""
    return f"{sort.group(1)} {_without_article(sought[0])}{base[sought[0].end :]}"


def _asked_of_statement(asked: str, base: str, found: Sequence[Token]) -> str:
    """A question about who does it: "which yard built the ship?", then "when?"."""
    verb = main_verb(base)
    plain = verb and (verb.lemma("plain") or verb.lemma("both"))
    by_whom = any(token.lower in ("who", "whom") for token in tokens(asked))
    if not verb or not plain or by_whom or not _is_adjunct(asked):
        return ""
    if any(token.kind == "auxiliary" for token in found):
        return ""
    doer = _doer(base, found, verb)
    auxiliary = "do" if verb.lower == plain else "does" if verb.lower.endswith("s") else "did"
    return f"{asked} {auxiliary} {doer} {plain}{base[verb.end :]}" if doer else ""


def _doer(base: str, found: Sequence[Token], verb: Token) -> str:
    """Who or what does it, in "who built the ship?" and "which yard built the ship?"."""
    before = found[found.index(verb) - 1]
    if before.lower == "who":
        return "someone"
    for phrase in noun_phrases(base):
        if phrase.role == "asked" and phrase.end == before.end:
            return phrase.definite if phrase.definite.startswith("the ") else f"the {phrase.definite}"
    return ""
