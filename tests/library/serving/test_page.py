"""The page in a real browser: answers from a server, and from the model in the browser itself."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from browser import ANSWER_ALL, CHROMIUM, handed_out, opened
from library import small_bundles
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.config.errors import UserError
from ml_portfolio.serving.settings import Settings
from ml_portfolio.tool.page.site import build

from your_package.app import create_app

CACHE = Path(__file__).parents[3] / ".cache/page"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.is_file(), reason="Debian's chromium is not installed"),
]


@contextlib.contextmanager
def served(bundle: Bundle) -> Iterator[str]:
    app = create_app(bundle, Settings())
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()


def check_page(page, bundle: Bundle, tolerance: float) -> None:
    """All golden requests get their answers, and one is filled in, sent, shown and explained."""
    manifest = bundle.manifest
    answers = page.evaluate(ANSWER_ALL, [case.request for case in manifest.golden])
    for case, answer in zip(manifest.golden, answers, strict=True):
        assert answer.keys() == case.answer.keys()
        assert manifest.output.difference(case.answer, answer) < tolerance
        assert answer["warnings"] == case.answer["warnings"]
        for exact in {"label", "plausible", "unit"} & answer.keys():
            assert answer[exact] == case.answer[exact]
    page.click("#examples button")
    page.click("#send")
    page.wait_for_selector("#answer .label")
    shown = page.inner_text("#answer .label")
    first = manifest.golden[0].answer
    assert shown == first["label"] if "label" in first else shown.endswith(first["unit"])
    page.wait_for_selector("#reasons h3")
    assert page.inner_text("#reasons h3") == "What this answer depends on"
    assert page.query_selector_all("#reasons li")


def test_a_server_answers_its_page(bundle):
    with served(bundle) as url, opened(url) as page:
        check_page(page, bundle, 1e-5)
        figures = page.evaluate("fetch('metrics').then((reply) => reply.text())")
    asked = len(bundle.manifest.golden) + 1
    # The copies that explain an answer are not counted.
    assert sum(counts(figures, "predictions_total")) == asked


def counts(figures: str, name: str) -> list[float]:
    return [float(line.split()[-1]) for line in figures.splitlines() if line.startswith(name)]


def test_a_mistake_is_shown_beside_its_field(table):
    with served(table) as url, opened(url, forgiven="422") as page:
        page.fill("#field-1", "5000")
        page.click("#send")
        page.wait_for_function("document.querySelector('#status').textContent.includes('field')")
        assert "1000" in page.inner_text("#field-1-error")


def test_the_model_answers_in_the_browser(bundle, tmp_path):
    folder = small_bundles.write(bundle, tmp_path / "bundle")
    decode = getattr(bundle.encoder, "decode", None)
    try:
        build(tmp_path / "site", folder, tmp_path / "report.html", CACHE, decode)
    except UserError as error:
        pytest.skip(str(error))
    with handed_out(tmp_path / "site") as url, opened(url) as page:
        check_page(page, bundle, 1e-4)
