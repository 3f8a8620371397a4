"""Sites and tokens for tests, and the application that knows them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
from fastapi import FastAPI

from rag.pipeline import Pipeline
from ui.server import create_app
from ui.settings import Settings, SitesSettings
from ui.sites.file import change_sites
from ui.sites.site import Key, Site, Sites

WIKI = "https://wiki.corp.example"
PORTAL = "https://portal.corp.example"


def key(number: int) -> Key:
    return Key(id=f"key-{number}", secret=f"{number:043}", created=datetime(2026, 11, 23, tzinfo=UTC))


def site(name: str = "wiki", *origins: str, **fields: object) -> Site:
    """A site with two keys and limits that no test meets by chance."""
    usual = {"requests_per_minute": 1_000_000, "streams": 1000, "keys": (key(1), key(2))}
    return Site.model_validate({"name": name, "origins": origins or (WIKI,), **usual, **fields})


def write(path: Path, *sites: Site) -> Path:
    """Puts the sites, and no others, into a file."""
    change_sites(path, lambda before: Sites(sites=sites))
    return path


def application(pipeline: Pipeline, path: Path, require_token: bool = False, **sections: object) -> FastAPI:
    """The application with the sites in this file."""

    async def make() -> FastAPI:
        sites = SitesSettings(file=str(path), require_token=require_token)
        settings = Settings.model_validate({"sites": sites, **sections})
        return create_app(pipeline, settings)

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, make()).result()


def signed(
    *, audience: object = "wiki", by: Key | None = None, kid: str | None = None, **claims: object
) -> dict[str, str]:
    """A request's header with a token that is good but for what is said."""
    chosen = by or key(1)
    now = datetime.now(UTC)
    said = {"aud": audience, "iat": now, "exp": now + timedelta(minutes=5), **claims}
    said = {name: value for name, value in said.items() if value is not None}
    token = jwt.encode(said, chosen.secret, "HS256", headers={"kid": kid or chosen.id})
    return {"authorization": f"Bearer {token}"}


def unsigned() -> dict[str, str]:
    """A token that claims to need no signature."""
    now = datetime.now(UTC)
    claims = {"aud": "wiki", "iat": now, "exp": now + timedelta(minutes=5)}
    token = jwt.encode(claims, None, "none", headers={"kid": key(1).id})
    return {"authorization": f"Bearer {token}"}
