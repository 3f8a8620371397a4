"""Uploading: what is there afterwards, on the disk and in the pipeline, and after every failure."""

import errno
import os
from pathlib import Path

import pytest
from fakes import HashingEmbedder
from scripted import ScriptedGenerator
from small_world import BAKERY, PIER, REPLIES

from index import generations
from index.build import build_index
from index.store import open_index
from rag.pipeline import Pipeline
from ui.answering import Answering
from ui.problems import ProblemError
from ui.settings import UploadSettings
from ui.uploaded_files import uploaded_files, uploads_folder
from ui.uploads import Uploads

INN = b"The inn on Skerry Isle has nine rooms. Breakfast is served from seven."
HTML = b"<p>The lighthouse is white.</p><p style='display:none'>It is red.</p>"


class Place:
    """A store with the pier article, an answering over it, and its uploads."""

    def __init__(self, folder: Path, embedder: HashingEmbedder, **settings: int) -> None:
        self.embedder = embedder
        self.store = folder / "store"
        self.seeds = folder / "seeds"
        self.seeds.mkdir()
        (self.seeds / "pier.txt").write_text(PIER, encoding="utf-8")
        build_index([self.seeds], self.store, embedder)
        index = open_index(self.store, embedder.fingerprint)
        self.answering = Answering(Pipeline(index, embedder, ScriptedGenerator(REPLIES)))
        self.changes = 0
        self.uploads = Uploads(self.store, self.answering, UploadSettings(**settings), self.changed)

    def changed(self) -> None:
        self.changes += 1

    def state(self) -> object:
        """All that a failure must leave as it was."""
        stored = {path.name: path.read_bytes() for path in sorted(uploads_folder(self.store).glob("*"))}
        return (
            list(self.answering.index.articles),
            self.answering.index.generation,
            open_index(self.store).generation,
            stored,
        )

    def code(self, name: str, data: bytes) -> str:
        """The code of the problem that this upload has."""

        def add() -> None:
            self.uploads.may_have(name)
            self.uploads.add(name, data)

        with pytest.raises(ProblemError) as error:
            add()
        assert len(str(error.value)) <= 300
        return error.value.code


@pytest.fixture
def place(tmp_path: Path, embedder: HashingEmbedder) -> Place:
    return Place(tmp_path, embedder)


def test_an_uploaded_article_is_asked_about_at_once_and_still_there_later(place: Place) -> None:
    told: list[tuple[str, int, int]] = []
    done = place.uploads.add("inn.txt", INN, lambda *step: told.append(step))
    assert (done.name, done.sentences, done.hidden) == ("inn.txt", 2, 0)
    assert [step for step, _, _ in told] == ["read", "read", "embed", "embed"]
    assert place.changes == 1
    assert "nine rooms" in place.answering.index.articles["inn.txt"].text
    assert place.answering.index.generation == open_index(place.store).generation
    build_index([place.seeds, *uploaded_files(place.store)], place.store, place.embedder)
    assert list(open_index(place.store).articles) == ["inn.txt", "pier.txt"]
    assert uploaded_files(place.store)[0].stat().st_mode & 0o777 == 0o600


def test_what_is_hidden_in_a_document_is_counted(place: Place) -> None:
    assert place.uploads.add("light.html", HTML).hidden == 1
    assert "red" not in place.answering.index.articles["light.html"].text


def test_the_same_again_changes_nothing_and_a_new_version_takes_its_place(place: Place) -> None:
    first = place.uploads.add("inn.txt", INN)
    state = place.state()
    assert place.uploads.add("inn.txt", INN) == first
    assert place.state() == state
    assert place.uploads.add("inn.txt", INN + b" It is green.").sentences == 3
    assert uploaded_files(place.store)[0].read_bytes().endswith(b"green.")
    assert [path.name for path in uploads_folder(place.store).iterdir()] == ["inn.txt"]


def test_only_uploaded_articles_can_be_deleted(place: Place) -> None:
    place.uploads.add("inn.txt", INN)
    for name, code in (("pier.txt", "not_uploaded"), ("nothing.txt", "no_such_article")):
        with pytest.raises(ProblemError) as error:
            place.uploads.remove(name)
        assert error.value.code == code
    place.uploads.remove("inn.txt")
    assert list(place.answering.index.articles) == list(open_index(place.store).articles) == ["pier.txt"]
    assert uploaded_files(place.store) == []


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("pier.txt", INN, "name_taken"),
        ("PIER.txt", INN, "name_taken"),
        ("copy.txt", PIER.encode(), "same_content"),
        ("empty.txt", b" \n", "unreadable"),
        ("binary.txt", b"\x7fELF\0\1" * 50, "unreadable"),
        ("no.pdf", b"nothing of the kind", "unreadable"),
        ("broken.docx", b"PK\x03\x04 and no more", "unreadable"),
        ("../inn.txt", INN, "bad_name"),
    ],
)
def test_what_can_not_be_an_article_is_told_and_changes_nothing(
    place: Place, name: str, data: bytes, code: str
) -> None:
    state = place.state()
    assert place.code(name, data) == code
    assert place.state() == state
    assert place.changes == 0


def test_there_is_an_end_to_how_many_there_may_be(tmp_path: Path, embedder: HashingEmbedder) -> None:
    place = Place(tmp_path, embedder, max_articles=1)
    place.uploads.add("inn.txt", INN)
    assert place.code("bakery.md", BAKERY.encode()) == "too_many_articles"
    place.uploads.may_have("inn.txt")


@pytest.mark.parametrize(
    ("before", "step"),
    [(before, step) for before in ([], ["inn.txt"]) for step in ("new file", "index", "names")]
    + [(["inn.txt"], "link")],
)
@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EIO, "not_writable")],
)
def test_a_disk_that_refuses_at_any_step_loses_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch, before: list[str], step: str, number: int, code: str
) -> None:
    for name in before:
        place.uploads.add(name, INN)
    state = place.state()

    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as disk:
        match step:
            case "new file":
                disk.setattr("ui.uploaded_files._write", refuse)
            case "index":
                disk.setattr(generations, "_write", refuse)
            case "names":
                disk.setattr("ui.uploaded_files._flush", refuse)
            case "link":
                disk.setattr("ui.uploaded_files.os.link", refuse)
        assert place.code("inn.txt", INN + b" It is green.") == code
        if before and step != "new file":
            with pytest.raises(ProblemError) as error:
                place.uploads.remove("inn.txt")
            assert error.value.code == code
    assert place.state() == state
    assert place.uploads.add("inn.txt", INN + b" It is blue.").sentences == 3


def test_another_process_that_writes_the_index_is_waited_for(place: Place) -> None:
    state = place.state()
    with generations.writing(place.store):
        assert place.code("inn.txt", INN) == "index_locked"
    assert place.state() == state


def test_what_another_process_indexed_meanwhile_is_kept(place: Place) -> None:
    (place.seeds / "bakery.md").write_text(BAKERY, encoding="utf-8")
    build_index([place.seeds], place.store, place.embedder)
    place.uploads.add("inn.txt", INN)
    assert list(place.answering.index.articles) == ["bakery.md", "inn.txt", "pier.txt"]


def test_one_upload_at_a_time(place: Place) -> None:
    place.uploads.begin()
    with pytest.raises(ProblemError) as error:
        place.uploads.begin()
    assert (error.value.code, error.value.status) == ("upload_busy", 429)
    assert error.value.retry_after
    place.uploads.end()
    place.uploads.begin()
    place.uploads.end()
