"""The page's icons: strokes on a 24 by 24 grid, in the colour of the text around them."""

from typing import Literal

Icon = Literal[
    "add",
    "article",
    "back",
    "close",
    "copy",
    "down",
    "export",
    "fresh",
    "help",
    "leave",
    "theme",
    "up",
]

_THUMB = "M7 11v9H4v-9zM7 11l4-7.5a2 2 0 0 1 2.6 2.4L13 10h5.4a2 2 0 0 1 2 2.4l-1.3 6A2 2 0 0 1 17.2 20H7"
_PATHS: dict[Icon, str] = {
    "add": "M12 5v14M5 12h14",
    "article": "M5 3.5h14v17H5zM9 8h6M9 12h6M9 16h3",
    "back": "M10 6l-6 6 6 6M4 12h16",
    "close": "M6 6l12 12M18 6L6 18",
    "copy": "M9 9h10v11H9zM15 9V4H5v11h4",
    "down": _THUMB,
    "export": "M12 4v11M7.5 11l4.5 4.5L16.5 11M5 20h14",
    "fresh": "M4 20l1-4L16.5 4.5a2.1 2.1 0 0 1 3 3L8 19zM14.5 6.5l3 3",
    "help": "M9 9a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2.3M12 17.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    "leave": "M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5",
    "theme": "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
    "up": _THUMB,
}


def icon(name: Icon) -> str:
    """The icon, which says nothing by itself: what it stands in has a name."""
    return f'<svg class="icon {name}" viewBox="0 0 24 24" aria-hidden="true"><path d="{_PATHS[name]}"/></svg>'
