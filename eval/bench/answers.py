"""How long people wait for first words and whole answers, of an article read before and of a new one."""

from collections.abc import Iterator

from eval.bench.measure import Goal, Measure, Readings, percentile
from eval.bench.world import World, ask, timings

_NEW = 8
"""Questions asked of an article that was never read, each of one of its own."""

_AGAIN = 8
"""Questions asked a second time."""

FIRST_KNOWN = Measure("answers.known.first", "first words, article asked about before, p50", goal=Goal(0.5))
FIRST_KNOWN_P95 = Measure("answers.known.first.p95", "first words, article asked about before, p95")
FIRST_NEW = Measure("answers.new.first", "first words, new article, p50", goal=Goal(1.5))
WHOLE = Measure("answers.whole.p50", "whole answer, p50", goal=Goal(2.0))
WHOLE_P95 = Measure("answers.whole.p95", "whole answer, p95", goal=Goal(5.0))
WHOLE_NEW = Measure("answers.new.whole", "whole answer, new article, p50")
AGAIN = Measure("answers.again", "whole answer, the same question again, p50", goal=Goal(0.05))


def rounds(world: World) -> Iterator[Readings]:
    """Asks every question of the known article, some again, and some of new articles."""
    while True:
        pipeline = world.pipeline()
        pipeline.warm()
        known = [ask(pipeline, question).timings for question in world.questions]
        first = [one["first_token"] for one in known]
        whole = [one["total"] for one in known]
        again = timings(pipeline, world.questions[:_AGAIN], "total")
        new = [ask(world.pipeline(world.edition()), one).timings for one in world.answerable(_NEW)]
        yield {
            FIRST_KNOWN: percentile(first, 50),
            FIRST_KNOWN_P95: percentile(first, 95),
            FIRST_NEW: percentile([one["first_token"] for one in new], 50),
            WHOLE: percentile(whole, 50),
            WHOLE_P95: percentile(whole, 95),
            WHOLE_NEW: percentile([one["total"] for one in new], 50),
            AGAIN: percentile(again, 50),
        }
