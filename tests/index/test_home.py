"""Where things are kept."""

from pathlib import Path

import pytest

from index.errors import NotReadyError
from index.home import data_beside, data_home, default_store, home, make_folder, store_for


def test_the_environment_chooses_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_HOME", str(tmp_path / "here"))
    assert home() == tmp_path / "here"
    assert default_store() == tmp_path / "here" / "index" / "default"
    assert data_home() == home()
    assert data_beside(default_store()) == default_store()


def test_the_platform_chooses_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOOTNOTE_HOME", raising=False)
    assert home().name == data_home().name == "footnote"
    assert home().is_absolute()


def test_what_people_gave_lies_in_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FOOTNOTE_HOME", raising=False)
    assert data_home() != home()
    assert data_beside(default_store()) == data_home() / "index" / "default"
    assert data_beside(tmp_path) == tmp_path


def test_each_folder_has_a_store_of_its_own(tmp_path: Path) -> None:
    one, two = tmp_path / "one" / "seeds", tmp_path / "two" / "seeds"
    assert store_for(one) != store_for(two)
    assert store_for(one) == store_for(one.parent / "." / "seeds")
    assert store_for(one).name.startswith("seeds-")
    assert len(store_for(Path("/")).name) > 12


def test_a_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(NotReadyError, match=r"Can't make the folder '.*file/store'.*set FOOTNOTE_HOME"):
        make_folder(tmp_path / "file" / "store")
