"""The page as Gradio gets it: what is on it, and what its events do."""

import asyncio
from typing import Any

import pytest
from conftest import ARTICLE

from rag.pipeline import Pipeline
from rag.suggestions import keep_questions
from ui.answering import Answering
from ui.chat import _Handlers, build_page
from ui.chat_conversation import Conversation

from .conftest import PLATFORM
from .reading import Reader


def config(pipeline: Pipeline, **given: bool) -> dict[str, Any]:
    """What the browser is told of the page."""

    async def build() -> dict[str, Any]:
        return build_page(Answering(pipeline), **given).get_config_file()

    return asyncio.run(build())


def markup(pipeline: Pipeline, **given: bool) -> str:
    parts = (one["props"].get("value") for one in config(pipeline, **given)["components"])
    return "".join(part for part in parts if isinstance(part, str))


def test_the_page_offers_only_what_is_allowed(pipeline: Pipeline) -> None:
    assert "Add an article" not in markup(pipeline)
    assert "Add an article" in markup(pipeline, adding=True)
    assert "Rate the answer" in markup(pipeline)
    assert "Rate the answer" not in markup(pipeline, rating=False)


def test_a_new_page_suggests_what_is_kept_for_the_articles(pipeline: Pipeline) -> None:
    assert not Reader(markup(pipeline)).of_class("suggestion")
    keep_questions(pipeline.index.articles[ARTICLE], [PLATFORM])
    asked = [one["data-question"] for one in Reader(markup(pipeline)).of_class("suggestion")]
    assert asked == [PLATFORM]


def test_no_event_is_offered_to_programs(pipeline: Pipeline) -> None:
    dependencies = config(pipeline)["dependencies"]
    assert dependencies
    assert all(one["api_visibility"] == "private" for one in dependencies)


@pytest.mark.parametrize("sent", [None, "", " \n", "x" * 20_000])
def test_what_a_program_sends_to_the_page_is_cut_to_what_the_page_sends(
    pipeline: Pipeline, sent: str | None
) -> None:
    conversation = Conversation()
    _Handlers(Answering(pipeline)).pose(sent, "", conversation)
    assert [len(one.question) for one in conversation.exchanges] == (
        [10_000] if sent and sent.strip() else []
    )


def test_answers_alone_go_through_the_queue(pipeline: Pipeline) -> None:
    """One for what is typed and entered, one for what is typed and pressed, one for what is chosen."""
    queued = [one for one in config(pipeline)["dependencies"] if one["queue"]]
    assert [one["api_name"] for one in queued] == ["answer", "answer_1", "answer_2"]
