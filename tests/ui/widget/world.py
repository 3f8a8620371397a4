"""A real server with its doors, and the wiki, which is its only site."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ROOT
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from rag.pipeline import Pipeline
from ui.intranet.wiki import create_wiki
from ui.settings import Settings, SitesSettings
from ui.sites.file import change_sites
from ui.sites.site import Site, Sites

from ..conftest import made, serving
from .doors import Doors


@dataclass(frozen=True)
class World:
    """Where both are, and the file of the sites.

    The wiki gives one of `tokens` at `/token` to whoever has a cookie.
    """

    footnote: str
    wiki: str
    doors: Doors
    sites: Path
    tokens: list[str] = field(default_factory=list)

    def change(self, require_token: bool = False) -> Site:
        """The wiki as a site with another key than before."""
        site = Site(
            name="wiki", origins=(self.wiki,), require_token=require_token, requests_per_minute=100_000
        ).with_new_key()
        change_sites(self.sites, lambda before: Sites(sites=(site,)))
        return site


@contextmanager
def opened_world(pipeline: Pipeline, sites: Path) -> Iterator[World]:
    """Serves both."""
    sources = CORSMiddleware(StaticFiles(directory=ROOT / "ui" / "widget"), allow_origins=["*"])
    doors = Doors(made(pipeline, Settings(sites=SitesSettings(file=str(sites)))), sources)
    tokens: list[str] = []

    async def give_token(request: Request) -> PlainTextResponse:
        return PlainTextResponse(tokens.pop(0) if request.cookies else "")

    with serving(doors) as footnote:
        wiki = create_wiki(footnote)
        wiki.router.routes.append(Route("/token", give_token))
        with serving(wiki) as at:
            world = World(footnote, at, doors, sites, tokens)
            world.change()
            yield world
