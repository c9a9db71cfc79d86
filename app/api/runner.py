"""Serves the application with uvicorn: one process, in the foreground, until it is told to stop."""

import os
import signal
import socket
import sys
from contextlib import closing
from typing import NoReturn

import uvicorn
from fastapi import FastAPI

from app.api.protocol import protocol_for
from app.api.server import limits_of
from app.limits import SettingError, unknown_settings

_BACKLOG = 2_048


def serve(app: FastAPI, host: str, port_text: str) -> int:
    """Prints the address and serves. Gives the exit code; raises SettingError for a port that is not one."""
    for name in unknown_settings(os.environ):
        print(f"{name} is not a setting; it changes nothing.", file=sys.stderr)
    try:
        listener = open_listener(host, read_port(port_text))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        print(f"Cannot listen on {host}, port {port_text}: {reason}. HOST and PORT choose others.", file=sys.stderr)
        return 1
    # uvicorn finishes what it has at SIGTERM and then raises the signal again, for this handler: a clean exit.
    signal.signal(signal.SIGTERM, _stop)
    with closing(listener):
        server = uvicorn.Server(uvicorn_config(app))
        print(f"Chainrule is at {address_of(listener)}", flush=True)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            return 0
    return 0 if server.started else 1


def _stop(*_: object) -> NoReturn:
    raise SystemExit(0)


def uvicorn_config(app: FastAPI) -> uvicorn.Config:
    """How uvicorn runs our application."""
    limits = limits_of(app)
    return uvicorn.Config(
        app,
        http=protocol_for(limits),
        ws="none",
        lifespan="off",
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_keep_alive=limits.keep_alive_seconds,
        timeout_graceful_shutdown=limits.grace_seconds,
        h11_max_incomplete_event_size=limits.max_header_bytes,
    )


def read_port(text: str) -> int:
    """The port written in text. Raises SettingError."""
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 5 and int(digits) <= 65_535:
        return int(digits)
    shown = text if len(text) <= 60 else text[:59] + "…"
    raise SettingError(f"PORT is {shown!r}, but it needs a whole number from 0 to 65535.")


def open_listener(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError when the address does not exist or is taken."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def address_of(listener: socket.socket) -> str:
    """The address for a browser on this machine."""
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"
