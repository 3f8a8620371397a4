"""When things happened on the way to an answer."""

import time
from dataclasses import dataclass, field


@dataclass
class Stopwatch:
    """Seconds since the question arrived, by what happened then."""

    started: float = field(default_factory=time.perf_counter)
    marks: dict[str, float] = field(default_factory=dict)

    def mark(self, name: str) -> None:
        """Notes the first time that something happens."""
        self.marks.setdefault(name, time.perf_counter() - self.started)
