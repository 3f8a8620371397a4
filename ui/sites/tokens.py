"""Tokens: short-lived statements of a site's own server that a request comes from one of its users."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from index.errors import BadInputError
from ui.sites.refusals import token_expired, token_invalid, token_missing
from ui.sites.site import Key, Site, Sites

LONGEST = timedelta(minutes=10)
"""How far ahead a token may expire."""

_ALGORITHM = "HS256"
_LEEWAY = timedelta(seconds=30)
"""How far two servers' clocks may be apart."""

_MAX_LENGTH = 4096
_MAX_USER = 200


def mint(site: Site, user: str | None = None, minutes: float = 5) -> str:
    """A token as the site's own server would make it.

    Raises:
        BadInputError: The site has no key, or the token would live too long.
    """
    if not site.keys:
        raise BadInputError(f"The site {site.name!r} has no key; `footnote sites key {site.name}` makes one.")
    most = LONGEST.seconds // 60
    if not 0 < minutes <= most:
        raise BadInputError(f"A token can't live for {minutes:g} minutes; {most} are the most.")
    now = datetime.now(UTC)
    claims: dict[str, Any] = {"aud": site.name, "iat": now, "exp": now + timedelta(minutes=minutes)}
    if user is not None:
        claims["sub"] = user
    key = site.keys[0]
    return jwt.encode(claims, key.secret, _ALGORITHM, headers={"kid": key.id})


def site_named(sites: Sites, authorization: str | None) -> Site:
    """The site whose token a request says that it brings; whether it is good is for `user_of` to say.

    Raises:
        ProblemError: It brings none, or one of no site.
    """
    if authorization is None:
        raise token_missing()
    try:
        claims = jwt.decode(_token(authorization), options={"verify_signature": False})
    except (jwt.InvalidTokenError, ValueError):
        raise token_invalid("its form is wrong") from None
    site = next((site for site in sites.sites if site.name == claims.get("aud")), None)
    if site is None:
        raise token_invalid("its aud has to be a site's name")
    return site


def user_of(site: Site, authorization: str | None) -> str | None:
    """The user that a request's `Authorization` vouches for, if it names one.

    Raises:
        ProblemError: There is no token although the site wants one, or it is not good.
    """
    if authorization is None:
        if site.require_token:
            raise token_missing()
        return None
    claims = _claims(site, _token(authorization))
    if int(claims["exp"]) > (datetime.now(UTC) + LONGEST + _LEEWAY).timestamp():
        raise token_invalid(f"it expires more than {LONGEST.seconds // 60} minutes ahead")
    user = claims.get("sub")
    if user is not None and not 0 < len(user) <= _MAX_USER:
        raise token_invalid(f"its sub has to have 1 to {_MAX_USER} characters")
    return None if user is None else str(user)


def _token(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or len(token) > _MAX_LENGTH:
        raise token_invalid("it is no bearer token")
    return token.strip()


def _claims(site: Site, token: str) -> dict[str, Any]:
    """What a good token says."""
    try:
        return jwt.decode(
            token,
            _key(site, token).secret,
            algorithms=[_ALGORITHM],
            audience=site.name,
            leeway=_LEEWAY,
            options={"require": ["aud", "exp", "iat"], "strict_aud": True},
        )
    except jwt.ExpiredSignatureError:
        raise token_expired() from None
    except jwt.ImmatureSignatureError:
        raise token_invalid("it is from the future; compare the two servers' clocks") from None
    except jwt.InvalidAudienceError:
        raise token_invalid("its aud has to be the site's name") from None
    except jwt.MissingRequiredClaimError as error:
        raise token_invalid(f"it has no {error.claim}") from None
    except (jwt.InvalidTokenError, ValueError, OverflowError, TypeError):
        raise token_invalid("its signature or its form is wrong") from None


def _key(site: Site, token: str) -> Key:
    named = jwt.get_unverified_header(token).get("kid")
    key = next((key for key in site.keys if key.id == named), None)
    if key is None:
        raise token_invalid("its kid names no live key of the site")
    return key
