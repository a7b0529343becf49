"""The files that run a model in a browser: from npm, pinned by version and hash."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import urllib.request
from pathlib import Path

from ..errors import UserError

PINNED = Path(__file__).with_name("runtime.json")  # packages, their versions and files' sha256
CACHE = Path(".cache/page")
REGISTRY = "https://registry.npmjs.org"
PATIENCE = 60  # seconds without a byte, after which a registry counts as gone


def read_pinned(path: Path = PINNED) -> dict[str, dict]:
    return json.loads(path.read_text(encoding="utf-8"))


def fetch(cache: Path = CACHE, pinned: dict[str, dict] | None = None) -> list[Path]:
    """Return the files, from the folder `cache` where they are in it: then no network is needed.

    Raises UserError where a package cannot be fetched, or does not hold what was pinned.
    """
    files: list[Path] = []
    for package, about in (read_pinned() if pinned is None else pinned).items():
        name = package.replace("/", "_") + "-" + about["version"]
        paths = {inside: cache / name / Path(inside).name for inside in about["files"]}
        if any(digest(paths[inside]) != wanted for inside, wanted in about["files"].items()):
            unpack(download(package, about["version"]), f"{package} {about['version']}", paths)
        for inside, wanted in about["files"].items():
            if digest(paths[inside]) != wanted:
                raise UserError(
                    f"{inside} of {package} {about['version']} is not the file that was pinned "
                    f"(its sha256 begins with {digest(paths[inside])[:12]}, not {wanted[:12]}), so "
                    f"it is not used. Try another registry (NPM_CONFIG_REGISTRY=…); if you changed "
                    f"the version, put the new hashes into {PINNED.name}."
                )
        files += paths.values()
    return files


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "nothing"


def download(package: str, version: str) -> bytes:
    """The archive of a package's version."""
    url = f"{registry()}/{package}/-/{package.rsplit('/', 1)[-1]}-{version}.tgz"
    if not url.startswith(("https://", "http://")):
        raise UserError(f"{url} is no address of a registry: set NPM_CONFIG_REGISTRY to one.")
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as reply:  # noqa: S310 (checked above)
            return reply.read()
    except (OSError, ValueError) as error:
        raise UserError(
            f"{package} {version} could not be fetched from {url} ({error}). It is needed once "
            f"to run the model in a browser; behind a proxy or a mirror, set NPM_CONFIG_REGISTRY."
        ) from None


def registry() -> str:
    """The address that npm is set to use, without a slash at its end."""
    said = os.environ.get("NPM_CONFIG_REGISTRY") or os.environ.get("npm_config_registry")
    if not said and (npm := shutil.which("npm")):
        done = subprocess.run([npm, "config", "get", "registry"], capture_output=True, text=True)
        said = done.stdout.strip()
    return (said if said and said != "undefined" else REGISTRY).rstrip("/")


def unpack(archive: bytes, about: str, paths: dict[str, Path]) -> None:
    """Write files of a package's archive to their paths."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            for inside, path in paths.items():
                content = tar.extractfile(f"package/{inside}")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read() if content else b"")
    except (tarfile.TarError, KeyError, EOFError, OSError) as error:
        raise UserError(f"the archive of {about} is damaged or lacks a file ({error}).") from None
