"""Makes questions about an article: the model writes them, the pipeline shows which it answers.

A question is made from a sentence and a name or number in it, and kept only when the pipeline answers it with
that, and with a footnote on that sentence; so whoever picks one gets a good answer.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from index.article import Article, Sentence
from index.splitting import split
from rag.generator import Decoding, Generator, Prompt
from rag.pipeline import Pipeline
from rag.prompting import neutralise, template
from rag.suggestions import MOST
from rag.words import content_keys, names, numbers, words

Progress = Callable[[int, int], None]

STRETCHES = 2 * MOST
"""From so many stretches of the article a sentence is taken, at most."""

TRIED = 3 * MOST
"""How many questions are written, at most."""

_SENTENCE_LENGTH = range(40, 400)
_QUESTION_LENGTH = range(12, 140)
_LEAST_CONTENT = 5
_LEAST_MATTER = 3
_MOST_TELLING = 4
_ALIKE = 0.6
_BEFORE = 240
_LONG_ANSWER = 4
_NAMED = r"[A-Z][\w’'&.-]*\w"
_TELLING = re.compile(
    rf"\b{_NAMED}(?: (?:(?:of|and|&|the|de|von) )?{_NAMED}| \d+\b(?![.,]\d))*"
    r"|[£$€]?\b\d(?:[\d.,:/]*\d)?\b(?:\s?%)?"
)
_UNIT = re.compile(
    r" (?:million|billion|thousand|per cent)?\b ?[A-Za-z]{3,}\b| (?:million|billion|thousand)\b"
)
_END = re.compile(r"[.!?][\"'”’)]*$")
_LABEL = re.compile(r"^(?:question\s*)?(?:\d+[.)]\s*)?[:\-*\s]*", re.IGNORECASE)
_ASKING = re.compile(r"(?:\w+,? ){0,3}?(?:who|whom|whose|what|when|where|which|why|how)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\bthe\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|these|those|here|we|our|i|you|your)\b"
    r"|\bthe (?:article|text|passage|sentence|author|story|report|document)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Seed:
    """What a question is made from: a sentence, and the words of it that are to be the answer."""

    sentence: Sentence
    answer: str


def make_questions(
    pipeline: Pipeline, article: Article, progress: Progress = lambda done, total: None
) -> list[str]:
    """At most six questions that the pipeline answers from the article, in the order of what they ask for.

    Args:
        pipeline: Answers over an index that has the article.
        article: What the questions are about.
        progress: Told how many were tried, and of how many.
    """
    kept: dict[int, str] = {}
    tried = seeds(article)
    for done, seed in enumerate(tried):
        progress(done, len(tried))
        if len(kept) == MOST or seed.sentence.start in kept:
            continue
        question = fitting(_written(pipeline.generator, article, seed), article, seed)
        if question is None or _is_alike(question, kept.values()):
            continue
        if _is_answered(pipeline, article, seed, question):
            kept[seed.sentence.start] = question
    progress(len(tried), len(tried))
    return [kept[start] for start in sorted(kept)]


def seeds(article: Article) -> list[Seed]:
    """What to make questions from: the most telling sentence of each stretch, with its last answer first."""
    fit = [one for one in article.sentences if _is_fit(_text(article, one))]
    count = min(STRETCHES, len(fit))
    edges = [number * len(fit) // count for number in range(count + 1)] if count else [0]
    best = [
        max(fit[first:last], key=lambda one: (_tells(_text(article, one)), -one.start))
        for first, last in zip(edges, edges[1:], strict=False)
    ]
    spread = [(one, answers_in(_text(article, one))) for one in (*best[::2], *best[1::2])]
    last = [Seed(sentence, answers[-1]) for sentence, answers in spread]
    first = [Seed(sentence, answers[0]) for sentence, answers in spread if len(answers) > 1]
    return [*last, *first][:TRIED]


def answers_in(text: str) -> list[str]:
    """The names and numbers of a sentence that may be asked for; short ones when there are no others."""
    found = [match for match in _TELLING.finditer(text) if match.start()]
    answers = [_with_unit(match, text) for match in found if not _describes(match, text)]
    clear = [one for one in answers if text.count(one) == 1]
    return [one for one in clear if " " in one or len(one) >= _LONG_ANSWER] or clear


def fitting(written: str, article: Article, seed: Seed) -> str | None:
    """What the model wrote, as a question that may be shown; None when it is none, or no good one."""
    text = _LABEL.sub("", " ".join(written.split()), count=1).strip(" \"'“”")
    asked = content_keys(text)
    is_one = len(split(text)[1]) == 1 and text.endswith("?") and text.count("?") == 1
    if not is_one or len(text) not in _QUESTION_LENGTH or not _ASKING.match(text):
        return None
    if _POINTING.search(text) or not _names_its_matter(text, article):
        return None
    if content_keys(seed.answer) & asked:
        return None
    return text[0].upper() + text[1:]


def _written(generator: Generator, article: Article, seed: Seed) -> str:
    asked = template("suggest").format(
        before=neutralise(_before(article, seed.sentence)),
        text=neutralise(_text(article, seed.sentence)),
        answer=neutralise(seed.answer),
    )
    prompt = Prompt(template("suggest_system"), "", asked)
    return "".join(generator.stream(prompt, Decoding(max_tokens=48)))


def _is_answered(pipeline: Pipeline, article: Article, seed: Seed, question: str) -> bool:
    """Whether the pipeline says what it should, and cites the sentence."""
    answer = pipeline.ask(question, article.name)
    cited = any(one.start < seed.sentence.end and seed.sentence.start < one.end for one in answer.citations)
    return answer.kind == "answer" and cited and content_keys(seed.answer) <= content_keys(answer.text)


def _describes(match: re.Match[str], text: str) -> bool:
    """Whether a name only says of what kind or whose something is: "the French plant", "Ana's plant"."""
    after = text[match.end() :].split(maxsplit=1)
    if match.group()[-1].isdigit() or not after or not text[match.end()].isspace():
        return False
    follows = words(after[0])
    return match.group().endswith(("'s", "’s")) or (bool(follows) and follows[0].carries_content)


def _with_unit(match: re.Match[str], text: str) -> str:
    """A number with the words that say of what it is one; a name as it is."""
    unit = _UNIT.match(text, match.end()) if match.group()[-1].isdigit() else None
    if unit is None:
        return match.group()
    whole = all(word.carries_content or word.text[0].isupper() for word in words(unit.group()))
    return text[match.start() : unit.end()] if whole else match.group()


def _is_fit(text: str) -> bool:
    return (
        len(text) in _SENTENCE_LENGTH
        and len(content_keys(text)) >= _LEAST_CONTENT
        and bool(_END.search(text))
        and not text.endswith("?")
        and bool(answers_in(text))
    )


def _tells(text: str) -> int:
    """How much there is to ask about: names and numbers; less when the sentence leans on the one before."""
    telling = min(len(set(names(text))) + len(numbers(text)), _MOST_TELLING)
    return telling - _MOST_TELLING // 2 * bool(_POINTING.match(text))


def _names_its_matter(question: str, article: Article) -> bool:
    """Whether it has a name of the article, or else enough of its words and nothing known as "the"."""
    known = content_keys(article.text)
    asked = content_keys(question)
    if content_keys(" ".join(names(question))) & known:
        return True
    return len(asked & known) >= _LEAST_MATTER and not _DEFINITE.search(question)


def _is_alike(question: str, others: Iterable[str]) -> bool:
    asked = content_keys(question)
    return any(len(asked & told) > _ALIKE * len(asked | told) for told in map(content_keys, others))


def _before(article: Article, sentence: Sentence) -> str:
    """The sentence before it in its paragraph."""
    at = article.sentences.index(sentence)
    before = article.sentences[at - 1] if at else None
    if before is None or before.paragraph != sentence.paragraph:
        return ""
    return _text(article, before)[-_BEFORE:] + " "


def _text(article: Article, sentence: Sentence) -> str:
    return " ".join(article.text[sentence.start : sentence.end].split())
