"""The application: the API, the pages and the built files, behind the security headers."""

from fastapi import FastAPI

from app.api import docs, failures, openapi, pages, routes
from app.api.guard import Guard
from app.api.server import Server
from app.limits import Limits, read_limits


def create_app(limits: Limits | None = None) -> FastAPI:
    """A new application. Without limits they are read from the environment; raises SettingError for an unusable one."""
    app = FastAPI(
        title="Chainrule",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.server = Server(read_limits() if limits is None else limits)
    failures.install(app)
    routes.install(app)
    docs.install(app)
    pages.install(app)
    openapi.install(app)
    app.add_middleware(Guard)
    return app
