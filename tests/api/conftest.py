"""What the tests of the API share: one application with the default limits, and a client that calls it."""

import pytest

from app.limits import Limits
from app.main import create_app
from tests.api.client import Client


@pytest.fixture(scope="session")
def client() -> Client:
    return Client(create_app(Limits()))
