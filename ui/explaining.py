"""The walk of one question on the terminal: what was found, what was thought of it, and what came of it."""

from collections.abc import Iterator
from typing import assert_never

from rag.answer import Answer, RefusalReason, Retrieved, Verdict
from rag.judgement import Decision, Scale
from ui.printing import one_line, plain_console, print_reply, times

_BEST = 5
"""How many passages are shown."""

_EXCERPT = 160
"""Characters of a passage that are shown."""

_SIGNALS = {
    "support": "share of what it says that the cited words hold",
    "stated": "belief that the cited words state this answer (log-odds)",
    "faithful": "the same, read from the model's inner state (log-odds)",
    "evidence": "belief that the best sentence holds the answer (log-odds)",
    "in_context": "the same, with the text around it in sight (log-odds)",
    "evidence_cited": "belief that the cited words hold the answer (log-odds)",
    "seconds": "whether it rests on the best sentence (1) or on another (-1)",
    "seconded": "whether what was written rests on this sentence (1), another (-1), or fell through (0)",
}


def print_walk(answer: Answer, decision: Decision) -> None:
    """Prints the walk of a question that was answered under this decision, its answer in the end."""
    from rich.text import Text

    console = plain_console()
    for title, lines in _sections(answer, decision):
        console.print(Text(title, style="bold"))
        for line in lines:
            console.print(Text(f"  {line}"))
        console.print()
    print_reply(console, answer)
    console.print(Text(f"\nTimes ({answer.model}): {times(answer)}", style="dim"))


def _sections(answer: Answer, decision: Decision) -> Iterator[tuple[str, list[str]]]:
    yield "Understood as", [answer.asked or answer.question]
    if answer.kind != "small_talk":
        passages = [line for found in answer.passages[:_BEST] for line in _passage(found)]
        yield "Best passages", passages or ["None."]
        verdicts = [line for verdict in answer.verdicts for line in _verdict(verdict, decision)]
        yield "Sentences considered", verdicts or ["None."]
    yield "Outcome", [_outcome(answer)]


def _passage(found: Retrieved) -> Iterator[str]:
    place = f"{found.passage.article}, characters {found.passage.start}-{found.passage.end}"
    yield f"{found.score:.2f} (meaning {found.dense:.2f}, words {found.lexical:.2f}): {place}"
    text = one_line(found.passage.text)
    yield f"    {text if len(text) <= _EXCERPT else text[:_EXCERPT].rstrip() + '…'}"


def _verdict(verdict: Verdict, decision: Decision) -> Iterator[str]:
    is_quote = verdict.kind == "quote"
    scale = decision.quote if is_quote else decision.answer
    whose = "The article's" if is_quote else "The model's"
    yield f"{whose} sentence “{one_line(verdict.sentence)}”: {'not shown' if verdict.problem else 'shown'}"
    if _is_told(verdict):
        yield "    Chosen as one of those that tell what the text is about."
        return
    if not verdict.failures:
        yield "    The checks found nothing wrong."
    for name, wrong in verdict.failures.items():
        yield f"    Wrong ({name.replace('_', ' ')}): {one_line(wrong)}"
    for name, value in verdict.signals.items():
        yield f"    {value:6.2f}  {_SIGNALS.get(name, name.replace('_', ' '))}"
    if verdict.failures:
        yield "    Confidence was not computed, as a check spoke."
    else:
        yield from _bar(verdict, scale)


def _is_told(verdict: Verdict) -> bool:
    """Whether it belongs to an overview, of which nothing has to be believed."""
    return not verdict.signals and not verdict.failures


def _bar(verdict: Verdict, scale: Scale) -> Iterator[str]:
    bar = scale if verdict.problem or scale.allows(verdict.signals) else scale.unquoted or scale
    where = "" if bar is scale else ", as nothing could be quoted in its stead"
    yield f"    Confidence {verdict.confidence:.3f}, needed {bar.threshold:.3f}{where}."
    for name, least in bar.too_low(verdict.signals).items():
        yield f"    Too low: {_SIGNALS[name]}; needed {least:.2f}."


def _outcome(answer: Answer) -> str:
    match answer.kind:
        case "answer":
            return "Answered in the model's words."
        case "quote" if any(_is_told(verdict) for verdict in answer.verdicts):
            return "Told in sentences of the article, without the model."
        case "quote":
            return (
                "Quoted: no sentence of the model could be shown; one of the article's own was sure enough."
            )
        case "small_talk":
            return "Small talk: nothing was looked up."
        case "refusal":
            return f"Refused: {_why(answer.refusal)}"
        case _:
            assert_never(answer.kind)


def _why(refusal: RefusalReason | None) -> str:
    match refusal:
        case "not_retrieved":
            return "no passage is about the question, by its words or by its meaning; nothing was read."
        case "unknown_name":
            return "the question names something that the article does not mention; nothing was read."
        case "model":
            return "the model read the article and found no answer in it."
        case "unsupported":
            return "no sentence passed the checks against the article's words."
        case "doubtful":
            return "a sentence passed the checks, but the confidence in it was too low."
        case None:
            return "no reason was noted."
        case _:
            assert_never(refusal)
