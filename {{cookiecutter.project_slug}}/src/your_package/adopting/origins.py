"""SOURCE, whatever its form, as a file or a folder on this machine."""

import re
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from tqdm import tqdm

from ..errors import UserError
from .adoption import Origin
from .hubs import HUBS

MOST = 5_000_000_000  # bytes of a download
PATIENCE = 60  # seconds without a byte, after which a server counts as gone
PIECE = 1 << 20


def find(source: str, folder: Path) -> Origin:
    """Return what SOURCE names; what is not here yet is put into `folder`.

    Raises UserError where there is no such thing, or it cannot be had.
    """
    site, _, name = source.partition(":")
    if site in HUBS and name:
        return HUBS[site](name, source, folder)
    if re.match(r"https?://", source):
        return download(source, folder)
    path = Path(source).expanduser()
    if not path.exists():
        known = ", ".join(f"{each}:…" for each in HUBS)
        raise UserError(f"{source} is not there: SOURCE is a file, a folder, a URL, or {known}.")
    name = path.resolve().name
    title = re.sub(r"[_\-]+", " ", name.split(".")[0]).strip() or name
    return Origin(path, name, title)


def download(url: str, folder: Path) -> Origin:
    """Fetch a file, not larger than is reasonable, with a bar that shows how far it is."""
    name = Path(urllib.parse.unquote(urllib.parse.urlparse(url).path)).name or "data"
    path = folder / name
    request = urllib.request.Request(url, headers={"User-Agent": "adopt"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310 (find checks)
            if reply.headers.get_content_type() == "text/html":
                raise UserError(f"{url} is a web page: give the address of the file itself.")
            size = int(reply.headers.get("Content-Length") or 0)
            copy(reply, path, size, url)
    except (OSError, ValueError) as error:
        raise UserError(
            f"{url} could not be fetched ({error}): save the file, adopt that."
        ) from None
    return Origin(path, url, name.split(".")[0] or name, url=url)


def copy(reply: object, path: Path, size: int, url: str) -> None:
    if size > MOST:
        raise UserError(f"{url} has {size:,} bytes, more than {MOST:,}: take a part of it.")
    done = 0
    bar = tqdm(total=size or None, unit="B", unit_scale=True, desc="fetching", leave=False)
    with path.open("wb") as file, bar:
        while piece := reply.read(PIECE):  # type: ignore[attr-defined]
            done += len(piece)
            if done > MOST:
                raise UserError(f"{url} has more than {MOST:,} bytes: take a part of it.")
            file.write(piece)
            bar.update(len(piece))
    if size and done != size:
        raise UserError(f"{url} was cut short at {done:,} of {size:,} bytes: try again.")
