"""Files that are changed together and can be restored: what was there before is kept aside.

Copies restore it, not git: that works for uncommitted files and without a repository as well.
"""

import json
import shutil
from pathlib import Path
from typing import Self

from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import remove, sha256, write_json

BACKUP = Path(".cache/adopt")  # what the last `adopt` replaced
LIST = BACKUP / "changes.json"


class Changes:
    """A context in which either all changes are made or, after an error, none."""

    def __enter__(self) -> Self:
        remove(BACKUP)
        self.paths: list[str] = []
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        write_json(LIST, {path: fingerprint(Path(path)) for path in self.paths})
        if error is not None:
            undo(force=True)

    def set_aside(self, path: Path) -> None:
        """Move whatever is at a path into the backup, and make its folder if there is none."""
        if path.as_posix() not in self.paths:
            self.paths.append(path.as_posix())
            if path.exists():
                (BACKUP / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.move(path, BACKUP / path)
        path.parent.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, text: str) -> None:
        """Write a text file, unless it has that text already."""
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            self.set_aside(path)
            path.write_text(text, encoding="utf-8", newline="\n")

    def move(self, new: Path, path: Path) -> None:
        """Move a file or a folder to a path, in place of what is there."""
        self.set_aside(path)
        shutil.move(new, path)


def undo(force: bool) -> list[str]:
    """Restore what the last `adopt` changed; return the paths.

    Raises UserError where there is nothing to undo, or, without `force`, where a file was edited
    since then.
    """
    if not LIST.is_file():
        raise UserError("there is nothing to undo: no `adopt` has run here since the last --undo.")
    written = json.loads(LIST.read_text(encoding="utf-8"))
    edited = [path for path, before in written.items() if fingerprint(Path(path)) != before]
    if edited and not force:
        raise UserError(
            f"{', '.join(edited)} changed after `adopt`, and --undo would lose that. Save what you "
            "want to keep, then run it with --undo --force."
        )
    for path in map(Path, written):
        remove(path)
        if (BACKUP / path).exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(BACKUP / path, path)
    remove(BACKUP)
    return list(written)


def fingerprint(path: Path) -> str:
    """Return a text that changes when the file, or the folder of files, does; "" if absent."""
    files = [path, *sorted(path.rglob("*"))]
    return " ".join(f"{file.name}:{sha256(file)}" for file in files if file.is_file())
