"""What one running application holds: its limits, where computations run, and texts it need not write twice."""

from dataclasses import dataclass, field

from fastapi import FastAPI, Request

from app.api.skeletons import Kept
from app.api.workers import Workers
from app.limits import Limits


@dataclass(frozen=True, slots=True)
class Server:
    """Kept at `app.state.server`. No answer depends on what was asked before."""

    limits: Limits
    workers: Workers = field(init=False)
    kept: Kept = field(default_factory=Kept)

    def __post_init__(self) -> None:
        object.__setattr__(self, "workers", Workers(self.limits))


def server_of(request: Request) -> Server:
    server = request.app.state.server
    assert isinstance(server, Server)
    return server


def limits_of(app: FastAPI) -> Limits:
    server = app.state.server
    assert isinstance(server, Server)
    return server.limits
