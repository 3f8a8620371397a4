"""A bare phrase, such as "and in 2027?": completed from the question before it."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from rag.checks.number_words import CARDINALS
from rag.follow_up.mentions import personal_name
from rag.follow_up.phrases import Phrase, main_verb, noun_phrases
from rag.follow_up.tokens import CONTENT, Token, lexicon, singular, tokens

_AFTERTHOUGHT = re.compile(
    r"(?:(?<!\buntil)(?<!\bsince)(?<!\bbefore)(?<!\bby)[\s,]+then"
    r"|[\s,]+(?:too|as well|also|though|either|please))(?=\W*$)",
    re.IGNORECASE,
)
_PLACED = ("in", "at", "on", "by", "during")
_LARGEST_COUNT = 12
_YEAR = re.compile(r"[12]\d{3}")

Kind = Literal["question", "phrase", ""]


def kind_of(core: str, opened: bool) -> Kind:
    """Whether a text is a bare question word with its noun, a bare phrase, or anything else.

    `opened` says that "and", "what about" or the like came before it.
    """
    found = tokens(core)
    if not found or len(found) > 9:
        return ""
    lead = found[1] if found[0].kind == "preposition" and len(found) > 1 else found[0]
    if lead.kind == "question" and "'" not in lead.text:
        asked = without_afterthought(core)
        return "question" if _is_bare_question(asked, tokens(asked)[found.index(lead) :]) else ""
    if any(token.kind in ("auxiliary", "question", "link") for token in found):
        return ""
    owned = len(found) > 1 and found[0].lower in lexicon()["words"]["determiner"]
    if found[0].lower in lexicon()["verbs"]["orders"] or (found[0].kind == "pronoun" and not owned):
        return ""
    short = core.rstrip().endswith("?") and len(found) <= 5
    begun = found[0].kind == "preposition" and found[0].lower not in ("like", "as") and len(found) <= 5
    named = len(found) <= 2 and all(token.kind in ("name", "number") for token in found)
    return (
        "phrase" if opened or begun or (short and (found[0].kind == "determiner" or owned or named)) else ""
    )


def _is_bare_question(core: str, found: Sequence[Token]) -> bool:
    """Whether a question word comes with nothing but its noun: "on what platform", "how many", "who else"."""
    first = found[0].lower
    if any(token.kind in ("auxiliary", "pronoun", "link", "name", "question") for token in found[1:]):
        return all(token.lower in ("one", "ones", "not") for token in found[1:])
    rest = [token for token in found[1:] if token.kind in ("word", "number")]
    if first in ("who", "whom", "when", "where", "why"):
        return not rest and not any(token.kind == "determiner" for token in found[1:])
    verb = main_verb(core)
    return len(rest) <= 3 and len(found) <= 5 and (verb is None or verb.lower.endswith("ing"))


def without_afterthought(text: str) -> str:
    """The text without "too", "as well" and the like at its end."""
    return _AFTERTHOUGHT.sub("", text).strip()


def bare(text: str) -> str:
    """The text without the signs around it."""
    return text.strip(" \t?!.…,;")


def lowered(text: str) -> str:
    """The text as it stands inside a sentence."""
    found = tokens(text)
    return text if not found or found[0].kind == "name" or text[:2].isupper() else text[:1].lower() + text[1:]


def aside(core: str, base: str) -> str:
    """The fragment, and in brackets the question on which it leans."""
    return f"{bare(core)}? ({base.strip()})"


def completed_phrase(core: str, base: str) -> str:
    """What "and in Spain?" means after a question: that question about Spain."""
    whole, core, base = base, bare(without_afterthought(core)), bare(base)
    found = tokens(core)
    preposition = found[0] if found and found[0].kind == "preposition" and len(found) > 1 else None
    phrases = noun_phrases(base)
    if preposition is not None:
        made = _with_preposition(core, preposition, base, phrases)
    else:
        made = next(_exchanged(core, found, base, phrases), "")
    if not made or made.casefold() == base.casefold():
        return aside(core if preposition is not None else f"What about {lowered(core)}", whole)
    return f"{made}?"


def _years(text: str) -> bool:
    return bool(_YEAR.search(text))


def _with_preposition(core: str, preposition: Token, base: str, phrases: Sequence[Phrase]) -> str:
    """The base with this in the place of what has the same preposition, else at its end."""
    counted = CARDINALS.get(core[preposition.end :].strip().lower(), 0)
    if 1 <= counted <= _LARGEST_COUNT and any(token.kind == "number" for token in tokens(base)):
        return ""
    for phrase in reversed(phrases):
        held = phrase.preposition
        if held is None or phrase.role == "asked":
            continue
        timed = _years(phrase.text) and _years(core)
        same = held.lower == preposition.lower and _years(phrase.text) == _years(core)
        if timed or same:
            return base[: held.start] + lowered(core) + base[_full_end(phrase, base, phrases) :]
    return f"{base} {lowered(core)}"


def _full_end(phrase: Phrase, base: str, phrases: Sequence[Phrase]) -> int:
    end = phrase.end
    for other in phrases:
        if base[end : other.start] == " of ":
            end = other.end
    return end


def _exchanged(core: str, found: Sequence[Token], base: str, phrases: Sequence[Phrase]) -> Iterator[str]:
    """The base with the phrase in every place that it may take, the best first."""
    content = [token for token in found if token.kind in CONTENT]
    named = any(token.kind == "name" for token in content)
    if len(content) == 1 and content[0].text[0].isdigit():
        yield from _number_exchanged(content[0], base)
    if named:
        yield from _name_exchanged(core, found, base, phrases)
    if content:
        yield from _noun_exchanged(core, content[-1], found, base, phrases)
    if content and not (named and any(phrase.named for phrase in phrases)):
        yield from _article_exchanged(core, found, base, phrases)


def _noun_exchanged(
    core: str, last: Token, found: Sequence[Token], base: str, phrases: Sequence[Phrase]
) -> Iterator[str]:
    """The base with the phrase in the place of one about the same sort of thing, or of an owner."""
    other = any(token.lower in ("other", "another") for token in found)
    for phrase in phrases:
        if phrase.head == singular(last.lower) and not phrase.named:
            end = _described_end(phrase, phrases, base) if other else phrase.end
            yield _put(base, phrase.start, end, core)
    if last.text.endswith(("'s", "’s")):
        for token in tokens(base):
            if token.text.endswith(("'s", "’s")) and token.kind in ("name", "word"):
                yield _put(base, token.start, token.end, core)


def _article_exchanged(
    core: str, found: Sequence[Token], base: str, phrases: Sequence[Phrase]
) -> Iterator[str]:
    """The base with the phrase in the place of the one that has its article; nothing when two have."""
    alike = [
        phrase
        for phrase in phrases
        if phrase.role != "asked" and not phrase.named and _article(phrase.tokens[0]) == _article(found[0])
    ]
    acting = [phrase for phrase in alike if phrase.preposition is None]
    if len(acting) < 2:
        yield from (_put(base, phrase.start, phrase.end, core) for phrase in (acting or alike)[:1])


def _article(token: Token) -> str:
    """What sort of phrase begins with this word: one with "the" or "its", one with "a", or one without."""
    if token.kind not in ("determiner", "pronoun"):
        return ""
    return "a" if token.lower in ("a", "an", "another", "any", "some") else "the"


def _described_end(phrase: Phrase, phrases: Sequence[Phrase], base: str) -> int:
    """Where a phrase ends with what is said of it: "the bridge | at the mill"."""
    after = phrases[phrases.index(phrase) + 1 :]
    close = (
        after
        and after[0].preposition is not None
        and not base[phrase.end : after[0].preposition.start].strip()
    )
    return after[0].end if close else phrase.end


def _number_exchanged(number: Token, base: str) -> Iterator[str]:
    numbers = [token for token in tokens(base) if token.text[0].isdigit()]
    for token in reversed(numbers):
        if bool(_YEAR.fullmatch(token.text)) == bool(_YEAR.fullmatch(number.text)):
            yield base[: token.start] + number.text + base[token.end :]


def _name_exchanged(core: str, found: Sequence[Token], base: str, phrases: Sequence[Phrase]) -> Iterator[str]:
    """The base with a name in the place of the one that has its form; nothing when two have it equally."""
    wanted = [token for token in found if token.kind == "name"]
    article = found[0].kind == "determiner"
    personal = any(personal_name(phrase) for phrase in noun_phrases(core))
    acronym = all(token.text.isupper() for token in wanted)
    spans = []
    for phrase in phrases:
        for names in _name_runs(phrase):
            led = phrase.determined and names[0] is phrase.tokens[1]
            unlike = (
                acronym != all(token.text.isupper() for token in names),
                personal != bool(personal_name(phrase)),
                led != article,
                phrase.preposition is not None and phrase.preposition.lower in _PLACED,
            )
            end = _full_end(phrase, base, phrases) if " of " in core else names[-1].end
            spans.append((unlike, names, phrase.start if led else names[0].start, end))
    spans.sort(key=lambda span: span[0])
    if not spans or (len(spans) > 1 and spans[0][0] == spans[1][0]):
        return
    unlike, names, start, end = spans[0]
    new = core if article and not unlike[2] else core[wanted[0].start :]
    owned = re.search(r"['’]s$", names[-1].text)
    yield _put(base, start, end, re.sub(r"['’]s$", "", new) + (owned.group() if owned else ""))


def _name_runs(phrase: Phrase) -> Iterator[list[Token]]:
    """The names in a phrase, with the numbers that belong to them."""
    run: list[Token] = []
    for token in phrase.tokens:
        if token.kind == "name" or (run and token.kind == "number"):
            run.append(token)
            if not token.text.endswith(("'s", "’s")):
                continue
        elif not run:
            continue
        yield run
        run = []
    if run:
        yield run


def _put(base: str, start: int, end: int, new: str) -> str:
    """The base with new words in this place, capitalised where a sentence begins."""
    new = new[:1].upper() + new[1:] if start == 0 else lowered(new)
    return base[:start] + new + base[end:]
