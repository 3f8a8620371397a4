"""Which web sites may embed Footnote, and under what limits; none may until it is added."""

REQUESTS_PER_MINUTE = 600
"""Requests of all pages of a site together, unless it is added with another figure."""

STREAMS = 16
"""Answers of a site under way at the same time, likewise."""
