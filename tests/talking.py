"""Conversations for tests."""

from rag.conversation import Turn


def conversation(*messages: str) -> list[Turn]:
    """Turns from what was said in turn, the user first."""
    return [Turn("assistant" if at % 2 else "user", message) for at, message in enumerate(messages)]
