"""What the routes need, kept with the application."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from ui.answering import Answering
from ui.feedback import Feedback
from ui.idle_questions import IdleQuestions
from ui.metrics import Metrics
from ui.uploads import Uploads


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that all requests share; without `uploads` none are allowed."""

    answering: Answering
    metrics: Metrics
    feedback: Feedback
    questions: IdleQuestions
    uploads: Uploads | None = None


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


Here = Annotated[Services, Depends(_services)]
"""The services, as a parameter of a route."""
