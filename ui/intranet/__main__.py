"""`make intranet`: serves Footnote, and beside it the wiki that embeds it."""

import sys
import threading
from pathlib import Path

import typer
import uvicorn

from index.errors import FootnoteError
from index.home import home
from ui.intranet.wiki import create_wiki
from ui.settings import load_settings
from ui.sites.file import change_sites
from ui.sites.site import Site, Sites
from ui.sites.tokens import mint

_HOST = "127.0.0.1"
_PORT = 8080
_FILE = "intranet.json"
"""Keeps the wiki as the only site, apart from those that were added by hand."""


def main() -> None:
    """Serves both until it is told to stop."""
    from ui.server import check_port, run
    from ui.session import open_pipeline, store_of

    file = home() / _FILE
    settings = load_settings({"sites": str(file)})
    check_port(_HOST, _PORT)
    check_port(settings.server.host, settings.server.port)
    site = register(file)
    chosen = settings.model
    pipeline, _ = open_pipeline(None, chosen.name, chosen.runtime, chosen.server)
    footnote = settings.server.address
    wiki = create_wiki(footnote, lambda: mint(site, user="reader"))
    config = uvicorn.Config(wiki, host=_HOST, port=_PORT, log_level="warning", access_log=False)
    threading.Thread(target=uvicorn.Server(config).run, daemon=True, name="wiki").start()
    told = f"Ready: {footnote}, embedded at http://{_HOST}:{_PORT}"
    run(pipeline, settings, store_of(None), lambda: typer.echo(told, err=True))


def register(file: Path) -> Site:
    """Writes the wiki down as the only site, with a new key."""
    origins = tuple(f"http://{name}:{_PORT}" for name in (_HOST, "localhost"))
    site = Site(name="wiki", origins=origins, require_token=True).with_new_key()
    change_sites(file, lambda before: Sites(sites=(site,)))
    return site


if __name__ == "__main__":
    try:
        main()
    except FootnoteError as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(error.exit_code)
