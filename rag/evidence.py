"""What the model believes of the article's words, each matter read by itself with nothing else in sight."""

from collections.abc import Sequence

from rag.belief import probe_of, probed_and_yes_odds, yes_odds
from rag.generator import Generator, Noted, Prompt, StateReader
from rag.prompting import neutralise, template
from rag.sources import SourceSentence

_BEFORE = 200
"""Characters of the sentence before that are shown."""


def extraction_prompt(question: str, source: SourceSentence) -> Prompt:
    """Asks for the answer that one sentence gives; the probe reads from it whether there is one."""
    asked = template("extraction_question").format(question=neutralise(question))
    return Prompt(template("extraction_system"), _shown(source.told, source.before), asked, keep=True)


def sentence_prompt(question: str, source: SourceSentence) -> Prompt:
    """Asks for a yes or no to whether one sentence states the answer."""
    asked = template("sentence_question").format(question=neutralise(question))
    return Prompt(template("judge_system"), _shown(source.told, source.before), asked, keep=True)


def answer_prompt(question: str, sentence: str, cited: Sequence[str]) -> Prompt:
    """Asks for a yes or no to whether the cited words state a sentence of an answer."""
    asked = template("answer_question").format(question=neutralise(question), answer=neutralise(sentence))
    return Prompt(template("judge_system"), _shown(" ".join(cited)), asked, keep=True)


def evidence(generator: Generator, question: str, sources: Sequence[SourceSentence]) -> list[float]:
    """For each sentence the log-odds that it states the answer; all are read side by side.

    By the probe of the model's state where there is one, else by its yes and no.
    """
    if not sources:
        return []
    probe = probe_of(generator.name, "evidence")
    if probe is not None and isinstance(generator, StateReader):
        prompts = [extraction_prompt(question, source) for source in sources]
        return probe.scores(generator.states(prompts, probe.layers))
    return yes_odds(generator, [sentence_prompt(question, source) for source in sources])


def to_note(generator: Generator) -> Noted | None:
    """What is to be noted while the model reads, so that `in_context` can tell; None if it can't."""
    probe = probe_of(generator.name, "context")
    return Noted(probe.layers) if probe is not None and isinstance(generator, StateReader) else None


def in_context(generator: Generator, noted: Noted | None) -> float | None:
    """The log-odds that the sentence in focus, in its context, states the answer; None if nothing was noted.

    To the model the whole text is in sight here, so it may know whom a sentence is about, or that another
    one says otherwise.
    """
    probe = probe_of(generator.name, "context")
    if probe is None or noted is None or noted.states is None:
        return None
    (odds,) = probe.scores(noted.states)
    return odds


def stated(generator: Generator, question: str, sentence: str, cited: Sequence[str]) -> tuple[float, float]:
    """The log-odds that the cited words, read alone, state this answer to the question.

    Twice: by the model's yes and no, and by the probe of its state; where there is none, the same again.
    """
    prompts = [answer_prompt(question, sentence, cited)]
    probe = probe_of(generator.name, "answer")
    if probe is not None and isinstance(generator, StateReader):
        (probed,), (odds,) = probed_and_yes_odds(generator, probe, prompts)
        return odds, probed
    (odds,) = yes_odds(generator, prompts)
    return odds, odds


def _shown(text: str, before: str = "") -> str:
    before = f"(… {before[-_BEFORE:]}) " if before else ""
    return template("judged_text").format(before=neutralise(before), text=neutralise(text)) + "\n"
