"""What a conversation has come to: the last question, and who and what "he", "it" and "they" would mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.follow_up.adjectives import is_adjective
from rag.follow_up.certainty import certain_of, perhaps_things
from rag.follow_up.mentions import Mention, Sex, mentions
from rag.follow_up.phrases import main_verb, noun_phrases
from rag.follow_up.tokens import lexicon, opening, tokens

_CLAUSE = re.compile(r"[,.;?!]\s+(?=\w)")
_WHAT_IS = re.compile(r"(?:what|where|who|which)(?:\s+(?:is|was)|['’]s)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a further question can point at; empty where there is nothing.

    `focus` is what the last question asked for, perhaps `several`, `noun` what "one" would stand for.
    `fragment` is what the last question was asked with where it leaned on another, which `question` is then.
    """

    question: str = ""
    fragment: str = ""
    thing: str = ""
    things: str = ""
    person: str = ""
    sex: Sex = ""
    focus: str = ""
    several: bool = False
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
        told = certain_of(mentions(answer, _names_in(question, answer)))
        person = _person(question, asked, answer, told, self.person)
        renamed = {m.text.lower() for m in told if m.named and opening(question) == "where"}
        things = [m for m in _by_weight(asked) if not m.personal and m.text not in renamed]
        focus = _focus(question, asked, answer, told)
        leading = _leading(question, asked, answer, told)
        said = [mention for mention in told if not mention.personal]
        plural = [*_by_weight(asked), *(mention for mention in told[:1] if mention.role == "subject")]
        groups = [mention for mention in plural if mention.plural and not mention.placed]
        guessed = [] if leading or things else perhaps_things(question, asked, answer)
        alone = any(question.rstrip(" ?!.").endswith(mention.text) for mention in guessed)
        weighed = [*leading, *things, *(guessed * alone), *said, *guessed] or [
            m for m in _by_weight(asked) if m is not person
        ]
        single = [mention for mention in weighed if not mention.plural]
        weak = [m for m in _by_weight(asked) if m.named and not m.placed and m.text.istitle()]
        person = person or (weak[0] if weak and not self.person else None)
        return Topic(
            question=question,
            thing=single[0].text if single else "" if weighed else self.thing,
            several=focus is not None and focus.plural,
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
    before = certain_of(mentions(question[:asking]), question)
    return [
        *certain_of(mentions(question[asking:]), question),
        *(replace(one, role="object") for one in before),
    ]


def _names_in(question: str, answer: str) -> frozenset[str]:
    """The names of a question; with "where is oslo" also that which the answer begins with, in a capital."""
    asked = tokens(question)
    known = {token.text for token in asked if token.kind == "name"}
    if _WHAT_IS.match(question):
        small = {token.text.capitalize() for token in asked if token.kind == "word" and token.text.islower()}
        known |= {one.text for one in tokens(answer)[:1] if one.text in small and not one.lower.endswith("s")}
    return frozenset(known)


def _by_weight(asked: Sequence[Mention]) -> list[Mention]:
    """What a question speaks of, what it is about first."""
    order = ("subject", "object", "asked")
    return sorted(asked, key=lambda mention: (mention.placed, order.index(mention.role)))


def _asks_for_subject(question: str) -> bool:
    """Whether the answer is who or what does or is something: "which car is faster?"."""
    verb = main_verb(question)
    subjects = [phrase for phrase in noun_phrases(question) if phrase.role == "subject"]
    if opening(question) not in ("what", "which") or (verb and verb.lemma("plain") in ("happen", "occur")):
        return False
    return not subjects if verb else any(is_adjective(phrase.head) for phrase in subjects)


def _leading(question: str, asked: Sequence[Mention], answer: str, told: Sequence[Mention]) -> list[Mention]:
    """What does what the question asks about, where that was what it asked."""
    if not _asks_for_subject(question):
        return []
    texts = {mention.text.lower() for mention in asked}
    new = [m for m in told[:1] if m.role == "subject" and m.text.lower() not in texts and not m.personal]
    sought = [mention for mention in asked if mention.role == "asked"]
    if any(mention.plural for mention in sought):
        return sought
    if sought and not new:
        new = [replace(name, personal=False) for name in _sole_name(answer)]
    return new or sought


def _place(asked: Sequence[Mention], focus: Mention | None, weighed: Sequence[Mention]) -> str:
    """Where "there" would be."""
    places = [mention for mention in asked if mention.placed]
    if focus is not None and (focus.role != "asked" or not places):
        return focus.text
    return next((m.text for m in (*places, *weighed) if m in places or m.named or " " in m.text), "")


def _person(
    question: str, asked: Sequence[Mention], answer: str, told: Sequence[Mention], known: str
) -> Mention | None:
    """The person that "he" or "she" would mean, whoever was `known` before."""
    in_question = [mention for mention in _by_weight(asked) if mention.personal and mention.named]
    in_answer = [mention for mention in told if mention.personal and mention.named]
    role = [mention for mention in _by_weight(asked) if mention.personal and not mention.plural]
    if opening(question) not in ("who", "whose", "whom"):
        people = [*in_question, *in_answer, *role]
        return people[0] if people else None
    subjects = [mention for mention in asked if mention.role == "subject"]
    new = [mention for mention in in_answer if mention.text not in known]
    people = [*new, *in_answer, *_sole_name(answer), *in_question, *role, *subjects]
    if not people or people[0].sex:
        return people[0] if people else None
    return replace(people[0], sex=next((mention.sex for mention in role if mention.sex), people[0].sex))


def _sole_name(answer: str) -> list[Mention]:
    """The capitalised word with which the answer to "who …?" or "which …?" begins."""
    found = tokens(answer)
    if not found or found[0].kind not in ("word", "name") or not found[0].text[0].isupper():
        return []
    if found[0].lower in lexicon()["nouns"]["vague"]:
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
    if opening(question) == "where":
        places = [mention for mention in told if mention.named and mention not in asked]
        return places[0] if places else None
    return sought[0] if sought else None


def _noun(asked: Sequence[Mention]) -> str:
    """The noun for which "one" would stand."""
    nouns = [
        m for role in ("asked", "subject", "object") for m in asked if m.role == role and m.noun.isalpha()
    ]
    return nouns[0].noun if nouns else ""
