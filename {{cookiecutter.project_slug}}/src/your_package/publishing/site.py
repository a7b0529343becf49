"""Build the page as a folder of files that any web server can hand out."""

import json
import shutil
from pathlib import Path

from ..errors import UserError
from ..files import whole
from ..paths import BUNDLE
from ..paths import PAGE as REPORT
from ..serving.app import PAGE
from ..serving.bundle import MANIFEST, Bundle
from .runtime import CACHE, fetch

HOME = "home.js"
HOME_OF_A_SITE = """\
// Where this page is at home: beside the model, which runs in the browser. No server is needed.
export const bundle = "bundle/";
export const links = {links};
"""


def build(out: Path, cache: Path = CACHE) -> None:
    """Write the page, the model, the runtime and the report to a folder.

    Raises UserError where there is no sound bundle, the runtime cannot be had, or the folder holds
    files that are not an earlier build's.
    """
    if out.exists() and not (out / HOME).is_file() and any(out.iterdir()):
        raise UserError(f"{out} holds other files: name a new folder with --out.")
    manifest = Bundle.load(BUNDLE).manifest
    runtime = fetch(cache)
    with whole(out) as draft:
        shutil.copytree(PAGE, draft)
        (draft / "bundle").mkdir()
        for name in (MANIFEST, *manifest.sha256):
            shutil.copy(BUNDLE / name, draft / "bundle")
        (draft / "runtime").mkdir()
        for path in runtime:
            shutil.copy(path, draft / "runtime")
        if REPORT.is_file():
            shutil.copy(REPORT, draft / "report.html")
        home = HOME_OF_A_SITE.format(links=json.dumps(links(), indent=2, ensure_ascii=False))
        (draft / HOME).write_text(home, encoding="utf-8", newline="\n")


def links() -> list[tuple[str, str]]:
    """What a reader may want to see next, beside what the page finds itself: titles, addresses."""
    return [("report", "report.html")] if REPORT.is_file() else []
