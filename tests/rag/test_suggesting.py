from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator

from index.article import Article
from index.build import build_index
from index.reading import source_of
from index.splitting import article_of
from index.store import Index, open_index
from rag.generator import Decoding, Prompt
from rag.judgement import Decision, Scale
from rag.pipeline import Pipeline
from rag.prompting import template
from rag.suggesting import STRETCHES, TRIED, Seed, answers_in, fitting, make_questions, seeds

TEXT = (
    "The council of Tollwick voted on 3 May to rebuild its north pier. The work will cost 6.4 million "
    "pounds. Harbour master Ilse Brackmoor will lead the rebuilding of the pier for two years.\n\n"
    "The ferry Alda moves to the south quay of Tollwick in 2031. It crosses to Skerry Isle in half an hour. "
    "The weather was fine and people liked to walk along the water in the evening sun."
)
SHOWS_ALL = Decision(
    answer=Scale(intercept=9, weights={}, threshold=0.5), quote=Scale(intercept=-9, weights={}, threshold=0.5)
)
LEADS = "Who will lead the rebuilding of the pier in Tollwick?"
MOVES = "When does the ferry Alda move to the south quay?"
BOTH = "Ilse Brackmoor will lead the rebuilding. The ferry Alda moves to the south quay in 2031."


def article(text: str = TEXT) -> Article:
    return article_of(source_of("pier.txt", text.encode()))


def seed_of(made: Article, answer: str) -> Seed:
    return next(seed for seed in seeds(made) if seed.answer == answer)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (LEADS, LEADS),
        (f' "{LEADS}"\n', LEADS),
        (f"Question: {LEADS}", LEADS),
        (f"1. {LEADS}", LEADS),
        ("Who leads rebuilding of a pier for two years?", "Who leads rebuilding of a pier for two years?"),
        ("Who will lead the rebuilding of the pier for two years?", None),  # of which pier?
        ("For how long will Ilse Brackmoor lead the work?", None),  # it says what it should ask for
        ("Who will lead it?", None),
        ("Who leads the work in Tollwick? And for how long?", None),
        ("Ilse Brackmoor will lead the rebuilding.", None),
        ("Will the harbour master of Tollwick lead the work?", None),
        ("Who will lead the work?", None),
        ("Who does the article say will lead the work in Tollwick?", None),
        ("Who is she that leads the work in Tollwick?", None),
        (LEADS + "?", None),
        ("Who " + "really " * 40 + "leads Tollwick?", None),
        ("", None),
        ("   ", None),
    ],
)
def test_only_a_question_that_stands_alone_is_kept(written: str, kept: str | None) -> None:
    made = article()
    assert fitting(written, made, seed_of(made, "Ilse Brackmoor")) == kept


def test_the_sentences_are_telling_ones_from_all_over_the_article() -> None:
    years = range(1900, 2000)
    text = "\n\n".join(f"In {year} the town of Tollwick built {year % 97} new houses." for year in years)
    made = article(text)
    chosen = [made.sentences.index(seed.sentence) for seed in seeds(made)[:STRETCHES]]
    for number, place in enumerate(sorted(chosen)):
        assert place in range(number * len(years) // STRETCHES, (number + 1) * len(years) // STRETCHES)
    assert max(chosen[: STRETCHES // 2]) - min(chosen[: STRETCHES // 2]) > 0.7 * len(years)
    assert len(seeds(made)) <= TRIED


def test_headings_questions_and_sentences_without_a_fact_are_not_asked_about() -> None:
    made = article(
        "Key facts of the pier in Tollwick\n\nWho is the harbour master of Tollwick today?\n\nIt is so.\n\n"
        "The weather was fine and people liked to walk along the water in the evening sun."
    )
    assert seeds(made) == []


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("The pump moves 2,400 litres an hour.", ["2,400 litres"]),
        ("It will cost £6.4 million, up from £5.1 million.", ["£6.4 million", "£5.1 million"]),
        ("Work begins on 12 May and ends in 2031.", ["12 May", "2031"]),
        ("About 37.5 % of it is paid by Orrin & Vale Marine.", ["37.5 %", "Orrin & Vale Marine"]),
        ("She runs the Bank of Ostby in Ana Weber’s house.", ["Bank of Ostby"]),
        ("Ana Weber met Ana Weber.", []),
        ("There are 60 in all.", ["60"]),
        ("It is built in the French plant and in Ana’s plant by Karl Zephyr.", ["Karl Zephyr"]),
        ("Nobody came.", []),
    ],
)
def test_names_and_numbers_can_be_asked_for(text: str, answers: list[str]) -> None:
    assert answers_in(text) == answers


class Writer(ScriptedGenerator):
    """Writes for each answer its question; answers as scripted."""

    def __init__(self, written: dict[str, str], answer: str) -> None:
        super().__init__(answer)
        self.written = written

    def stream(self, prompt: Prompt, decoding: Decoding) -> Iterator[str]:
        if prompt.system != template("suggest_system"):
            return super().stream(prompt, decoding)
        wanted = prompt.question.rpartition("Answer: ")[2].splitlines()[0]
        return iter([self.written.get(wanted, "No.")])


@pytest.fixture
def index(tmp_path: Path, embedder: HashingEmbedder) -> Index:
    (tmp_path / "pier.txt").write_text(TEXT, encoding="utf-8")
    build_index([tmp_path / "pier.txt"], tmp_path / "store", embedder)
    return open_index(tmp_path / "store", embedder.fingerprint)


def questions(index: Index, embedder: HashingEmbedder, written: dict[str, str], answer: str) -> list[str]:
    pipeline = Pipeline(index, embedder, Writer(written, answer), decision=SHOWS_ALL)
    return make_questions(pipeline, index.articles["pier.txt"])


def test_a_question_is_kept_when_it_is_answered_from_its_sentence(
    index: Index, embedder: HashingEmbedder
) -> None:
    assert questions(index, embedder, {"2031": MOVES, "Ilse Brackmoor": LEADS}, BOTH) == [LEADS, MOVES]


@pytest.mark.parametrize(
    "answer",
    [
        "The article does not say.",
        "The work will cost 6.4 million pounds.",  # from another sentence
        "Karl Zephyr will lead the rebuilding.",
        "The harbour master will lead the rebuilding.",  # not what the question was made for
    ],
)
def test_one_that_is_not_is_dropped(index: Index, embedder: HashingEmbedder, answer: str) -> None:
    assert questions(index, embedder, {"Ilse Brackmoor": LEADS}, answer) == []


def test_the_same_question_is_kept_once(index: Index, embedder: HashingEmbedder) -> None:
    assert questions(index, embedder, {"2031": LEADS, "Ilse Brackmoor": LEADS}, BOTH) == [LEADS]


def test_progress_ends_with_all_that_was_to_try(index: Index, embedder: HashingEmbedder) -> None:
    told: list[tuple[int, int]] = []
    pipeline = Pipeline(index, embedder, Writer({}, ""), decision=SHOWS_ALL)
    make_questions(pipeline, index.articles["pier.txt"], lambda done, total: told.append((done, total)))
    total = len(seeds(index.articles["pier.txt"]))
    assert told == [(done, total) for done in range(total + 1)]
