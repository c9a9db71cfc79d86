"""What one running application holds: its limits, and where computations run."""

from dataclasses import dataclass, field

from fastapi import FastAPI, Request

from app.api.workers import Workers
from app.limits import Limits


@dataclass(frozen=True, slots=True)
class Server:
    """Kept at `app.state.server`; nothing in it changes with a request."""

    limits: Limits
    workers: Workers = field(default_factory=Workers)


def server_of(request: Request) -> Server:
    server = request.app.state.server
    assert isinstance(server, Server)
    return server


def limits_of(app: FastAPI) -> Limits:
    server = app.state.server
    assert isinstance(server, Server)
    return server.limits
