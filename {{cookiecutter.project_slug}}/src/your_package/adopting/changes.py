"""Files that are changed together, and can be brought back: what was there is kept beside.

A copy, not git, brings them back: it holds for uncommitted work and without a repository as well.
"""

import json
import shutil
from pathlib import Path
from typing import Self

from ..errors import UserError
from ..files import remove, sha256, write_json

KEPT = Path(".cache/adopt")  # what stood here before the last `adopt`
LIST = KEPT / "changes.json"


class Changes:
    """All changes are made, or after an error none."""

    def __enter__(self) -> Self:
        remove(KEPT)
        self.paths: list[str] = []
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        write_json(LIST, {path: fingerprint(Path(path)) for path in self.paths})
        if kind is not None:
            undo(force=True)

    def keep(self, path: Path) -> None:
        """Move what stands at a path out of the way."""
        if path.as_posix() in self.paths:
            return
        self.paths.append(path.as_posix())
        if path.exists():
            (KEPT / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, KEPT / path)

    def write(self, path: Path, text: str) -> None:
        self.keep(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def edit(self, path: Path, text: str) -> None:
        """The same, for a file that would say nothing new otherwise."""
        if path.read_text(encoding="utf-8") != text:
            self.write(path, text)

    def move(self, new: Path, path: Path) -> None:
        """Put a file or a folder in the place of another."""
        self.keep(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(new, path)


def undo(force: bool) -> list[str]:
    """Bring back what the last `adopt` has changed; return the paths.

    Raises UserError where there is nothing to undo, or what it wrote was edited since.
    """
    if not LIST.is_file():
        raise UserError("there is nothing to undo: no `adopt` has run here, or it was undone.")
    written = json.loads(LIST.read_text(encoding="utf-8"))
    edited = [path for path, was in written.items() if fingerprint(Path(path)) != was]
    if edited and not force:
        raise UserError(
            f"{', '.join(edited)} changed after `adopt`, and --undo would lose that. Save what you "
            "want to keep, then run it with --undo --force."
        )
    for path in map(Path, written):
        remove(path)
        if (KEPT / path).exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(KEPT / path, path)
    remove(KEPT)
    return list(written)


def fingerprint(path: Path) -> str:
    """What tells whether a file, or a folder of files, is still as it was."""
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())
        return " ".join(f"{file.name}:{file.stat().st_size}" for file in files)
    return sha256(path) if path.is_file() else ""
