"""Reading server-sent events."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Sent:
    """One event; a comment has neither name nor data."""

    name: str
    data: Any
    number: str


def events_in(lines: Iterable[str]) -> Iterator[Sent]:
    """The events in the lines of a stream, as its specification says to read them."""
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
        elif "data" in fields:
            yield Sent(fields.get("event", "message"), json.loads(fields["data"]), fields.get("id", ""))
            fields = {}
