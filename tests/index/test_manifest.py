"""The manifest survives a round trip, and a crafted one is refused."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.manifest import FILE_NAMES, Manifest


def with_sum(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the number of all passages."""
    return {**fields, "passages": sum(article["passages"] for article in fields["articles"])}


SHA256 = st.text("0123456789abcdef", min_size=64, max_size=64)
SHORT = st.text(min_size=1, max_size=20)
MANIFESTS = st.fixed_dictionaries(
    {
        "schema_version": st.just(2),
        "footnote": SHORT,
        "created": st.just(datetime(2026, 1, 2, tzinfo=UTC).isoformat()),
        "recipe": st.fixed_dictionaries(
            {
                "reader": SHORT,
                "splitter": SHORT,
                "chunker": SHORT,
                "lexical": SHORT,
                "chunking": st.fixed_dictionaries(
                    {"sentences": st.integers(1, 9), "characters": st.integers(1, 2000)}
                ),
                "embedding": st.fixed_dictionaries(
                    {"name": SHORT, "fingerprint": SHA256, "dimension": st.integers(1, 4096)}
                ),
            }
        ),
        "articles": st.lists(
            st.fixed_dictionaries({"name": SHORT, "sha256": SHA256, "passages": st.integers(0, 9)}),
            min_size=1,
        ),
        "files": st.fixed_dictionaries(
            {
                name: st.fixed_dictionaries({"sha256": SHA256, "size": st.integers(0, 10**9)})
                for name in FILE_NAMES
            }
        ),
    }
).map(with_sum)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)


def example() -> dict[str, Any]:
    """A manifest as JSON, small and valid."""
    record = {"sha256": "0" * 64, "size": 1}
    return {
        "schema_version": 2,
        "footnote": "1",
        "created": "2026-01-02T00:00:00Z",
        "recipe": {
            "reader": "1",
            "splitter": "1",
            "chunker": "1",
            "lexical": "1",
            "chunking": {"sentences": 1, "characters": 1000},
            "embedding": {"name": "m", "fingerprint": "f", "dimension": 4},
        },
        "articles": [{"name": "a.txt", "sha256": "0" * 64, "passages": 2}],
        "passages": 2,
        "files": dict.fromkeys(FILE_NAMES, record),
    }


def put(value: Any, path: str, new: Any) -> Any:  # noqa: ANN401
    """A copy with the value at a path of keys replaced."""
    key, _, rest = path.partition(" ")
    place: Any = int(key) if key.isdigit() else key
    changed = put(value[place], rest, new) if rest else new
    if isinstance(value, list):
        return [*value[:place], changed, *value[place + 1 :]]
    return {**value, place: changed}


@given(MANIFESTS)
def test_round_trip(fields: dict[str, Any]) -> None:
    manifest = Manifest.from_bytes(json.dumps(fields).encode())
    assert Manifest.from_bytes(manifest.to_bytes()) == manifest


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema_version", 1),
        ("files ../../../etc/passwd", {"sha256": "0" * 64, "size": 1}),
        ("files extra.json", {"sha256": "0" * 64, "size": 1}),
        ("files", {"articles json": {"sha256": "0" * 64, "size": 1}}),
        ("passages", 3),
        ("passages", 10**12),
        ("passages", "2"),
        ("passages", True),
        ("recipe embedding dimension", 0),
        ("recipe embedding dimension", 10**9),
        ("recipe chunking sentences", -1),
        ("recipe chunking unknown", 1),
        ("articles", []),
        ("articles 0 sha256", "0" * 63 + "\n"),
        ("articles 0 sha256", "Z" * 64),
        ("articles 0 name", ""),
        ("created", "2026-01-02T00:00:00"),
        ("created", 5),
        ("unknown", 1),
    ],
)
def test_a_crafted_manifest_is_refused(path: str, value: object) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Manifest.from_bytes(json.dumps(put(example(), path, value)).encode())


@given(st.sampled_from(sorted(example().keys() - {"created"})), JSON)  # a number in quotes is a moment too
def test_wrong_types_are_a_value_error(key: str, value: object) -> None:
    assume(type(value) is not type(example()[key]))
    with pytest.raises(ValueError, match="validation error"):
        Manifest.from_bytes(json.dumps({**example(), key: value}).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Manifest.from_bytes(data)
