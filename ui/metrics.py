"""What the server counts and measures, in the form that Prometheus reads."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from ui.answering import Answering
from ui.walk import Record

_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 60.0)


class Metrics:
    """The figures of one application, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._questions = Counter(
            "footnote_questions",
            "Questions, by the door they came through and by what came of them.",
            ["route", "outcome"],
            registry=self.registry,
        )
        self._problems = Counter(
            "footnote_problems", "Questions without an answer, by code.", ["code"], registry=self.registry
        )
        self._first_words = self._seconds("first_words", "From the question to the first words.")
        self._answer = self._seconds("answer", "From the question to the whole answer.")
        self._waited = self._seconds("waited", "From the question to its turn.")

    def watch(self, answering: Answering) -> None:
        """Shows the line as it is whenever it is looked at."""
        waiting = Gauge("footnote_waiting", "Questions that wait for their turn.", registry=self.registry)
        waiting.set_function(lambda: answering.waiting)
        running = Gauge("footnote_running", "Questions that are being answered.", registry=self.registry)
        running.set_function(lambda: answering.running)

    def note(self, record: Record) -> None:
        """Counts a question."""
        self._questions.labels(record.question.route, record.outcome).inc()
        if record.code is not None:
            self._problems.labels(record.code).inc()
        if record.waited is not None:
            self._waited.observe(record.waited)
        if record.first_words is not None:
            self._first_words.observe(record.first_words)
        if record.outcome not in ("error", "cancelled"):
            self._answer.observe(record.total)

    def text(self) -> bytes:
        """All figures, as text."""
        return generate_latest(self.registry)

    def _seconds(self, name: str, meaning: str) -> Histogram:
        return Histogram(f"footnote_{name}_seconds", meaning, buckets=_SECONDS, registry=self.registry)
