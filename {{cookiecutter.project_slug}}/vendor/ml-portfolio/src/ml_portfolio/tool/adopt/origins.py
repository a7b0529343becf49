"""SOURCE, in whatever form, as a file or a folder on this machine."""

import re
import shutil
import urllib.parse
import urllib.request
from pathlib import Path

from tqdm import tqdm

from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.adoption import Origin
from ml_portfolio.tool.adopt.hubs import HUBS, fetch

TIMEOUT = 60  # seconds without a byte


def find(source: str, folder: Path) -> Origin:
    """Return what SOURCE names; what is not on this machine yet is fetched into `folder`.

    Raises UserError where it does not exist or cannot be fetched.
    """
    hub, _, name = source.partition(":")
    if hub in HUBS and name:
        return fetch(hub, name, folder)
    if re.match(r"https?://", source):
        return download(source, folder)
    path = Path(source).expanduser()
    if not path.exists():
        known = ", ".join(f"{each}:…" for each in HUBS)
        raise UserError(f"{source} does not exist: SOURCE is a file, a folder, a URL, or {known}.")
    name = path.resolve().name
    title = re.sub(r"[_\-]+", " ", name.split(".")[0]).strip() or name
    return Origin(path, name, title)


def download(url: str, folder: Path) -> Origin:
    """Fetch a file, with a progress bar."""
    name = Path(urllib.parse.unquote(urllib.parse.urlparse(url).path)).name or "data"
    path = folder / name
    request = urllib.request.Request(url, headers={"User-Agent": "adopt"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as reply:  # noqa: S310 (find checks)
            if reply.headers.get_content_type() == "text/html":
                raise UserError(f"{url} is a web page: give the address of the file itself.")
            size = int(reply.headers.get("Content-Length") or 0)
            bar = tqdm.wrapattr(reply, "read", total=size or None, desc="fetching", leave=False)
            with path.open("wb") as file, bar as body:
                shutil.copyfileobj(body, file, 1 << 20)
    except (OSError, ValueError) as error:
        raise UserError(
            f"{url} could not be fetched ({error}): download the file, and adopt that."
        ) from None
    done = path.stat().st_size
    if size and done != size:
        raise UserError(f"{url} was cut short at {done:,} of {size:,} bytes: try again.")
    return Origin(path, url, name.split(".")[0] or name, url=url)
