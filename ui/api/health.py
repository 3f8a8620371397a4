"""Whether the server lives and is ready, what exactly it is, and its figures."""

from importlib.metadata import version

from fastapi import APIRouter
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST

from ui.api.errors import described
from ui.api.schemas import AliveBody, EmbeddingBody, IndexBody, ReadyBody, VersionBody
from ui.api.services import Here
from ui.problems import SOON, ProblemError, shutting_down

router = APIRouter(tags=["operations"])


@router.get("/livez")
async def alive() -> AliveBody:
    """Says that the process runs; it waits for nothing."""
    return AliveBody(status="alive")


@router.get("/readyz", responses=described(503))
async def ready(here: Here) -> ReadyBody:
    """Says whether a question that is asked now would be answered soon."""
    match here.answering.state:
        case "shutting_down":
            raise shutting_down()
        case "warming":
            raise ProblemError(503, "warming", "The model is still reading the article.", SOON)
        case "busy":
            raise ProblemError(503, "busy", "Too many questions are waiting.", SOON)
        case "ready":
            index = here.answering.index
            return ReadyBody(status="ready", index=index.generation, articles=len(index.articles))


@router.get("/version")
async def versions(here: Here) -> VersionBody:
    """Says what exactly answers here."""
    index = here.answering.index
    embedding = index.manifest.recipe.embedding
    return VersionBody(
        footnote=version("footnote"),
        index=IndexBody(
            generation=index.generation,
            created=index.manifest.created.isoformat(),
            articles=len(index.articles),
            passages=len(index.passages),
        ),
        model=here.answering.model,
        embedding=EmbeddingBody(name=embedding.name, fingerprint=embedding.fingerprint),
    )


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "The figures."}
    },
)
async def figures(here: Here) -> Response:
    """Gives the server's figures as Prometheus reads them."""
    return Response(here.metrics.text(), media_type=CONTENT_TYPE_LATEST)
