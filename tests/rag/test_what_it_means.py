"""What "it", "he" and "she" mean after a question, and when they stay as they are."""

import pytest
from talking import conversation

from rag.conversation import stand_alone


@pytest.mark.parametrize(
    ("said", "question", "meant"),
    [
        (("How old is Tom Lee?", "Tom Lee is 40."), "Is it his birthday?", "Is it Tom Lee's birthday?"),
        (("When was Mozart born?", "In 1756."), "When did he die?", "When did Mozart die?"),
        (("When was Ann Lee born?", "In 1990."), "Where did she live?", "Where did Ann Lee live?"),
        (("When was the gate stolen?", "In 1911."), "Who saw it?", "Who saw the gate?"),
        (("Why was Lincoln shot?", "Some answer."), "Who shot him?", "Who shot Lincoln?"),
        (("When was the rent set?", "In May."), "Is it high?", "Is the rent high?"),
        (("Where is Machu Picchu?", "Machu Picchu is in Peru."), "When was it built?",
         "When was Machu Picchu built?"),
        (("How tall is Burj Khalifa?", "Burj Khalifa is 828 metres tall."), "Who designed it?",
         "Who designed Burj Khalifa?"),
        (("When was Mona Lisa painted?", "In about 1503."), "Who painted it?", "Who painted Mona Lisa?"),
        (("What did Ann Lee invent?", "Ann Lee invented the steam loom."), "When did it go on sale?",
         "When did the steam loom go on sale?"),
        (("Where is Ann Lee?", "She is in Peru."), "How big is it?", "How big is Peru?"),
        (("Where was Ann Lee found?", "Ann Lee was found in a hotel."), "When was it built?",
         "When was the hotel built?"),
        (("Why was Ann Lee arrested?", "Some answer."), "Where did it happen?", "Where did it happen?"),
        (("What does aspirin treat?", "Aspirin treats pain."), "What are its side effects?",
         "What are aspirin's side effects?"),
        (("Where does coffee come from?", "Coffee comes from Ethiopia."), "How is it roasted?",
         "How is coffee roasted?"),
        (("What time is breakfast?", "At eight."), "Where is it served?", "Where is breakfast served?"),
        (("what did renault build", "Renault built a plant."), "how big is it", "How big is the plant?"),
        (("What is missing?", "The key is missing."), "Where is it?", "Where is the key?"),
        (("Which river is the longest?", "The Nile is the longest river."), "How long is it?",
         "How long is the Nile?"),
        (("Which planet is the largest?", "Jupiter is the largest planet."), "How many moons does it have?",
         "How many moons does Jupiter have?"),
        (("Which car is faster?", "The Audi is faster."), "What does it cost?", "What does the Audi cost?"),
        (("Which option is cheapest?", "None of them is."), "How much is it?", "How much is the option?"),
        (("How tall is he?", "He is 1.80 metres tall."), "How heavy is it?", "How heavy is it?"),
        (("What ingredients do I need?", "Two eggs."), "how long does it bake", "how long does it bake"),
        (("How big is the tea set?", "It has six cups."), "Is it new?", "Is the tea set new?"),
    ],
)  # fmt: skip
def test_a_pronoun_means_what_the_question_was_about(
    said: tuple[str, str], question: str, meant: str
) -> None:
    assert stand_alone(question, conversation(*said)) == meant
