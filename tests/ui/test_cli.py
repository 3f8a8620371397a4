import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SEEDS
from fakes import HashingEmbedder

from index.build import build_index
from index.errors import NotReadyError
from index.home import default_store


def footnote(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user would."""
    command = [sys.executable, "-c", "from ui.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, errors="surrogateescape")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["ask", ""], 2, "The question is empty"),
        (["ask", "   "], 2, "The question is empty"),
        (["ask", "a" * 2001], 2, "2,000 is the limit"),
        (["ask", "a\udcffb"], 2, "U+DCFF"),
        (["ask", "Who is it?", "--json", "--explain"], 2, "choose one"),
        (["ask", "Who is it?"], 3, "footnote index"),
        (["ask", "Who is it?", "--seeds", "nowhere"], 2, "nowhere"),
        (["ask", "Who is it?", "--runtime", "turbo"], 2, "turbo"),
        (["index", "nowhere"], 2, "nowhere"),
        (["models", "fetch", "gpt-9"], 2, "gpt-9"),
        (["models", "verify"], 3, "footnote models fetch"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_bad_input_gives_one_message_and_its_exit_code(arguments: list[str], code: int, message: str) -> None:
    done = footnote(*arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [("empty.txt", b"", "empty.txt"), ("binary.txt", b"\x7fELF\0\1\2\3" * 50, "binary.txt")],
)
def test_a_file_that_is_no_article_is_named(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    done = footnote("index", str(tmp_path))
    assert done.returncode == 2
    assert message in done.stderr


@pytest.mark.models
def test_an_index_is_made_once_and_a_missing_model_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path))
    first = json.loads(footnote("index", "--json", str(SEEDS)).stdout)
    again = json.loads(footnote("index", "--json", str(SEEDS)).stdout)
    assert not first["unchanged"]
    assert again["unchanged"]
    assert again["generation"] == first["generation"]
    done = footnote("ask", "Who is the CEO of Ford?")
    assert done.returncode == NotReadyError.exit_code
    assert "footnote models fetch" in done.stderr


def test_the_catalogue_is_listed_as_json() -> None:
    rows = json.loads(footnote("models", "list", "--json").stdout)
    assert [row["name"] for row in rows if row["default"]] == ["qwen2.5-coder-1.5b"]
    assert not any(row["ready"] for row in rows)


def test_help_needs_no_heavy_package() -> None:
    code = (
        "import sys\nsys.argv = ['footnote', '--help']\nfrom ui.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'transformers', 'gradio', 'faiss', 'numpy'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout


def test_an_index_of_another_model_or_a_damaged_one_is_refused_with_the_command_that_mends() -> None:
    build_index([SEEDS], default_store(), HashingEmbedder())
    done = footnote("ask", "Who is the CEO of Ford?")
    assert done.returncode == 3
    assert "hashing" in done.stderr
    assert "footnote index" in done.stderr
    (vectors,) = default_store().rglob("vectors.faiss")
    data = bytearray(vectors.read_bytes())
    data[-1] ^= 1
    vectors.write_bytes(data)
    done = footnote("ask", "Who is the CEO of Ford?")
    assert done.returncode == 3
    assert "vectors.faiss" in done.stderr
    assert "footnote index" in done.stderr
    assert vectors.read_bytes() == data
