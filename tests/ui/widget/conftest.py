"""The wiki with the widget in it, and a browser to visit it with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from rag.pipeline import Pipeline

from .visiting import Visits
from .world import World, opened_world


@pytest.fixture(scope="session")
def world(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("sites")
    with opened_world(pipeline, folder / "sites.json") as opened:
        yield opened


@pytest.fixture
def visits(browser: Browser, world: World) -> Iterator[Visits]:
    """Opens pages; at the end nothing may have gone wrong on them."""
    world.doors.open()
    visits = Visits(browser, world)
    yield visits
    visits.end()
