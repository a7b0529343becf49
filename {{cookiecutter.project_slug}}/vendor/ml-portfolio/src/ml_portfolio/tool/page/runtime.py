"""The files that run a model in a browser: from npm, pinned by version and hash."""

import io
import json
import os
import shutil
import subprocess
import tarfile
import urllib.request
from pathlib import Path
from typing import TypedDict

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import sha256

PINNED = Path(__file__).with_name("runtime.json")  # for every kind of input (common) and by kind
CACHE = Path(".cache/page")
REGISTRY = "https://registry.npmjs.org"
TIMEOUT = 60  # seconds without a byte


class Package(TypedDict):
    version: str
    files: dict[str, str]  # sha256 by path inside of the package


Packages = dict[str, Package]


def read_pinned(kind: str) -> Packages:
    """Return the packages that a page for a kind of input (table, text, image) needs."""
    pinned: dict[str, Packages] = json.loads(PINNED.read_text(encoding="utf-8"))
    return pinned["common"] | pinned.get(kind, {})


def fetch(packages: Packages, cache: Path) -> list[Path]:
    """Return the packages' files; those already in the folder `cache` need no network.

    Raises UserError where a package cannot be fetched, or does not hold what was pinned.
    """
    files: list[Path] = []
    for name, package in packages.items():
        version, pinned = package["version"], package["files"]
        folder = cache / f"{name.replace('/', '_')}-{version}"
        paths = {inside: folder / Path(inside).name for inside in pinned}
        if any(digest(paths[inside]) != expected for inside, expected in pinned.items()):
            unpack(download(name, version), f"{name} {version}", paths)
        for inside, expected in pinned.items():
            if digest(paths[inside]) != expected:
                raise UserError(
                    f"{inside} of {name} {version} is not the file that was pinned (its sha256 "
                    f"begins with {digest(paths[inside])[:12]}, not {expected[:12]}), so it is not "
                    "used. Try another registry (NPM_CONFIG_REGISTRY=…); if you changed the "
                    f"version, put the new hashes into {PINNED.name}."
                )
        files += paths.values()
    return files


def digest(path: Path) -> str:
    return sha256(path) if path.is_file() else "nothing"


def download(package: str, version: str) -> bytes:
    """Return the archive of a package's version."""
    url = f"{registry()}/{package}/-/{package.rsplit('/', 1)[-1]}-{version}.tgz"
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as reply:  # noqa: S310 (files are pinned)
            return bytes(reply.read())
    except (OSError, ValueError) as error:
        raise UserError(
            f"{package} {version} could not be fetched from {url} ({error}). It is needed once "
            f"to run the model in a browser; behind a proxy or a mirror, set NPM_CONFIG_REGISTRY."
        ) from None


def registry() -> str:
    """Return the address that npm is set to use, without a slash at its end."""
    url = os.environ.get("NPM_CONFIG_REGISTRY") or os.environ.get("npm_config_registry")
    if not url and (npm := shutil.which("npm")):
        command = [npm, "config", "get", "registry"]
        url = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    return (url if url and url != "undefined" else REGISTRY).rstrip("/")


def unpack(archive: bytes, package: str, paths: dict[str, Path]) -> None:
    """Write files of a package's archive to their paths."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            for inside, path in paths.items():
                content = tar.extractfile(f"package/{inside}")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read() if content else b"")
    except (tarfile.TarError, KeyError, EOFError, OSError) as error:
        raise UserError(f"the archive of {package} is damaged or lacks a file ({error}).") from None
