"""The process that reads one document: bytes on stdin, limits as arguments, one JSON object on stdout."""

import json
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

from index.decoding import UndecodableError
from index.documents.extract import Extract, UnreadableError

_READERS = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html"}


def main(suffix: str, cpu_seconds: int, memory: int) -> None:
    """Prints the extract of the document on stdin, or why there is none."""
    _limit(cpu_seconds, memory)
    json.dump(_reply(suffix), sys.stdout)


def _reply(suffix: str) -> dict[str, object]:
    reader = import_module(f"index.documents.{_READERS[suffix]}")
    read: Callable[[bytes], Extract] = reader.extract
    try:
        found = read(sys.stdin.buffer.read())
    except (UnreadableError, UndecodableError) as error:
        return {"refusal": str(error)}
    except MemoryError:
        return {"refusal": "reading it takes more memory than a document may; save its text as .txt"}
    except Exception as error:
        # A parser meets a damaged file with any error at all.
        why = f"it is damaged or too large ({type(error).__name__})"
        return {"refusal": f"{why}; save it again, or save its text as .txt"}
    places = [[place.start, place.page, place.section, place.level] for place in found.places]
    return {"text": found.text, "places": places, "hidden": found.hidden}


def _limit(cpu_seconds: int, memory: int) -> None:
    """Lowers what this process may use."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    with suppress(ValueError, OSError):  # macOS knows no limit of the address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
