"""Reads the text out of web pages, PDF and Word documents; each is parsed in a process of its own."""
