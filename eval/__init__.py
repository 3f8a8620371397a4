"""Asks gold questions and scores the answers; knows no web."""
