"""The names that uploaded files may have."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.problems import ProblemError
from ui.uploaded_files import checked_name


@pytest.mark.parametrize(
    "name", ["a.txt", "Jahresbericht 2024 (Entwurf).PDF", "文章.docx", "a.b-c_d.html", "é.md"]
)
def test_ordinary_names_are_good(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".txt",
        "zebra",
        "a.exe",
        "a.txt.exe",
        "/etc/a.txt",
        "a/b.txt",
        "a\\b.txt",
        "..",
        "../a.txt",
        ".a.txt",
        " a.txt",
    ]
    + [
        "a .txt",
        "a..txt",
        "a\n.txt",
        "a\0.txt",
        "a\x1b[1m.txt",
        "a\u202etxt.txt",
        "a\u200b.txt",
        "e\u0301.txt",
    ]
    + ["a\ud800.txt", "C:a.txt", "a<b>.txt", "x" * 200 + ".txt", "\U0001f600" * 61 + ".txt"],
)
def test_other_names_are_refused_without_repeating_them(name: str) -> None:
    with pytest.raises(ProblemError) as error:
        checked_name(name)
    assert error.value.code == "bad_name"
    assert name in {"", ".txt", ".."} or name not in str(error.value)


@given(st.text(max_size=30), st.sampled_from([".txt", ".MD", ".pdf", ""]))
def test_a_good_name_is_one_file_in_the_folder(stem: str, suffix: str) -> None:
    try:
        name = checked_name(stem + suffix)
    except ProblemError:
        return
    path = Path("/uploads") / name
    assert Path(os.path.normpath(path)).parent == Path("/uploads")
    assert path.name == name
    assert name.isprintable()
    assert len(os.fsencode(name)) <= 255
