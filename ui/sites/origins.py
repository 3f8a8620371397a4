"""Origins, as browsers name the page that a request comes from: scheme, host and port, and nothing else."""

import ipaddress
import re
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

from index.errors import BadInputError

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


def as_origin(text: str) -> str:
    """The origin as browsers write it: in small letters, and without a port that goes without saying.

    Raises:
        BadInputError: It is none, or more than one.
    """
    if text == "null":
        _refuse(text, "it stands for pages without an origin, which anyone can make")
    if "*" in text:
        _refuse(text, "every site is added by its full name, so that none gets in by chance")
    if not text.isascii():
        _refuse(text, "write the host's ASCII form, which begins with xn--")
    if not text.isprintable() or " " in text:
        _refuse(text, "there are no spaces in one")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        _refuse(text, "its host or port can't be read")
    if parts.scheme not in _PORTS or not parts.netloc:
        _refuse(text, "write it with its scheme, such as https://wiki.corp.example")
    if "@" in parts.netloc:
        _refuse(text, "there is no user in one")
    ending = "" if port in {None, _PORTS[parts.scheme]} else f":{port}"
    origin = f"{parts.scheme}://{_host(text, parts)}{ending}"
    if len(text) != len(f"{parts.scheme}://{parts.netloc}"):
        _refuse(text, f"it ends after the host and port; write {origin}")
    return origin


def _host(text: str, parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        try:
            return f"[{ipaddress.IPv6Address(host).compressed}]"
        except ValueError:
            _refuse(text, "its host can't be read")
    if parts.netloc.endswith(":") or not _HOST.fullmatch(host):
        _refuse(text, "its host can't be read")
    return host


def _refuse(text: str, why: str) -> NoReturn:
    raise BadInputError(f"{text[:200]!r} is no origin that can be added: {why}.")
