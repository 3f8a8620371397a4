"""What the routes need, kept with the application."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from ui.answering import Answering
from ui.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that all requests share."""

    answering: Answering
    metrics: Metrics


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


Here = Annotated[Services, Depends(_services)]
"""The services, as a parameter of a route."""
