"""Which files become articles, and what each bad path says."""

import hashlib
import os
from pathlib import Path

import pytest

from index import reading
from index.article import Place
from index.documents import isolation
from index.errors import BadInputError
from index.reading import Source, read_sources


def test_reads_a_folder_recursively_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Bee.", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.MD").write_text("# Ay", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("no", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text("no", encoding="utf-8")
    sources = read_sources([tmp_path])
    assert [(source.name, source.text) for source in sources] == [("b.txt", "Bee."), ("sub/a.MD", "# Ay")]
    assert sources[0].sha256 == hashlib.sha256(b"Bee.").hexdigest()


def test_text_has_the_offsets_of_read_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("One – 1.\r\n\r\nTwo.\r".encode())
    assert read_sources([path])[0].text == path.read_text(encoding="utf-8")


def test_hidden_text_is_not_in_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("<!-- Marker -->\n# Pier\nOne\u200b.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("<!-- This is just text. -->\n# Pier\u2060", encoding="utf-8")
    (tmp_path / "c.htm").write_text("<h1>Pier</h1>One.<p hidden>Marker</p>", encoding="utf-8")
    one, two, three = read_sources([tmp_path])
    assert (one.text, one.hidden, one.places) == ("\n# Pier\nOne.", 2, (Place(1, section="Pier", level=1),))
    assert (two.text, two.hidden, two.places) == ("<!-- This is just text. -->\n# Pier", 1, ())
    assert (three.text, three.hidden, three.places) == (
        "Pier\n\nOne.",
        1,
        (Place(0, section="Pier", level=1),),
    )
    assert [source.wrapped for source in (one, two, three)] == [True, True, False]


def test_a_known_document_is_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.html"
    path.write_text("<h1>Pier</h1>", encoding="utf-8")
    known = read_sources([path])
    with monkeypatch.context() as patch:
        patch.setattr(isolation, "extract", None)
        assert read_sources([path], known) == known
    path.write_text("<h1>Quay</h1>", encoding="utf-8")
    assert read_sources([path], known)[0].text == "Quay"
    renamed = Source("b.html", *(getattr(known[0], name) for name in ("text", "sha256", "places", "hidden")))
    assert read_sources([path], [renamed])[0].name == "a.html"


def test_the_same_content_under_two_names_is_kept(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Same.", encoding="utf-8")
    assert len(read_sources([tmp_path])) == 2


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Once.", encoding="utf-8")
    assert len(read_sources([path, tmp_path])) == 1


def test_two_articles_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(folder, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"Two articles are called 'a\.txt'.*rename"):
        read_sources([tmp_path / "one", tmp_path / "two"])


def test_a_link_inside_the_folder_is_followed_and_one_outside_refused(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.txt").write_text("Inside.", encoding="utf-8")
    (root / "b.txt").symlink_to("a.txt")
    assert [source.name for source in read_sources([root])] == ["a.txt", "b.txt"]
    (tmp_path / "secret.txt").write_text("Outside.", encoding="utf-8")
    (root / "c.txt").symlink_to("../secret.txt")
    with pytest.raises(BadInputError, match=r"c\.txt' is a link that leaves"):
        read_sources([root])


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(BadInputError, match="not a regular file"):
        read_sources([tmp_path])
    with pytest.raises(BadInputError, match="not a regular file"):
        read_sources([tmp_path / "pipe.txt"])


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1_000_000)
    (tmp_path / "a.txt").write_text("word " * 200_001, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"a\.txt' is larger than 1 MB; split it"):
        read_sources([tmp_path])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", r"a\.txt' has no text"),
        ("a.txt", b" \n\xe2\x80\x8b\n", r"a\.txt' has no text"),
        ("a.txt", b"\x7fELF\x00\x01", r"Can't read '.*a\.txt' as text: it is a program\. Save it as UTF-8"),
        ("a.csv", b"text", r"a\.csv' is not an article; name a \.txt, \.md, \.html, \.pdf or \.docx file"),
        ("a.pdf", b"text", r"Can't read '.*a\.pdf': it is not a PDF document, whatever its name says\."),
        ("a.pdf", b"%PDF-1.4", r"a\.pdf': it is cut off or damaged; save it again\."),
        ("a.html", b"<p></p>", r"a\.html' has no text; write"),
        ("a.html", b"\x89PNG", r"Can't read '.*a\.html': it is a PNG picture\."),
        ("a.txt", b"%PDF-1.4", r"as text: it is a PDF document\."),
        ("a\x1b.txt", b"text", r"has characters that can't be shown"),
        ("a\udc80.txt", b"text", r"has characters that can't be shown"),
    ],
)
def test_bad_files_say_which_and_why(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInputError, match=message):
        read_sources([path])


def test_missing_paths_say_so(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"no file or folder '.*nowhere'"):
        read_sources([tmp_path / "nowhere"])
    with pytest.raises(BadInputError, match=r"has no \.txt, \.md, \.html, \.pdf or \.docx file; put"):
        read_sources([tmp_path])
    with pytest.raises(BadInputError, match="No path was given"):
        read_sources([])
    with pytest.raises(BadInputError, match="check the path"):
        read_sources([Path("a\0b")])


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Text.", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(BadInputError, match="Permission denied"):
        read_sources([path])


def test_a_scan_says_that_it_may_be_one(tmp_path: Path) -> None:
    path = tmp_path / "scan.PDF"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, one) for number, one in enumerate(objects, 1))
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>")
    with pytest.raises(
        BadInputError, match=r"scan\.PDF' has no text; it may be a scan: run text recognition"
    ):
        read_sources([path])
