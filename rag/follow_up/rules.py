"""Which rule a follow-up question needs, and the question that stands alone."""

import re
from collections.abc import Callable
from dataclasses import replace

from rag.follow_up.fragments import aside, bare, completed_phrase, kind_of, without_afterthought
from rag.follow_up.mentions import without_points
from rag.follow_up.phrases import main_verb
from rag.follow_up.pointers import owner, points_at_happening, points_back, resolve
from rag.follow_up.questions import completed_question
from rag.follow_up.tokens import lexicon, tokens
from rag.follow_up.topic import Topic
from rag.overview_request import is_about_all
from rag.words import words

_COURTESY = re.compile(
    r"(?:thanks|thank you|ok|okay|hi|hello|hey|great|right|yes|no|well|good|cool|nice|hm+|i see|got it)"
    r"(?:\s+(?:there|again|so much|very much))?\s*[,.!;:–-]+\s*",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:and|but|or|also|then)\b[\s,]*(?=\w)", re.IGNORECASE)
_SO = re.compile(r"so\b[\s,]*(?=\w)", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:what about|how about|what of|(?:the )?same (?:question )?for)\s+(?=\w)", re.IGNORECASE
)
_ASIDE = re.compile(r"\? \((.+)\)$")
_SHOWN = re.compile(
    r"(?:(since|until) )?(when|where|why|how)(?:['’]s| is| was| were| are| did| does) (?:that|this)"
    r"(?: happen(?:ed)?)?\W*",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:its|their|his|her)\s+(\w.*)", re.IGNORECASE)
_WHAT_IS = re.compile(r"(?:what|who|which|where)\s+(is|are|was|were)\b", re.IGNORECASE)

_CONDITION = re.compile(
    r"(?:what\s+happens\s+(?:if|when)|(?:what\s+|even\s+)?if)\b(?!.*[,?]\s*\w)", re.IGNORECASE
)

_HE_OR_SHE = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)

_RICH = 4
"""Content words from which on a question is found and read without what "it" means."""


def understood(question: str, topic: Topic, goes_on: bool = False) -> str:
    """The question as it is meant after what was spoken of; itself when it says that by itself.

    `goes_on` tells that it is a part of the question that the topic comes from.
    """
    if not topic.question or _ASIDE.search(question):
        return question
    if topic.thing == topic.person and _HE_OR_SHE.search(question):
        topic = replace(topic, thing="")
    core, opened = _opened(question)
    shown = _SHOWN.fullmatch(core)
    if shown and (shown.group(2).lower() != "where" or not topic.focus):
        asked = " ".join(word for word in shown.groups() if word)
        return _capitalised(completed_question(asked, topic.question))
    rich = not goes_on and _is_rich(core)
    if not rich and (points_at_happening(core, topic.shown) or _CONDITION.match(core)):
        return _capitalised(aside(core, topic.question))
    whole = without_afterthought(core)
    kind = kind_of(core, opened or (whole != core and main_verb(whole) is None))
    if kind == "question":
        return _capitalised(_of_the_person(core, topic) or _completed(completed_question, core, topic))
    if kind == "phrase":
        return _capitalised(_phrase(re.sub(r"^any\s+", "", core, flags=re.IGNORECASE), topic, opened))
    meant = resolve(core, topic.person_alone) if rich else _with_instead(resolve(core, topic), topic)
    leans = points_back(core) or (opened and _lacks_verb(core))
    if meant == core and not rich and leans and not is_about_all(core):
        return _capitalised(aside(core, topic.question))
    return question if meant == core else _asked(meant)


def _is_rich(core: str) -> bool:
    """Whether a question says so much by itself that an "it" does less harm than a wrong name."""
    said = [word for word in words(core) if word.carries_content and word.text.lower() not in ("one", "ones")]
    return len(said) >= _RICH


def _lacks_verb(core: str) -> bool:
    return main_verb(core) is None and not any(token.kind == "auxiliary" for token in tokens(core))


def stripped(question: str) -> tuple[str, str]:
    """The question without a "thanks, and" before it; or the one in brackets that it leans on, and itself."""
    inner = _ASIDE.search(question)
    if inner:
        return inner.group(1), question[: inner.start() + 1]
    return _asked(_opened(question)[0]), ""


def _opened(question: str) -> tuple[str, bool]:
    """The question from its first word that matters, and whether it was announced as a further one."""
    core, opened = without_points(question.strip()), False
    while True:
        for pattern, opens in ((_COURTESY, False), (_SO, False), (_ABOUT, True), (_JOINED, True)):
            match = pattern.match(core)
            if match and match.end() < len(core):
                core, opened = core[match.end() :], opened or opens
                break
        else:
            return core, opened


def _completed(complete: Callable[[str, str], str], core: str, topic: Topic) -> str:
    """The fragment completed from the last question, or from the fragment that this was asked with."""
    made = complete(core, topic.fragment) if topic.fragment else ""
    if made and not _ASIDE.search(made):
        return aside(made, topic.question)
    return complete(core, topic.question)


def _of_the_person(core: str, topic: Topic) -> str:
    """The question about whoever it is: "who is the mayor?", then "since when?"."""
    who = re.match(r"who (is|was|are|were) (.+?)\W*$", topic.question, re.IGNORECASE)
    asked = re.fullmatch(
        r"(?:since |until )?(?:when|why|where)|(?:for )?how long", core.strip(" ?!."), re.IGNORECASE
    )
    if not who or not asked or not topic.person or topic.person in who.group(2):
        return ""
    return f"{asked.group()} {who.group(1)} {topic.person} {who.group(2)}?"


def _phrase(core: str, topic: Topic, opened: bool) -> str:
    """The question that a bare phrase asks; "its weight" asks for what belongs to the topic."""
    owned = _OWNER.fullmatch(core)
    meant = resolve(core, topic)
    if owned is None or meant == core:
        return _completed(completed_phrase, meant, topic)
    what_is = _WHAT_IS.match(topic.question)
    noun, nouns = tokens(owned.group(1))[-1].lower, lexicon()["nouns"]
    if what_is or not opened or noun in nouns["attributes"]:
        be = what_is.group(1) if what_is else "is"
        return f"{'Who' if noun in nouns['people'] else 'What'} {be} {bare(meant)}?"
    owner_text = meant[: len(meant) - len(owned.group(1))].strip()
    for thing in (topic.thing, topic.things, topic.person):
        if thing and owner(thing) == owner_text and thing in topic.question:
            return topic.question.replace(thing, bare(meant), 1)
    return aside(f"What about {meant}", topic.question)


def _with_instead(text: str, topic: Topic) -> str:
    """The text with what "instead" is instead of."""
    match = re.search(r"\binstead(?=\W*$)", text, re.IGNORECASE)
    thing = "" if topic.thing in text else topic.thing
    return f"{text[: match.end()]} of {thing}{text[match.end() :]}" if match and thing else text


def _asked(text: str) -> str:
    """The text as a question is written."""
    found = tokens(text)
    is_question = bool(found) and any(token.kind in ("question", "auxiliary") for token in found[:2])
    return _capitalised(text if text[-1] in "?!." or not is_question else f"{text}?")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
