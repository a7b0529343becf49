"""The fast route answers as FastAPI does, and leaves to it what it cannot do."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Body, Depends, FastAPI, Query
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient
from ml_portfolio.serving.fast_route import FastRoute
from ml_portfolio.serving.problems import install_handlers
from ml_portfolio.serving.service import Service
from ml_portfolio.serving.settings import Settings
from pydantic import BaseModel


class Point(BaseModel):
    x: float
    y: float = 1


def user() -> str:
    return "Ada"


async def add(point: Point) -> Point:
    return Point(x=point.x + point.y)


async def as_dict(point: Point) -> dict:
    return {"sum": point.x + point.y, "none": float("nan")}


async def as_response(point: Point) -> PlainTextResponse:
    return PlainTextResponse("fine", 202)


def in_thread(point: Point) -> Point:
    return Point(x=-point.x)


async def with_query(point: Point, times: Annotated[int, Query()] = 2) -> Point:
    return Point(x=times * point.x)


async def with_dependency(point: Point, name: Annotated[str, Depends(user)]) -> dict:
    return {"name": name, "x": point.x}


async def embedded(x: Annotated[float, Body(embed=True)]) -> dict:
    return {"x": x}


@pytest.fixture
def client(table):
    router = Service(table, Settings()).router()
    for endpoint in (add, as_dict, as_response, in_thread, with_query, with_dependency, embedded):
        router.post(f"/{endpoint.__name__}", response_model=None)(endpoint)
    app = FastAPI()
    app.router.routes[:0] = router.routes
    install_handlers(app)
    return TestClient(app)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("add", {"x": 3, "y": 1}),
        ("as_dict", {"sum": 3, "none": None}),
        ("in_thread", {"x": -2, "y": 1}),
        ("with_query?times=3", {"x": 6, "y": 1}),
        ("with_dependency", {"name": "Ada", "x": 2}),
        ("embedded", {"x": 2}),
    ],
)
def test_endpoints_of_all_kinds_are_answered(client, path, answer):
    reply = client.post(f"/{path}", json={"x": 2})
    assert reply.status_code == 200 and reply.json() == answer


def test_a_response_is_sent_as_it_is(client):
    reply = client.post("/as_response", json={"x": 2})
    assert (reply.status_code, reply.text) == (202, "fine")


@pytest.mark.parametrize("path", ["add", "in_thread", "with_query"])
def test_mistakes_are_described_alike(client, path):
    reply = client.post(f"/{path}", json={"x": "?"})
    assert reply.status_code == 422
    (mistake,) = reply.json()["errors"]
    assert mistake["loc"] == ["body", "x"] and mistake["type"] == "float_parsing"


def test_only_fastapis_own_routes_solve_dependencies(table, monkeypatch):
    def fail(*args, **kwargs):
        raise AssertionError("FastAPI handles this request")

    monkeypatch.setattr("fastapi.routing.solve_dependencies", fail)
    router = Service(table, Settings()).router()
    router.post("/fast", response_model=None)(add)
    router.post("/slow", response_model=None)(in_thread)
    assert all(isinstance(route, FastRoute) for route in router.routes)
    app = FastAPI()
    app.router.routes[:0] = router.routes
    client = TestClient(app)
    assert client.post("/fast", json={"x": 2}).json() == {"x": 3, "y": 1}
    with pytest.raises(AssertionError, match="FastAPI handles"):
        client.post("/slow", json={"x": 2})


def test_an_included_router_works_too(table):
    router: APIRouter = Service(table, Settings()).router()
    router.post("/add", response_model=None)(add)
    app = FastAPI()
    app.include_router(router, prefix="/v1")
    assert TestClient(app).post("/v1/add", json={"x": 2}).json() == {"x": 3, "y": 1}
