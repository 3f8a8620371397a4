"""The `footnote sites` commands."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import BadInputError, NotReadyError
from ui.sites import REQUESTS_PER_MINUTE, STREAMS

if TYPE_CHECKING:
    from ui.settings import Settings
    from ui.sites.site import Site, Sites

commands = typer.Typer(help="The web sites that may embed Footnote: add, list, remove…", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The site's name.")]


@commands.callback()
def choose(
    context: typer.Context,
    sites: Annotated[
        str | None, typer.Option(help="The file of sites, as for serve.", envvar="FOOTNOTE_SITES")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings to read, as for serve.", show_default="footnote.toml")
    ] = None,
) -> None:
    """Notes which server's sites are meant."""
    context.obj = {"sites": sites, "config": config}


@commands.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name for it: small letters, digits and hyphens.")],
    origin: Annotated[
        list[str], typer.Option(help="Where its pages are, such as https://wiki.corp.example.")
    ],
    require_token: Annotated[
        bool, typer.Option("--require-token", help="Answer only with a token of the site's own server.")
    ] = False,
    requests_per_minute: Annotated[
        int, typer.Option(help="Requests of all its pages in a minute.", min=1)
    ] = REQUESTS_PER_MINUTE,
    streams: Annotated[int, typer.Option(help="Its answers under way at the same time.", min=1)] = STREAMS,
    article: Annotated[list[str] | None, typer.Option(help="It may ask about these articles alone.")] = None,
) -> None:
    """Lets the pages of a site ask."""
    from ui.sites.site import Site, Sites

    def added(sites: Sites) -> Sites:
        if any(site.name == name for site in sites.sites):
            raise BadInputError(
                f"There is a site {name!r} already; `footnote sites remove {name}` takes it away."
            )
        site = Site(
            name=name,
            origins=tuple(origin),
            require_token=require_token,
            requests_per_minute=requests_per_minute,
            streams=streams,
            articles=tuple(article or ()),
        )
        return Sites(sites=(*sites.sites, site))

    site = _change(context, added).named(name)
    typer.echo(
        f"{name}: pages of {', '.join(site.origins)} may ask. `footnote sites snippet {name}` shows how."
    )
    if require_token:
        typer.echo(f"It needs a key for its tokens: `footnote sites key {name}`.")


@commands.command("list")
def list_sites(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")] = False,
) -> None:
    """Shows the sites."""
    from ui.sites.file import read_sites

    rows = [_row(site) for site in read_sites(_path(context)).sites]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif rows:
        _print_rows(rows)
    else:
        typer.echo("There are no sites: only Footnote's own pages may ask. `footnote sites add` adds one.")


@commands.command()
def remove(context: typer.Context, name: Name) -> None:
    """Takes a site away; its pages get nothing from then on."""
    _change(context, lambda sites: sites.without(name))
    typer.echo(f"{name} is gone.")


@commands.command()
def key(
    context: typer.Context,
    name: Name,
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Make another; the one before it stays good until the next.")
    ] = False,
) -> None:
    """Makes the key with which the site's server signs tokens, and shows it this once."""

    def with_key(sites: "Sites") -> "Sites":
        site = sites.named(name)
        if site.keys and not rotate:
            raise BadInputError(
                f"The site {name!r} has a key, which is shown only once; "
                f"`footnote sites key {name} --rotate` makes another."
            )
        return sites.changed(site.with_new_key())

    keys = _change(context, with_key).named(name).keys
    typer.echo(f"kid     {keys[0].id}\nsecret  {keys[0].secret}")
    told = "Keep both on the site's server alone; the secret is not shown again."
    before = f" Until the next rotation {keys[1].id} stays good too." if keys[1:] else ""
    typer.echo(told + before, err=True)


@commands.command()
def token(
    context: typer.Context,
    name: Name,
    user: Annotated[str | None, typer.Option(help="The user whom it stands for.")] = None,
    minutes: Annotated[float, typer.Option(help="How long it is good; ten at most.")] = 5,
) -> None:
    """Makes a token, for trying."""
    from ui.sites.file import read_sites
    from ui.sites.tokens import mint

    typer.echo(mint(read_sites(_path(context)).named(name), user, minutes))


@commands.command("snippet")
def show_snippet(
    context: typer.Context,
    name: Name,
    server: Annotated[
        str | None,
        typer.Option(
            help="Where browsers find this server, such as https://qa.corp.example.", show_default=False
        ),
    ] = None,
) -> None:
    """Shows the lines to paste into the site's pages."""
    from ui.pages.widget import widget
    from ui.sites.file import read_sites
    from ui.sites.snippet import snippet

    site = read_sites(_path(context)).named(name)
    try:
        typer.echo(snippet(site, server or _server(context), widget()))
    except FileNotFoundError:
        raise NotReadyError("The widget has not been built; run `make widget`.") from None


def _settings(context: typer.Context) -> "Settings":
    """The settings of the server whose sites are meant."""
    from ui.settings import load_settings

    return load_settings({"sites": context.obj["sites"]}, context.obj["config"])


def _path(context: typer.Context) -> Path:
    from ui.sites.file import sites_path

    return sites_path(_settings(context).sites.file)


def _change(context: typer.Context, change: "Callable[[Sites], Sites]") -> "Sites":
    from ui.sites.file import change_sites

    path = _path(context)
    changed = change_sites(path, change)
    typer.echo(f"Changed {path}.", err=True)
    return changed


def _server(context: typer.Context) -> str:
    """The address to listen on, if browsers of other machines may find the server there."""
    server = _settings(context).server
    if server.host in {"0.0.0.0", "::"}:
        raise BadInputError(
            "Say with --server where browsers find this server, such as https://qa.corp.example."
        )
    return server.address


def _row(site: "Site") -> dict[str, object]:
    """All about a site but its secrets."""
    shown = site.model_dump(mode="json", exclude={"keys"})
    return {**shown, "keys": [{"id": key.id, "created": key.created.isoformat()} for key in site.keys]}


def _print_rows(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("site", "origins", "articles", "token", "keys", "a minute", "streams")
    for column in table.columns:
        column.overflow = "fold"
    for row in rows:
        cells = (
            row["name"],
            "\n".join(row["origins"]),
            "\n".join(row["articles"]) or "all",
            "required" if row["require_token"] else "optional",
            "\n".join(f"{key['id']} ({key['created'][:10]})" for key in row["keys"]) or "none",
            str(row["requests_per_minute"]),
            str(row["streams"]),
        )
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
