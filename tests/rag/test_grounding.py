import pytest

from rag.checks.claim import Claim
from rag.checks.numbers import missing_number
from rag.grounding import missing_names, unknown_names
from rag.initials import initials
from rag.sources import SourceSentence
from rag.words import words

CITED = (
    SourceSentence(
        "a.txt", 0, 60, "Renault’s AmpR small platform will carry two European Fords in 2028.", 0.0
    ),
)


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("It arrives in 2028.", False),
        ("It arrives in 2030.", True),
        ("2 cars will come.", False),
        ("Three cars will come.", True),
    ],
)
def test_numbers_must_stand_in_the_cited_words(sentence: str, missing: bool) -> None:
    assert (missing_number(Claim(sentence, "When?", CITED)) is not None) == missing


def test_a_number_of_the_question_may_be_repeated() -> None:
    assert missing_number(Claim("Not in 2026 but in 2028.", "Do they come in 2026?", CITED)) is None


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Ford uses AmpR.", set()),
        ("It is made for Europe.", set()),
        ("It will be called the Ford E-Max.", {"E", "Max"}),
        ("It will be sold by Nissan.", {"Nissan"}),
    ],
)
def test_names_must_stand_in_the_cited_words(sentence: str, missing: set[str]) -> None:
    assert missing_names(sentence, "What?", CITED) <= missing
    assert bool(missing_names(sentence, "What?", CITED)) == bool(missing)


def test_a_question_about_a_name_that_never_occurs_is_seen() -> None:
    keys = frozenset(word.key for word in words(CITED[0].text))
    assert unknown_names("Who is the head of Toyota?", keys) == {"Toyota"}
    assert unknown_names("Does Renault build it?", keys) == set()


@pytest.mark.parametrize(
    "question",
    [
        "I'm a dealer, and I've ordered one: when do I get it?",
        "Suppose Renault is late. What then?",
        "What did the CEO say to my PR people?",
        "Is Mr Renault in charge on Fridays in May?",
        "Will v2028 be carried?",
        "I live in Spain and am in grade B: who leads Renault?",
        "What may my 3 GB of RAM and 140 Wh carry?",
        "Is it OK by SMS for Dad?",
    ],
)
def test_words_that_are_no_names_are_not_missed_in_the_article(question: str) -> None:
    keys = frozenset(word.key for word in words(CITED[0].text))
    assert unknown_names(question, keys) == set()


@pytest.mark.parametrize("question", ["I hear Toyota leads it: when?", "We read that Toyota leads it. When?"])
def test_what_people_heard_of_a_name_is_asked_of_the_article(question: str) -> None:
    keys = frozenset(word.key for word in words(CITED[0].text))
    assert unknown_names(question, keys) == {"Toyota"}


def test_an_abbreviation_without_an_article_may_be_a_name() -> None:
    keys = frozenset(word.key for word in words(CITED[0].text))
    assert unknown_names("Will BMW carry it?", keys) == {"BMW"}


@pytest.mark.parametrize(
    "question", ["Who leads Orleans and Mongke?", "Was Möngke in Orléns?", "Is Renualt in it?"]
)
def test_a_name_without_its_accents_or_with_a_slip_of_the_pen_is_known(question: str) -> None:
    keys = frozenset(word.key for word in words("Möngke of Orléans drives a Renault."))
    assert unknown_names(question, keys) == set()


@pytest.mark.parametrize("name", ["Fenault", "Ren", "Renzo", "A291"])
def test_another_name_is_no_slip_of_the_pen(name: str) -> None:
    keys = frozenset(word.key for word in words("The Renault A290 of Rena."))
    assert unknown_names(f"Who drives the {name}?", keys) == {name}


def unknown(question: str, text: str) -> frozenset[str]:
    return unknown_names(question, frozenset(word.key for word in words(text)), initials(text))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Which Spanish city hosts the plant?", "The plant stands in Valencia, Spain."),
        ("Is it sold in China?", "A Chinese maker sells it."),
        ("Which American town has one?", "The first in the United States stands in Ohio."),
        ("Who is the new CEO?", "Ann Lee is chief executive."),
        ("Who is CEO of Acme?", "Ann Lee is chief executive of Acme."),
        ("What is Acme's acting CFO called?", "Acme's finance director is Ann Lee."),
        ("What is the CEO's name?", "Ann Lee is chief executive."),
        ("What does NASA plan?", "The National Aeronautics and Space Administration plans a flight."),
        ("Which EU countries joined?", "Six countries of the European Union joined."),
        ("What GDP does it have?", "Its gross domestic product is 4 billion."),
        ("What does DNA stand for?", "Deoxyribonucleic acid carries the genes."),
        ("How do the new CTs work?", "A CT scanner turns."),
        ("HOW MUCH DOES A TICKET COST?", "A fare is £3."),
        ("What Is The Price Of A Ticket?", "A fare is £3."),
        ("How Much Does a Ticket Cost?", "A fare is £3."),
        ("According to Wikipedia, who built it?", "Ann Lee built it."),
        ("Hi Footnote, when does it open?", "It opens at 8."),
    ],
)
def test_a_name_that_goes_by_another_word_or_is_none_is_not_missed(question: str, text: str) -> None:
    assert unknown(question, text) == set()


@pytest.mark.parametrize(
    ("question", "text", "names"),
    [
        ("What does Trump stand for?", "It carries the genes.", {"Trump"}),
        ("What did Elon Musk say?", "Ann Lee said no.", {"Elon", "Musk"}),
        ("Which Austrian city hosts it?", "It stands in Sydney, Australia.", {"Austrian"}),
        ("Which Spanish city hosts it?", "It stands in Lisbon, Portugal.", {"Spanish"}),
        ("What does NASA plan?", "The agency plans a flight.", {"NASA"}),
        ("Which EU countries joined?", "Six countries joined an exclusive union.", {"EU"}),
        ("Who is CEO of Tesla?", "Ann Lee is chief executive of Acme.", {"Tesla"}),
        ("What is the plan of IBM?", "The plan is simple.", {"IBM"}),
        ("Is Will Smith in it?", "Ann Lee is in it.", {"Smith"}),
        ("According to Toyota, who built it?", "Ann Lee built it.", {"Toyota"}),
        ("Hi Footnote, does Google own it?", "Ann Lee owns it.", {"Google"}),
    ],
)
def test_a_name_that_goes_by_no_other_word_is_missed(question: str, text: str, names: set[str]) -> None:
    assert unknown(question, text) == names
