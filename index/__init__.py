"""Reads articles, splits and embeds them, and keeps the result on disk; knows no model and no web."""
