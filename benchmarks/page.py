"""How large the page is, and how soon it answers, from both of its homes.

    uv run python benchmarks/page.py PROJECT… [--runs 5]

Each PROJECT is the folder of a generated project, installed and trained. Headless Chromium opens
the page with empty caches, presses Predict once the form is there, and waits for the answer and for
what it hangs on. Server and browser are on one machine: no network's delay is in the times.
"""

import argparse
import contextlib
import gzip
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from browser import CHROMIUM, handed_out  # noqa: E402

RESULT = ROOT / "benchmarks" / "results" / "page.md"
HEAD = """\
| task | model | home | files | size | with gzip | form | first answer | what it hangs on | each further answer |
|---|---|---|--:|--:|--:|--:|--:|--:|--:|
"""  # noqa: E501
WATCH = """
const times = window.times = {};
const note = (name, there) => { if (!(name in times) && there) times[name] = performance.now(); };
new MutationObserver(() => {
  const work = document.querySelector("#work:not([hidden])");
  if (work && !("form" in times)) setTimeout(() => document.querySelector("#send").click());
  note("form", work);
  note("answer", document.querySelector("#answer .label"));
  note("reasons", document.querySelector("#reasons h3"));
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
REPEAT = """async (requests) => {
  const { predict } = await import(new URL("ask.js", location.href).href), spent = [];
  for (const request of [...requests, ...requests, ...requests, ...requests]) {
    const begun = performance.now();
    await predict(request);
    spent.push(performance.now() - begun);
  }
  return spent.sort((a, b) => a - b)[spent.length >> 1];
}"""


@contextlib.contextmanager
def served(project: Path) -> Iterator[str]:
    """The project's own server on a free port."""
    command = ["uv", "run", "python", "-m", package(project), "serve", "--port", "0"]
    settings = os.environ | {"LOG_REQUESTS": "false"}
    with subprocess.Popen(
        command, cwd=project, env=settings, stdout=subprocess.PIPE, text=True
    ) as server:
        said = re.search(r"http://\S+:(\d+)", server.stdout.readline())
        url = f"http://127.0.0.1:{said[1]}/"
        urllib.request.urlopen(f"{url}ready").close()  # noqa: S310
        yield url
        server.terminate()


@contextlib.contextmanager
def published(project: Path) -> Iterator[str]:
    """The page without a server, as a plain web server hands it out."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        command = ["uv", "run", "python", "-m", package(project), "page", "--out", out]
        subprocess.run(command, cwd=project, check=True, stdout=subprocess.DEVNULL)
        with handed_out(out) as url:
            yield url


def package(project: Path) -> str:
    return next((project / "src").glob("*/__main__.py")).parent.name


def visit(browser: Browser, url: str, golden: list[dict]) -> dict[str, float]:
    """Figures of one visit with empty caches: milliseconds, bytes and files."""
    context = browser.new_context()
    page = context.new_page()
    replies: list[Response] = []
    page.on("response", lambda reply: reply.url.startswith("http") and replies.append(reply))
    page.add_init_script(WATCH)
    page.goto(url)
    page.wait_for_selector("#reasons h3", timeout=120_000)
    bodies = [reply.body() for reply in replies]
    sizes = {"files": len(bodies), "size": sum(map(len, bodies))}
    sizes["gzip"] = sum(len(gzip.compress(body)) for body in bodies)
    found = page.evaluate("times") | {"next": page.evaluate(REPEAT, golden)} | sizes
    context.close()
    return found


def row(browser: Browser, project: Path, home: str, runs: int) -> str:
    """A line of the table: medians over the runs."""
    manifest = json.loads((project / "models/bundle/manifest.json").read_text(encoding="utf-8"))
    golden = [case["request"] for case in manifest["golden"]]
    with {"server": served, "browser": published}[home](project) as url:
        visits = [visit(browser, url, golden) for _ in range(runs)]
    at = {name: statistics.median(each[name] for each in visits) for name in visits[0]}
    words = [manifest["output"]["task"], manifest["model"], home, f"{at['files']:.0f}"]
    words += [f"{at[name] / 1e3:,.0f} kB" for name in ("size", "gzip")]
    words += [f"{at[name]:,.0f} ms" for name in ("form", "answer", "reasons")]
    return f"| {' | '.join(words)} | {at['next']:,.1f} ms |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("projects", nargs="+", type=Path, metavar="PROJECT")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    path = str(CHROMIUM) if CHROMIUM.is_file() else None  # else Playwright's own
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        homes = [(project, home) for project in options.projects for home in ("server", "browser")]
        lines = [row(browser, project, home, options.runs) for project, home in homes]
        about = (
            f"Written by benchmarks/page.py: Chromium {browser.version}, {os.cpu_count()} cores, "
            f"{platform.system()}; medians of {options.runs} visits with empty caches. Size: all "
            "files fetched, and if each were sent with gzip. Times: from the start of the visit.\n"
        )
        browser.close()
    text = f"# Size and speed of the page\n\n{HEAD}{''.join(lines)}\n{about}"
    print(text)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
