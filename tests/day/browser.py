"""A real browser that looks at a page, and may talk to this machine alone."""

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import TEMPLATE

AXE = {
    "axe-core": {
        "version": "4.14.1",
        "files": {"axe.min.js": "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"},
    }
}
CHROMIUM = Path("/usr/bin/chromium")
ANSWER_ALL = """async (requests) => {
  const { predict } = await import(new URL("ask.js", location.href).href);
  const answers = [];
  for (const request of requests) answers.push(await predict(request));
  return answers;
}"""


@contextlib.contextmanager
def handed_out(folder: Path) -> Iterator[str]:
    """A folder on a free port, as a plain web server without any settings hands it out."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        extensions_map = {
            **http.server.SimpleHTTPRequestHandler.extensions_map,
            ".mjs": "text/javascript",
        }

        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextlib.contextmanager
def opened(url: str, shows: str = "#work", forgiven: str = "\0", **settings) -> Iterator:
    """The page at a URL, once an element is shown. What goes wrong in it, or is asked of others,
    fails the test, save what holds the word that is forgiven.
    """
    from playwright.sync_api import sync_playwright

    wrong: list[str] = []
    with sync_playwright() as playwright:
        options = {"executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}
        with playwright.chromium.launch(**options) as browser:
            context = browser.new_context(**settings)

            def only_here(route) -> None:
                if route.request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
                    return route.continue_()
                wrong.append(f"asked for {route.request.url}")
                route.abort()

            context.route("**/*", only_here)
            page = context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
            page.goto(url)
            page.wait_for_selector(f"{shows}:not([hidden])", timeout=60_000)
            yield page
            wrong = [said for said in wrong if forgiven not in said]
            assert not wrong, wrong


@functools.cache
def axe() -> str:
    """The source of axe-core, which checks accessibility; without it the test is skipped."""
    from ml_portfolio.config.errors import UserError
    from ml_portfolio.tool.page.runtime import fetch

    try:
        (file,) = fetch(AXE, TEMPLATE / ".cache")
    except UserError as error:
        pytest.skip(str(error))
    return file.read_text(encoding="utf-8")


def violations(page) -> list[str]:
    """What axe-core finds wrong with a page as it stands now."""
    page.evaluate(axe())
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{each['id']}: {each['help']} {each['nodes'][0]['html']}" for each in found]
