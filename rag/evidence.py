"""What the model believes of the article's words, each matter read by itself with nothing else in sight."""

from collections.abc import Sequence

from rag.belief import beliefs, yes_odds
from rag.generator import Generator, Prompt
from rag.prompting import neutralise, template
from rag.sources import SourceSentence

_BEFORE = 200
"""Characters of the sentence before that are shown."""


def evidence_prompt(question: str, source: SourceSentence) -> Prompt:
    """What the model is asked about one sentence."""
    before = f"(… {source.before[-_BEFORE:]}) " if source.before else ""
    text = template("evidence").format(before=neutralise(before), text=neutralise(source.text))
    asked = template("evidence_question").format(question=neutralise(question))
    return Prompt(template("judge_system"), f"{text}\n", asked, keep=True)


def answer_prompt(question: str, sentence: str, cited: Sequence[str]) -> Prompt:
    """What the model is asked about a sentence of an answer and the words that it cites."""
    text = template("evidence").format(before="", text=neutralise(" ".join(cited)))
    asked = template("judge_question").format(question=neutralise(question), answer=neutralise(sentence))
    return Prompt(template("judge_system"), f"{text}\n", asked, keep=True)


def evidence(generator: Generator, question: str, sources: Sequence[SourceSentence]) -> list[float]:
    """For each sentence the log-odds that it states the answer."""
    return beliefs(generator, [evidence_prompt(question, source) for source in sources])


def stated(generator: Generator, question: str, sentence: str, cited: Sequence[str]) -> float:
    """The log-odds that the cited words, read alone, state this answer to the question."""
    return yes_odds(generator, [answer_prompt(question, sentence, cited)])[0]
