"""What `footnote ask` prints, and the walk that `--explain` shows, both as a pipe gets them."""

from dataclasses import replace

import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator
from typer.testing import CliRunner

from index.store import Index
from rag.answer import REFUSAL, Answer, Citation, Kind, RefusalReason, Verdict
from rag.judgement import Bar, Decision, Scale, shipped_decision
from rag.pipeline import Pipeline
from ui.cli import app
from ui.explaining import print_walk
from ui.printing import print_answer

PLATFORM = "What platform will the new Fiesta use?"
ANSWER = "The new Fiesta will use the AmpR small EV platform."
WORDS = Citation(1, "a.txt", 3, 12, "So it\nis.")
TIMES = {"retrieve": 0.011, "first_token": 1.5}
REPLY = Answer("And?", "So it is. [1]", None, (WORDS,), (), "m", TIMES, asked="And why?")
REFUSED = Answer("Q?", REFUSAL, "model", (), (), "m", TIMES, asked="Q?", kind="refusal", nearby=WORDS)


def printed(answer: Answer, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    print_answer(answer)
    said = capsys.readouterr()
    return said.out, said.err


def explained(answer: Answer, capsys: pytest.CaptureFixture[str]) -> str:
    print_walk(answer, shipped_decision())
    return capsys.readouterr().out


def test_an_answer_has_its_footnotes_and_its_times_apart(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed(REPLY, capsys)
    assert out == ("Understood as: And why?\nSo it is. [1]\n\n[1] “So it\nis.”\n    a.txt, characters 3-12\n")
    assert err == "\nm: retrieve 0.01 s, first token 1.50 s\n"


@pytest.mark.parametrize("asked", ["", "And?"])
def test_a_question_that_stood_alone_is_not_repeated(asked: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Understood" not in printed(replace(REPLY, asked=asked), capsys)[0]


def test_a_refusal_tells_the_nearest_words(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(REFUSED, capsys)[0]
    assert out == f"{REFUSAL}\n\nNearest in the article: “So it is.”\n    a.txt, characters 3-12\n"
    assert printed(replace(REFUSED, nearby=None), capsys)[0] == f"{REFUSAL}\n"


def test_the_own_words_of_the_article_are_in_quotation_marks(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(replace(REPLY, asked="", kind="quote"), capsys)[0]
    assert out == "The article's own words:\n“So it is.” [1]\n\n[1] a.txt, characters 3-12\n"


def test_what_a_part_of_a_list_stands_under_comes_before_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    listed = replace(REPLY, citations=(replace(WORDS, lead="Juniors –\nBring:"),))
    assert "\n[1] Juniors – Bring: “" in printed(listed, capsys)[0]
    assert "words:\nJuniors – Bring: “So it is.” [1]\n" in printed(replace(listed, kind="quote"), capsys)[0]


def test_page_and_section_are_told_where_they_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    placed = replace(WORDS, article="a.pdf", page=3, section="Delivery\x1b[2J")
    out = printed(replace(REPLY, citations=(placed, replace(WORDS, number=2, section="Cost"))), capsys)[0]
    assert "    a.pdf, page 3, Delivery [2J, characters 3-12\n" in out
    assert "    a.txt, Cost, characters 3-12\n" in out


def test_small_talk_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer("Hi!", "Hello!", None, (), (), "m", TIMES, kind="small_talk")
    assert printed(answer, capsys) == ("Hello!\n", "")
    assert explained(answer, capsys).startswith("Understood as\n  Hi!\n\nOutcome\n  Small talk")


def test_the_walk_of_an_answer_tells_each_step(
    ford: Index, embedder: HashingEmbedder, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = Pipeline(ford, embedder, ScriptedGenerator(ANSWER)).ask(PLATFORM)
    out = explained(answer, capsys)
    titles = ["Understood as", "Best passages", "Sentences considered", "Outcome", ANSWER, "Times (scripted)"]
    places = [out.index(f"\n{title}") if at else out.index(title) for at, title in enumerate(titles)]
    assert places == sorted(places)
    best = answer.passages[0]
    assert f"{best.score:.2f} (meaning {best.dense:.2f}, words {best.lexical:.2f})" in out
    assert f"The model's sentence “{ANSWER}”: shown\n      The checks found nothing wrong." in out
    assert "  9.00  belief that the cited words state this answer" in out
    needed = shipped_decision().answer.threshold
    assert f"Confidence {answer.verdicts[0].confidence:.3f}, needed {needed:.3f}." in out
    assert "\x1b" not in out


def test_the_walk_tells_which_check_spoke_and_what_was_quoted_instead(
    ford: Index, embedder: HashingEmbedder, capsys: pytest.CaptureFixture[str]
) -> None:
    generator = ScriptedGenerator("The new Fiesta will use the Zanzibar platform.", evidence=9.0)
    answer = Pipeline(ford, embedder, generator).ask(PLATFORM)
    out = explained(answer, capsys)
    assert "Wrong (names): The name Zanzibar does not stand in the cited words." in out
    assert "Confidence was not computed" in out
    assert "The article's sentence “" in out
    assert f"needed {shipped_decision().quote.threshold:.3f}" in out
    assert "Outcome\n  Quoted" in out


def test_the_walk_tells_of_the_lower_bar_where_nothing_could_be_quoted(
    ford: Index, embedder: HashingEmbedder, capsys: pytest.CaptureFixture[str]
) -> None:
    lower = Bar(threshold=0.3)
    decision = Decision(
        answer=Scale(intercept=0, weights={"stated": 1.0}, threshold=0.8, unquoted=lower),
        quote=Scale(intercept=0, weights={"evidence": 1.0}, threshold=0.8),
    )
    generator = ScriptedGenerator(ANSWER, verdict=0.0, evidence=-3.0)
    print_walk(Pipeline(ford, embedder, generator, decision=decision).ask(PLATFORM), decision)
    out = capsys.readouterr().out
    assert "Confidence 0.500, needed 0.300, as nothing could be quoted in its stead." in out
    assert "Confidence 0.047, needed 0.800." in out


def test_the_walk_of_an_overview_tells_that_nothing_had_to_be_believed(
    ford: Index, embedder: HashingEmbedder, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = Pipeline(ford, embedder, ScriptedGenerator(ANSWER)).ask("What is this article about?")
    out = explained(answer, capsys)
    assert out.count("shown\n      Chosen as one of those that tell what the text is about.") == 3
    assert "Confidence" not in out
    assert "Outcome\n  Told in sentences of the article" in out


@pytest.mark.parametrize(
    ("kind", "refusal", "words"),
    [
        ("answer", None, "Answered in the model's words"),
        ("quote", None, "Quoted"),
        ("refusal", "not_retrieved", "no passage is about the question"),
        ("refusal", "unknown_name", "something that the article does not mention"),
        ("refusal", "model", "found no answer"),
        ("refusal", "unsupported", "no sentence passed the checks"),
        ("refusal", "doubtful", "confidence in it was too low"),
    ],
)
def test_each_outcome_is_told_in_plain_words(
    kind: Kind, refusal: RefusalReason | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = explained(replace(REFUSED, kind=kind, refusal=refusal), capsys)
    assert words in out.partition("Outcome\n")[2].splitlines()[0]


def test_what_a_model_wrote_gives_the_terminal_no_orders(capsys: pytest.CaptureFixture[str]) -> None:
    verdict = Verdict("answer", "[red]So\x1b[2J it\nis.", "doubtful", 0.2, {"a_new_one": 1.0}, {})
    out = explained(replace(REFUSED, verdicts=(verdict,)), capsys)
    assert "“[red]So [2J it is.”: not shown" in out
    assert "  1.00  a new one" in out


def test_explain_shows_the_walk_and_without_it_there_is_none(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.session.open_pipeline", lambda *options: (pipeline, 0.5))
    plain = CliRunner().invoke(app, ["ask", PLATFORM])
    walked = CliRunner().invoke(app, ["ask", PLATFORM, "--explain"])
    assert "Sentences considered" not in plain.stdout
    assert "Sentences considered" in walked.stdout
    assert plain.stdout in walked.stdout
    assert "startup 0.50 s" in walked.stdout
    assert walked.stderr == ""
