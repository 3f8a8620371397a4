import pytest

from rag.checks.antonyms import opposite_claim, opposite_premise


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did sales rise?", "Sales fell."),
        ("Why did the board approve it?", "The board rejected it as it was dear."),
        ("Why did the union support the plan?", "The union opposed the plan."),
        ("Which costs does the rent include?", "The rent excludes heating costs."),
        ("When does the shop close?", "The shop opens at 9 am."),
        ("When did profits increase?", "Profits decreased from 2018 to 2019."),
        ("When did the war end?", "The war begins in 1914."),
    ],
)
def test_the_opposite_of_what_a_question_takes_for_granted_is_found(question: str, text: str) -> None:
    assert opposite_premise(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What does the price not include?", "The price excludes meals."),
        ("When isn't the shop open?", "The shop is closed on Sundays."),
        ("Why did the project fail?", "The project did not succeed, as money was short."),
        ("Why was the proposal rejected?", "The council did not approve the proposal."),
        ("When is the museum closed?", "The museum is open daily except on Mondays."),
        ("Which rooms are closed?", "The rooms are open, except for the attic."),
        ("Why did prices fall?", "Prices increased at first but have fallen since."),
    ],
)
def test_an_opposite_that_is_negated_or_excepted_is_none(question: str, text: str) -> None:
    assert opposite_premise(question, text) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("When does the library close?", "The library is open until 8 pm."),
        ("What time does the shop close?", "The shop is open from 9 am to 6 pm."),
        ("When does the desk close?", "The desk is open 9:00–16:00."),
        ("When does the course end?", "The course begins on 3 May and runs for six weeks."),
        ("When does the war end?", "The war begins in 1914 and lasts until 1918."),
        ("How late is the pool open?", "The pool closes at 8 pm."),
        ("When did the lease start?", "The lease, which had run since 2015, ended in 2020."),
    ],
)
def test_how_long_something_lasts_tells_both_its_ends(question: str, text: str) -> None:
    assert opposite_premise(question, text) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Is it legal?", "It is illegal."),
        ("Is smoking allowed in the lobby?", "Smoking is forbidden in the lobby."),
        ("Is the museum open now?", "The museum is closed now until May."),
        ("Was the house sold by Tom?", "Tom bought the house."),
    ],
)
def test_the_opposite_of_what_is_asked_is_found(question: str, text: str) -> None:
    assert opposite_claim(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Was the house sold?", "Tom bought the house in 2010."),
        ("Was the house sold by 2011?", "Tom bought the house in 2010."),
        ("Is the road shut to lorries?", "The road is not open to lorries."),
        ("Is the museum closed on Mondays?", "The museum is open daily, except on Mondays."),
    ],
)
def test_the_other_side_of_what_is_asked_is_no_opposite(question: str, text: str) -> None:
    assert opposite_claim(question, text) is None
