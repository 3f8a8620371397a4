import pytest
from talking import conversation

from rag.answer import REFUSAL
from rag.conversation import stand_alone

DIRECTOR = ("Who directs the orchestra?", "Lena Vogt directs the orchestra. [1]")
TUNNEL = ("How long is the tunnel?", "It is 12 km long. [1]")


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (TUNNEL, "who dug it", "Who dug the tunnel?"),
        (TUNNEL, "And when was it opened?", "When was the tunnel opened?"),
        (TUNNEL, "thanks, and what did it cost?", "What did the tunnel cost?"),
        (TUNNEL, "What about its lighting?", "How long is the tunnel's lighting?"),
        (TUNNEL, "what's its name?", "What's the tunnel's name?"),
        (DIRECTOR, "Where was she born?", "Where was Lena Vogt born?"),
        (DIRECTOR, "Did she replace him?", "Did Lena Vogt replace him?"),
        (DIRECTOR, "what does she earn?", "What does Lena Vogt earn?"),
        (DIRECTOR, "How did her tour go?", "How did Lena Vogt's tour go?"),
        (DIRECTOR, "how does that compare to the choir?", "How does the orchestra compare to the choir?"),
        (DIRECTOR, "Who conducted it before?", "Who conducted the orchestra before?"),
        (
            ("What did Amara Diallo discover?", "A new beetle. [1]"),
            "How does she describe it?",
            "How does Amara Diallo describe the new beetle?",
        ),
        (("Who is the mayor?", "Mrs. Brown is the mayor."), "How old is she?", "How old is Mrs Brown?"),
        (("Did Napoleon invade Russia?", "Yes."), "Why did he?", "Why did Napoleon?"),
        (("Is there a museum?", "Yes. [1]"), "When does it open?", "When does the museum open?"),
        (("What is the weight of the car?", "900 kg."), "And how fast is it?", "How fast is the car?"),
        (("Does the tax apply to farmers?", "Yes."), "Do they pay it?", "Do the farmers pay the tax?"),
        (("What do beavers eat?", "Bark."), "Where do they live?", "Where do beavers live?"),
        (
            ("How many people live in Peru?", "33 million."),
            "What language do they speak?",
            "What language do the people who live in Peru speak?",
        ),
        (("Which school did Ivo Marsh attend?", "Ringwood School."), "where is that",
         "Where is Ringwood School?"),
        (
            ("Which school did Ivo Marsh attend?", "Ringwood School."),
            "What did he learn there?",
            "What did Ivo Marsh learn in Ringwood School?",
        ),
        (("Which river flows through Bonn?", "The Rhine."), "How long is it?", "How long is the Rhine?"),
        (("Will there be a canteen?", "No."), "What do we get instead?",
         "What do we get instead of the canteen?"),
        (("Who is Ada Stone?", "She answers questions."), "and her deputy?",
         "Who is Ada Stone's deputy?"),
        (("Which offices have a canteen?", "The one in Bonn, for 90 minutes."), "who runs them?",
         "Who runs the offices?"),
        (("How much is a ticket?", "£9."), "Where can I buy one?", "Where can I buy a ticket?"),
        (("How heavy is the small pump?", "4 kg."), "And the big one?", "How heavy is the big pump?"),
        (("where is oslo", "Oslo is in the south of Norway."), "how big is it", "How big is Oslo?"),
        (("a pipe burst, do you pay for a hotel", "Yes."), "is food included in that",
         "Is food included in the hotel?"),
    ],
)  # fmt: skip
def test_what_points_at_the_conversation_is_named(said: tuple[str, ...], question: str, meant: str) -> None:
    assert stand_alone(question, conversation(*said)) == meant


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("When did Spain join the union?", "What about Portugal?", "When did Portugal join the union?"),
        ("Who is the CEO of Ford?", "And Renault?", "Who is the CEO of Renault?"),
        ("Who is the CEO of Ford?", "and of Renault", "Who is the CEO of Renault?"),
        ("What is Ford's plan?", "And Renault's?", "What is Renault's plan?"),
        ("When did the iPhone 4 come out?", "And the 5?", "When did the iPhone 5 come out?"),
        ("When was the Treaty of Utrecht signed?", "the Treaty of Rome?",
         "When was the Treaty of Rome signed?"),
        ("what is the capital of france", "and spain?", "What is the capital of spain?"),
        ("How many cars were sold in 2026?", "And in 2027?", "How many cars were sold in 2027?"),
        ("How many cars were sold in 2026?", "2027?", "How many cars were sold in 2027?"),
        ("How many cars were sold in 2026?", "in Norway too?", "How many cars were sold in 2026 in Norway?"),
        ("What will the fee be?", "And for members?", "What will the fee be for members?"),
        ("What is the fee for guests?", "And for members?", "What is the fee for members?"),
        ("When does the museum open?", "And the café?", "When does the café open?"),
        ("When does the museum open?", "and its café?", "When does the museum's café open?"),
        ("What is the levy for long boats?", "and the smaller boats?",
         "What is the levy for the smaller boats?"),
        ("Are dogs allowed?", "Cats too?", "Are Cats allowed?"),
        ("Does the hotel have a gym?", "And a pool?", "Does the hotel have a pool?"),
        ("Does the hotel have a gym?", "And the hostel?", "Does the hostel have a gym?"),
        ("Will Ford build two cars with Renault?", "On what platform?",
         "On what platform will Ford build two cars with Renault?"),
        ("Will Ford build two cars with Renault?", "Which ones?", "Which cars will Ford build with Renault?"),
        ("Was the bridge built in 1900?", "By whom?", "By whom was the bridge built in 1900?"),
        ("Are there ferries to the island?", "How many?", "How many ferries are there to the island?"),
        ("When is the concert?", "Where?", "Where is the concert?"),
        ("How long is the tunnel?", "And how deep?", "How deep is the tunnel?"),
        ("Did Ford leave Spain?", "When was that?", "When did Ford leave Spain?"),
        ("Who wrote the book?", "Who else?", "Who else wrote the book?"),
        ("Which yard built the ship?", "When?", "When did the yard build the ship?"),
        ("Which countries signed the pact?", "How many?", "How many countries signed the pact?"),
        ("how did they measure the wind", "and how long was that in summer",
         "How long was that in summer? (How did they measure the wind?)"),
        ("is the mill hiring", "and at the quarry, how many?",
         "At the quarry, how many? (Is the mill hiring?)"),
        ("WHAT IS THE FEE?", "AND FOR MEMBERS?", "WHAT IS THE FEE FOR MEMBERS?"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_filled_in(before: str, question: str, meant: str) -> None:
    assert stand_alone(question, conversation(before, "Some answer. [1]")) == meant


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        ("What did the council decide?", "Why?", "Why? (What did the council decide?)"),
        ("Did Ford leave Spain?", "What happened after that?",
         "What happened after that? (Did Ford leave Spain?)"),
        ("Did Ford buy Volvo?", "And Saab?", "What about Saab? (Did Ford buy Volvo?)"),
        ("Did the council close the bridge?", "And the tunnel?",
         "What about the tunnel? (Did the council close the bridge?)"),
        ("How long may I take to pay?", "what happens if I'm late",
         "What happens if I'm late? (How long may I take to pay?)"),
        ("Who goes first when two play?", "and with four?",
         "With four? (Who goes first when two play?)"),
        ("Where will the beer be brewed?", "and until then?", "Where will the beer be brewed until then?"),
        ("May we talk during the game?", "what if we do it anyway",
         "What if we do it anyway? (May we talk during the game?)"),
        ("Did the train break down?", "why's that", "Why did the train break down?"),
        ("Do dogs need a ticket?", "do i have to pay that myself", "Do i have to pay the ticket myself?"),
        ("I want to do the forklift licence, what do I need", "where do i get that",
         "Where do i get the forklift licence?"),
        ("How much is the family ticket?", "how many kids can i take on that",
         "How many kids can i take on the family ticket?"),
        ("Did the train break down?", "did anyone get hurt because of that",
         "Did anyone get hurt because of that? (Did the train break down?)"),
        ("How much is a repair?", "is that with parts", "Is that with parts? (How much is a repair?)"),
        ("Can I bring my wife along?", "is that covered?",
         "Is that covered? (Can I bring my wife along?)"),
    ],
)  # fmt: skip
def test_where_no_rule_is_sure_the_question_before_stands_in_brackets(
    before: str, question: str, meant: str
) -> None:
    assert stand_alone(question, conversation(before, "Some answer.")) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who is the CEO of Ford?",
        "When do the vans arrive?",
        "And what does Renault contribute?",
        "ticket prices",
        "Tell me what the hall costs",
        "list the players",
        "Is it true that Ford left?",
        "Is it possible to buy tickets online?",
        "How long does it take to build a car?",
        "How far is it from the hall to the station?",
        "What time is it?",
        "It is raining in the text?",
        "Was it the mayor who opened the hall?",
        "What does it say about parking?",
        "Does the article say that Ford won?",
        "How fast is that car?",
        "When was that agreement signed?",
        "Why did Jim Farley say that he would leave?",
        "Does Ford plan to sell its cars in Spain?",
        "Why did the ship sink when it hit the ice?",
        "Which violinists left, and where do they live?",
        "Is there a café?",
        "How many members are there?",
        "One of the players left, which?",
        "What is the main idea?",
        "are you sure?",
        "is it ok if I bring my dog to the hall?",
        "how come it's up to the mayor and not the priest?",
        "It's 3 am and I have a fever, whom do I phone?",
        "I have a spare ticket. Could I sell it?",
        "why does the IT team get Wednesday off",
        "Why is it that visitors can't come in?",
        "so Kyle never broke the strike?",
        "Does the ferry company keep it in the old harbour over the winter months?",
        "So nobody looks at the applications any more?",
        "My gran is 78. What will she owe?",
    ],
)
@pytest.mark.parametrize("said", [DIRECTOR, TUNNEL, ("Which boats may land?", REFUSAL)])
def test_a_question_that_stands_alone_stays_as_it_is(question: str, said: tuple[str, ...]) -> None:
    assert stand_alone(question, conversation(*said)) == question


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (
            ("What will the fee be?", "It will be £5. [1]", "And for members?", "It will be £3. [1]"),
            "Since when?",
            "Since when? (What will the fee be for members?)",
        ),
        (
            ("Can the printer scan?", "Yes.", "How do I connect it to a phone?", "Press the button."),
            "And to a tablet?",
            "How do I connect the printer to a tablet?",
        ),
        (
            ("Who won the race in 2019?", "Eliud Kipchoge won it.", "And in 2020?", "Nobody.", "why?",
             "Storms."),
            "and who won it in 2021?",
            "Who won the race in 2021?",
        ),
        (
            ("Which ports does Ostrava have?", "It has two.", "What's the one in the north called?",
             "Aalto."),
            "and the other one?",
            "What's the other port called?",
        ),
        ((*DIRECTOR, "How many players are there?", "Ninety."), "Where was she born?",
         "Where was Lena Vogt born?"),
        ((*TUNNEL, "thanks!", "You're welcome."), "And how deep?", "How deep is the tunnel?"),
        ((*TUNNEL, "Is there a café?", "Yes."), "When does it open?", "When does the café open?"),
    ],
)  # fmt: skip
def test_a_chain_of_follow_ups_is_understood_from_its_beginning(
    said: tuple[str, ...], question: str, meant: str
) -> None:
    assert stand_alone(question, conversation(*said)) == meant


def test_a_refusal_says_nothing_but_what_was_asked_stays_known() -> None:
    refused = conversation("Who directs the orchestra?", f"{REFUSAL} Ada Stone is another matter.")
    assert stand_alone("How old is she?", refused) == "How old is she?"
    assert stand_alone("Where is it?", refused) == "Where is the orchestra?"


def test_an_answer_with_a_footnote_is_no_refusal() -> None:
    said = conversation("Who set the Ostby mill on fire?", "Ada Stone, whose motive is not known. [1]")
    assert stand_alone("How old is she?", said) == "How old is Ada Stone?"


def test_markers_of_earlier_answers_are_not_repeated() -> None:
    said = conversation("Where was the comet seen?", "Over the Atacama Desert [1][2].")
    assert stand_alone("Where is that?", said) == "Where is the Atacama Desert?"


def test_only_the_last_turns_count() -> None:
    old = conversation("Who is the mayor?", "Ann Lee.", *(("Is there a hall?", "Yes.") * 6))
    assert stand_alone("How old is she?", old) == "How old is she?"
