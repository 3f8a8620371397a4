import gc

import pytest

from ui.session import collecting_nothing


def test_nothing_is_collected_meanwhile_and_all_is_as_before_afterwards() -> None:
    frozen = gc.get_freeze_count()
    with collecting_nothing():
        assert not gc.isenabled()
        kept = [[number] for number in range(100)]
    try:
        assert gc.isenabled()
        assert gc.get_freeze_count() >= frozen + len(kept)
    finally:
        gc.unfreeze()


def test_a_failure_ends_it_too() -> None:
    with pytest.raises(KeyError), collecting_nothing():
        raise KeyError
    gc.unfreeze()
    assert gc.isenabled()
