"""Answers one question: retrieve, generate, verify, cite; knows no web and no gold answers."""
