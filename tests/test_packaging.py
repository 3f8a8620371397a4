from importlib.metadata import packages_distributions

import pytest

PACKAGES = ["index", "rag", "ui", "eval"]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_owns_our_generic_names(package: str) -> None:
    assert set(packages_distributions().get(package, ["footnote"])) == {"footnote"}
