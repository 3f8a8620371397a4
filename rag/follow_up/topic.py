"""What a conversation has come to: the last question, and who and what "he", "it" and "they" would mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.checks.units import unit_of
from rag.follow_up.mentions import Mention, Sex, mentions
from rag.follow_up.phrases import main_verb, noun_phrases
from rag.follow_up.tokens import tokens

_CLAUSE = re.compile(r"[,.;?!]\s+(?=\w)")
_WHAT_IS = re.compile(r"(?:what|where|who|which)(?:\s+(?:is|was)|['’]s)\b", re.IGNORECASE)
_DETERMINED = re.compile(r"(?:the|my|your|our|his|her|its|their|\S+['’]s?)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a further question can point at; empty where there is nothing.

    `focus` is what the last question asked for, `noun` what "one" would stand for, `fragment` the one that
    the last question was asked with where it leaned on another, which `question` is then.
    """

    question: str = ""
    fragment: str = ""
    thing: str = ""
    things: str = ""
    person: str = ""
    sex: Sex = ""
    focus: str = ""
    place: str = ""
    noun: str = ""
    nouns: str = ""

    @property
    def person_alone(self) -> "Topic":
        """The topic without its things."""
        return Topic(question=self.question, person=self.person, sex=self.sex)

    @property
    def shown(self) -> str:
        """What "that" would mean: what the last question asked for, or spoke of itself."""
        spoken_of = self.thing.removeprefix("the ").casefold() in self.question.casefold()
        return self.focus or (self.thing if spoken_of else "")

    def after(self, question: str, answer: str) -> "Topic":
        """The topic once this question has been asked and answered; no answer says nothing."""
        asked = _asked_of(question)
        told = _clear(mentions(answer, _names_in(question, answer)))
        person = _person(question, asked, answer, told, self.person)
        things = [mention for mention in _by_weight(asked) if not mention.personal]
        focus = _focus(question, asked, answer, told)
        leading = _leading(question, asked, told)
        said = [mention for mention in told if not mention.personal]
        plural = [*_by_weight(asked), *(mention for mention in told[:1] if mention.role == "subject")]
        groups = [mention for mention in plural if mention.plural and not mention.placed]
        weighed = [*leading, *things, *said] or [m for m in _by_weight(asked) if m is not person]
        single = [mention for mention in weighed if not mention.plural]
        weak = [m for m in _by_weight(asked) if m.named and not m.placed and m.text.istitle()]
        person = person or (weak[0] if weak and not self.person else None)
        return Topic(
            question=question,
            thing=single[0].text if single else "" if weighed else self.thing,
            things=groups[0].text if groups else "" if weighed else self.things,
            person=person.text if person else self.person,
            sex=person.sex if person else self.sex,
            focus=focus.text if focus else "",
            place=_place(asked, focus, weighed) or self.place,
            noun=_noun(asked) or self.noun,
            nouns=next((f"{mention.noun}s" for mention in groups if mention.noun), ""),
        )


def _asked_of(question: str) -> list[Mention]:
    """Who and what a question speaks of, its last clause first where that is what asks.

    In "a pipe burst, do you pay for a hotel" that is the hotel.
    """
    asking = max((match.end() for match in _CLAUSE.finditer(question)), default=0)
    if not any(token.kind in ("question", "auxiliary") for token in tokens(question[asking:])[:1]):
        asking = 0
    before = _clear(mentions(question[:asking]), question)
    return [*_clear(mentions(question[asking:]), question), *(replace(one, role="object") for one in before)]


def _names_in(question: str, answer: str) -> frozenset[str]:
    """The names of a question; with "where is oslo" also that which the answer begins with, in a capital."""
    asked = tokens(question)
    known = {token.text for token in asked if token.kind == "name"}
    if _WHAT_IS.match(question):
        small = {token.text.capitalize() for token in asked if token.kind == "word" and token.text.islower()}
        known |= {one.text for one in tokens(answer)[:1] if one.text in small and not one.lower.endswith("s")}
    return frozenset(known)


def _clear(found: Sequence[Mention], question: str = "") -> list[Mention]:
    """Those that are certainly a thing: "step" may be a verb as well, and "90 minutes" are only so much.

    A question is believed to have a name in small letters, but not an answer.
    """
    exists = re.match(r"(?:is|are|was|were) there\b", question, re.IGNORECASE)
    certain = [
        m
        for m in found
        if m.named
        or m.personal
        or (m.role == "asked" and _opening(question) != "whose")
        or (m.plural and (m.role == "subject" or m.text.startswith("the ")))
        or (not m.plural and (exists or _DETERMINED.match(m.text) or (question and " " in m.text)))
    ]
    return [m for m in certain if unit_of(m.noun) is None]


def _by_weight(asked: Sequence[Mention]) -> list[Mention]:
    """What a question speaks of, what it is about first."""
    order = ("subject", "object", "asked")
    return sorted(asked, key=lambda mention: (mention.placed, order.index(mention.role)))


def _opening(question: str) -> str:
    found = tokens(question)
    return found[0].lower.removesuffix("'s") if found else ""


def _asks_for_subject(question: str) -> bool:
    """Whether the answer is who or what does something: "what will replace the bridge?"."""
    verb = main_verb(question)
    subjects = any(phrase.role == "subject" for phrase in noun_phrases(question))
    happens = verb is not None and verb.lemma("plain") in ("happen", "occur")
    return _opening(question) in ("what", "which") and verb is not None and not subjects and not happens


def _leading(question: str, asked: Sequence[Mention], told: Sequence[Mention]) -> list[Mention]:
    """What does what the question asks about, where that was what it asked."""
    if not _asks_for_subject(question):
        return []
    texts = {mention.text.lower() for mention in asked}
    new = [m for m in told[:1] if m.role == "subject" and m.text.lower() not in texts and not m.personal]
    sought = [mention for mention in asked if mention.role == "asked"]
    return new if new and not any(mention.plural for mention in sought) else sought


def _place(asked: Sequence[Mention], focus: Mention | None, weighed: Sequence[Mention]) -> str:
    """Where "there" would be."""
    places = [mention for mention in asked if mention.placed]
    if focus is not None and (focus.role != "asked" or not places):
        return focus.text
    return next((mention.text for mention in (*places, *weighed)), "")


def _person(
    question: str, asked: Sequence[Mention], answer: str, told: Sequence[Mention], known: str
) -> Mention | None:
    """The person that "he" or "she" would mean, whoever was `known` before."""
    in_question = [mention for mention in _by_weight(asked) if mention.personal and mention.named]
    in_answer = [mention for mention in told if mention.personal and mention.named]
    role = [mention for mention in _by_weight(asked) if mention.personal and not mention.plural]
    if _opening(question) not in ("who", "whose", "whom"):
        people = [*in_question, *in_answer, *role]
        return people[0] if people else None
    subjects = [mention for mention in asked if mention.role == "subject"]
    new = [mention for mention in in_answer if mention.text not in known]
    people = [*new, *in_answer, *_sole_name(answer), *in_question, *role, *subjects]
    if not people or people[0].sex:
        return people[0] if people else None
    return replace(people[0], sex=next((mention.sex for mention in role if mention.sex), people[0].sex))


def _sole_name(answer: str) -> list[Mention]:
    """The capitalised word with which the answer to "who …?" begins."""
    found = tokens(answer)
    if not found or found[0].kind not in ("word", "name") or not found[0].text[0].isupper():
        return []
    alone = (
        len(found) == 1
        or found[1].kind in ("auxiliary", "preposition")
        or found[1].lemma("plain") is not None
    )
    return [Mention(found[0].text, "", "subject", personal=True, named=True)] if alone else []


def _focus(question: str, asked: Sequence[Mention], answer: str, told: Sequence[Mention]) -> Mention | None:
    """What the question asked for, in the words of the answer where it names it."""
    sought = [mention for mention in asked if mention.role == "asked" and mention.noun]
    for mention in sought:
        for said in told:
            if mention.noun in said.text.lower() and not said.personal:
                return said
    if _opening(question) == "where":
        places = [mention for mention in told if mention.named and mention not in asked]
        return places[0] if places else None
    return sought[0] if sought else None


def _noun(asked: Sequence[Mention]) -> str:
    """The noun for which "one" would stand."""
    nouns = [
        m for role in ("asked", "subject", "object") for m in asked if m.role == role and m.noun.isalpha()
    ]
    return nouns[0].noun if nouns else ""
