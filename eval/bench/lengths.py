"""What a longer article costs: at the first question about it, and at those that follow."""

from collections.abc import Iterator

from eval.bench.corpus import lengthened
from eval.bench.measure import Measure, Point, Readings, middle
from eval.bench.world import World, ask

WORDS = (0, 600, 1_000, 2_000, 8_000)
"""Of the article; made-up ones are added to its own."""

_QUESTIONS = 3


def measures(words: int) -> tuple[Measure, Measure, Measure]:
    """First words of a new article that long, then first words and whole answers once it was read."""
    name, says = f"lengths.{words}", f"article of {words:,} words"
    plot = "article length"
    return (
        Measure(f"{name}.new", f"{says}: first words, new", point=Point(plot, "first words, new", words)),
        Measure(f"{name}.known", f"{says}: first words", point=Point(plot, "first words, known", words)),
        Measure(f"{name}.whole", f"{says}: whole answer", point=Point(plot, "whole answer, known", words)),
    )


def rounds(world: World) -> Iterator[Readings]:
    """Asks of a new edition of each length, and then again of the same."""
    questions = world.answerable(_QUESTIONS)
    texts = [lengthened(world.article.text, words) for words in WORDS]
    while True:
        readings: dict[Measure, float] = {}
        for text in texts:
            pipeline = world.pipeline(world.edition(text))
            first = ask(pipeline, questions[0]).timings["first_token"]
            known = [ask(pipeline, question).timings for question in questions[1:]]
            first_known, whole = (middle([one[key] for one in known]) for key in ("first_token", "total"))
            values = (first, first_known, whole)
            readings |= dict(zip(measures(len(text.split())), values, strict=True))
        yield readings
