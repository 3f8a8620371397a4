"""A site that may embed Footnote: where its pages are, what it may ask, and the keys that sign its tokens."""

import re
import secrets
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from index.errors import BadInputError
from ui.sites import REQUESTS_PER_MINUTE, STREAMS
from ui.sites.origins import as_origin

LIVE_KEYS = 2
"""The newest, and the one before it: so the site's own server has time to change over."""

_SECRET_BYTES = 32
_MOST = 100
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def _checked_origin(text: str) -> str:
    try:
        return as_origin(text)
    except BadInputError as error:
        raise ValueError(str(error)) from None


def _checked_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(f"{text[:100]!r} is no name for a site; write small letters, digits and hyphens")
    return text


class _Kept(BaseModel):
    """What stands in the file: nothing unknown, and no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


class Key(_Kept):
    """A secret that the site's server shares with Footnote."""

    id: Annotated[str, Field(pattern=r"^[\w-]{1,64}$")]
    secret: Annotated[str, Field(min_length=32, max_length=200, repr=False)]
    created: AwareDatetime


class Site(_Kept):
    """One site."""

    name: Annotated[str, AfterValidator(_checked_name)]
    origins: Annotated[
        tuple[Annotated[str, AfterValidator(_checked_origin)], ...], Field(min_length=1, max_length=_MOST)
    ]
    require_token: bool = False
    requests_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = REQUESTS_PER_MINUTE
    streams: Annotated[int, Field(ge=1, le=10_000)] = STREAMS
    articles: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=4096)], ...], Field(max_length=1000)
    ] = ()
    keys: Annotated[tuple[Key, ...], Field(max_length=LIVE_KEYS)] = ()

    def with_new_key(self) -> Self:
        """The site with another key in front; the one before it stays live, older ones do not."""
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        key = Key(id=secrets.token_hex(4), secret=secret, created=datetime.now(UTC).replace(microsecond=0))
        return self.model_copy(update={"keys": (key, *self.keys)[:LIVE_KEYS]})

    def serves(self, article: str) -> bool:
        """Whether the site may ask about this article, named with or without its suffix."""
        return not self.articles or not {article, article.rpartition(".")[0]}.isdisjoint(self.articles)


class Sites(_Kept):
    """All sites, as the file keeps them."""

    version: Literal[1] = 1
    sites: tuple[Site, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        names = [site.name for site in self.sites]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"there are two sites {twice[0]!r}")
        origins = [origin for site in self.sites for origin in site.origins]
        if twice := sorted({origin for origin in origins if origins.count(origin) > 1}):
            raise ValueError(f"the origin {twice[0]!r} is there twice")
        return self

    @property
    def origins(self) -> list[str]:
        """The origins of all sites."""
        return [origin for site in self.sites for origin in site.origins]

    def of_origin(self, origin: str) -> Site | None:
        """The site whose pages have this origin."""
        return next((site for site in self.sites if origin in site.origins), None)

    def named(self, name: str) -> Site:
        """The site of that name.

        Raises:
            BadInputError: There is none.
        """
        site = next((site for site in self.sites if site.name == name), None)
        if site is None:
            known = ", ".join(site.name for site in self.sites) or "none yet; `footnote sites add` adds one"
            raise BadInputError(f"There is no site {name!r}. There are: {known}.")
        return site

    def without(self, name: str) -> "Sites":
        """All but the site of that name."""
        gone = self.named(name)
        return Sites(sites=tuple(site for site in self.sites if site is not gone))

    def changed(self, site: Site) -> "Sites":
        """With the site of the same name in this state."""
        before = self.named(site.name)
        return Sites(sites=tuple(site if one is before else one for one in self.sites))
