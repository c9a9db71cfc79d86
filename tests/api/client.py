"""A synchronous client that calls an application in this process, through the same ASGI door as a server does."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpx
from fastapi import FastAPI


class Client:
    """Sends requests to one application. An exception that leaves the application is a failure of the test."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app

    def request(
        self, method: str, url: str, *, chunks: Iterable[bytes] | None = None, **options: Any
    ) -> httpx.Response:
        """The answer. chunks are sent one by one, without a length."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                if chunks is not None:
                    options["content"] = _stream(chunks)
                return await client.request(method, url, **options)

        return asyncio.run(send())

    def get(self, url: str, **options: Any) -> httpx.Response:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> httpx.Response:
        return self.request("POST", url, **options)

    def evaluate(self, source: str, **fields: Any) -> dict[str, Any]:
        """The answer to a program that is right."""
        response = self.post("/api/v1/evaluate", json={"source": source, **fields})
        assert response.status_code == 200, response.text
        found = response.json()
        assert isinstance(found, dict)
        return found


async def _stream(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
