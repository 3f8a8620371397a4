"""What other web sites show: the widget's script, the page for frames, and articles to read."""

from fastapi import FastAPI
from starlette.routing import Route

from ui.answering import Answering
from ui.pages.articles import ArticlePages
from ui.pages.assets import give_asset
from ui.pages.embed import EmbedPage
from ui.pages.widget import give_pinned_widget, give_widget
from ui.sites.file import SitesFile


def install_pages(app: FastAPI, answering: Answering, sites: SitesFile) -> None:
    """Adds these pages to an application; what else is mounted there comes after them."""
    app.router.routes += [
        Route("/widget.js", give_widget),
        Route("/widget.{version}.js", give_pinned_widget),
        Route("/embed", EmbedPage(answering, sites).give),
        Route("/articles/{name:path}", ArticlePages(answering).give),
        Route("/pages/{name}", give_asset),
    ]
