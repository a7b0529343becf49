"""Clients of the template's own app."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.serving.settings import Settings

from your_package.app import create_app


@pytest.fixture
def client(table: Bundle) -> Iterator[TestClient]:
    with TestClient(create_app(table, Settings())) as client:
        yield client


@pytest.fixture
def guarded(table: Bundle) -> Callable[..., TestClient]:
    """guarded(name=value, …) makes a client of an app with these settings."""
    return lambda **settings: TestClient(create_app(table, Settings(**settings)))


@pytest.fixture
def sent(table: Bundle) -> dict[str, Any]:
    """A good request."""
    return table.manifest.golden[0].request


@pytest.fixture(autouse=True)
def usual_logging() -> Iterator[None]:
    """Undo what a test changes of logging."""
    state = logging.logThreads, logging.logProcesses, logging.logMultiprocessing
    yield
    logging.logThreads, logging.logProcesses, logging.logMultiprocessing = state
