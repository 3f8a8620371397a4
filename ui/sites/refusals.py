"""What a request of a site may be refused with."""

from ui.problems import SOON, ProblemError


def foreign_origin() -> ProblemError:
    """A page asked that belongs to no site, or for something that sites' pages don't get."""
    message = "Pages of this origin may not use this address; `footnote sites add` allows an origin."
    return ProblemError(403, "foreign_origin", message)


def not_for_sites() -> ProblemError:
    """A site's token does not open this door."""
    message = "A site's token is for questions about the site's articles, and opens nothing else."
    return ProblemError(403, "not_for_sites", message)


def unknown_host() -> ProblemError:
    """The request names a host that this server is not."""
    message = "This server does not answer under that name; the setting server.hosts lists its names."
    return ProblemError(421, "unknown_host", message)


def token_missing() -> ProblemError:
    """The site wants a token and there is none."""
    message = "This site wants a token from its own server, as `Authorization: Bearer …`."
    return ProblemError(401, "token_missing", message)


def token_expired() -> ProblemError:
    """The token was good once."""
    return ProblemError(401, "token_expired", "The token has expired; the site's own server gives another.")


def token_invalid(why: str) -> ProblemError:
    """The token is not good, for a reason that repeats nothing of it."""
    return ProblemError(401, "token_invalid", f"The token is not valid: {why}.")


def too_many_requests(seconds: int) -> ProblemError:
    """The minute's requests are used up."""
    message = f"Too many requests within a minute. Ask again in about {seconds} s."
    return ProblemError(429, "too_many_requests", message, seconds)


def too_many_streams() -> ProblemError:
    """As many answers as may be are under way."""
    message = f"Too many answers are under way. Ask again in about {SOON} s."
    return ProblemError(429, "too_many_streams", message, SOON)
