import pytest
from scripted import ScriptedGenerator

from rag.judgement import Decision, Scale
from rag.sources import SourceSentence
from rag.verification import JUDGED, ROUNDS, Material, Verifier
from rag.words import content_keys

SOURCES = (
    SourceSentence("a.txt", 0, 40, "Corvid makes 40 pumps a day in Torvik.", 0.4),
    SourceSentence("a.txt", 41, 80, "Sven Lund leads Corvid since 1999.", 0.2),
)
HEARD = content_keys(" ".join(source.text for source in SOURCES))
DECISION = Decision(
    answer=Scale(intercept=0.0, weights={"stated": 1.0}, threshold=0.5),
    quote=Scale(intercept=0.0, weights={"evidence": 1.0}, threshold=0.5),
)
QUESTION = "How many pumps does Corvid make?"


def verifier(generator: ScriptedGenerator, without: frozenset[str] = frozenset()) -> Verifier:
    return Verifier(generator, DECISION, without)


def weighed(generator: ScriptedGenerator, question: str = QUESTION) -> Material:
    return verifier(generator).weigh(question, SOURCES, HEARD)


@pytest.mark.parametrize(
    ("sentence", "odds", "problem", "check"),
    [
        ("Corvid makes 40 pumps a day.", 4.0, None, None),
        ("Corvid makes 40 pumps a day.", -4.0, "doubtful", None),
        ("Corvid makes 50 pumps a day.", 4.0, "unsupported", "numbers"),
        ("Ada Brook leads Corvid.", 4.0, "unsupported", "names"),
        ("Corvid was bought by a bank.", 4.0, "unsupported", "support"),
    ],
)
def test_a_sentence_passes_only_all_checks(
    sentence: str, odds: float, problem: str | None, check: str | None
) -> None:
    generator = ScriptedGenerator("", verdict=odds)
    verdict, _ = verifier(generator).check(sentence, QUESTION, weighed(generator))
    assert verdict.problem == problem
    assert (verdict.confidence > 0.5) == (problem is None)
    assert check is None or check in verdict.failures


def test_an_answer_is_spelt_as_the_article_is() -> None:
    source = SourceSentence("a.txt", 0, 40, "The harbour wall is nine metres high.", 0.4)
    generator = ScriptedGenerator("", verdict=4.0)
    material = verifier(generator).weigh("How high is the harbor wall?", (source,), HEARD)
    verdict, _ = verifier(generator).check("The wall is nine meters high.", "How high is it?", material)
    assert (verdict.sentence, verdict.problem) == ("The wall is nine metres high.", None)


def test_a_check_that_is_left_out_does_not_speak() -> None:
    generator = ScriptedGenerator("")
    lenient = verifier(generator, frozenset({"numbers"}))
    verdict, _ = lenient.check("Corvid makes 50 pumps a day.", QUESTION, weighed(generator))
    assert "numbers" not in verdict.failures


def test_the_model_is_asked_only_when_the_cheap_checks_pass() -> None:
    generator = ScriptedGenerator("")
    material = weighed(generator)
    verifier(generator).check("Corvid makes 50 pumps a day.", QUESTION, material)
    assert not generator.judged
    verifier(generator).check("Corvid makes 40 pumps a day.", QUESTION, material)
    assert len(generator.judged) == 1


@pytest.mark.parametrize(("odds", "problem"), [(3.0, None), (-3.0, "doubtful")])
def test_the_best_sentence_is_quoted_when_it_is_likely_to_answer(odds: float, problem: str | None) -> None:
    generator = ScriptedGenerator("", evidence=odds)
    found = verifier(generator).quote(QUESTION, weighed(generator), ())
    assert found is not None
    verdict, (source,) = found
    assert (verdict.sentence, verdict.problem) == (source.text, problem)


@pytest.mark.parametrize(
    ("sentence", "seconded"),
    [
        ("Corvid makes 40 pumps a day.", 1.0),
        ("Sven Lund leads Corvid.", -1.0),
        ("Corvid makes 50 pumps a day.", 0.0),
    ],
)
def test_a_quote_is_seconded_by_what_was_written_of_the_same_sentence(sentence: str, seconded: float) -> None:
    generator = ScriptedGenerator("", verdict=4.0)
    material = weighed(generator)
    written, _ = verifier(generator).check(sentence, "What of Corvid?", material)
    found = verifier(generator).quote(QUESTION, material, (written,))
    assert found is not None
    assert found[0].signals["seconded"] == seconded


def test_a_quote_that_tells_nothing_of_what_is_asked_is_held_back() -> None:
    generator = ScriptedGenerator("", evidence=9.0)
    question = "When did Corvid open?"
    silent = SourceSentence("a.txt", 0, 28, "Corvid makes pumps in Torvik.", 0.4)
    material = verifier(generator).weigh(question, (silent,), HEARD)
    found = verifier(generator).quote(question, material, ())
    assert found is not None
    assert "asked_kind" in found[0].failures


@pytest.mark.parametrize(("odds", "rounds"), [(1.0, 1), (-1.0, ROUNDS)])
def test_the_most_relevant_sentences_are_judged_and_the_next_when_none_convinces(
    odds: float, rounds: int
) -> None:
    many = tuple(SourceSentence("a.txt", n * 9, n * 9 + 8, f"It is {n}.", n / 100) for n in range(30))
    material = verifier(ScriptedGenerator("", evidence=odds)).weigh("What?", many, HEARD)
    assert [source.start for source in material.judged] == [
        n * 9 for n in range(29, 29 - JUDGED * rounds, -1)
    ]
    assert len(material.judged) == len(material.odds)
    assert len(material.sources) == 30


def test_without_sources_nothing_is_quoted() -> None:
    generator = ScriptedGenerator("")
    assert verifier(generator).quote("What?", verifier(generator).weigh("What?", (), HEARD), ()) is None


def test_what_is_not_there_can_not_be_left_out() -> None:
    with pytest.raises(ValueError, match="'nubmers'"):
        verifier(ScriptedGenerator(""), frozenset({"nubmers"}))


def test_a_name_of_the_question_that_no_article_has_does_not_pass() -> None:
    generator = ScriptedGenerator("", verdict=4.0)
    question = "how many pumps does corvid make in oslo"
    for place, failed in (("Torvik", False), ("Oslo", True)):
        sentence = f"Corvid makes 40 pumps a day in {place}."
        verdict, _ = verifier(generator).check(sentence, question, weighed(generator, question))
        assert ("names" in verdict.failures) == failed
