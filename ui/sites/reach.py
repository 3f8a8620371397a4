"""Which articles a request may be about: all, or for the pages of some sites only a few."""

from starlette.types import Scope

from ui.problems import ProblemError
from ui.sites.site import Site

_SITE = "footnote_site"


def sent_by(scope: Scope, site: Site) -> None:
    """Notes whose page sent a request."""
    scope[_SITE] = site


def is_of_site(scope: Scope) -> bool:
    """Whether a request came from a site's page, or with a token of one."""
    return scope.get(_SITE) is not None


def in_reach(scope: Scope, article: str) -> bool:
    """Whether a request may be about this article."""
    site: Site | None = scope.get(_SITE)
    return site is None or site.serves(article)


def article_meant(scope: Scope, article: str | None) -> str | None:
    """The article that a request is about; a site's only one need not be named.

    Raises:
        ProblemError: It has to be named.
    """
    site: Site | None = scope.get(_SITE)
    if article is not None or site is None or not site.articles:
        return article
    if len(site.articles) > 1:
        message = "This site may ask about some articles alone; say in `article` about which."
        raise ProblemError(422, "article_needed", message)
    return site.articles[0]
