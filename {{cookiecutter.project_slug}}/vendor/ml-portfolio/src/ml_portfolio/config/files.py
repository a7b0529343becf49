"""Files that are either complete or not there."""

import hashlib
import json
import math
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ml_portfolio.config.errors import UserError


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Yield a path to write a file or a folder to; it gets its real name only once it is complete.

    A stage that fails or is killed on the way leaves what was at `path` before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".tmp-{path.name}")
    remove(draft)
    try:
        yield draft
        if draft.is_dir():
            remove(path)
        draft.replace(path)
    finally:
        remove(draft)


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def write_json(path: Path, content: Any) -> None:
    """Write JSON; floats with ten digits, since threads add up in any order: the rest is noise."""
    with atomic(path) as draft:
        text = json.dumps(rounded(content), indent=2, ensure_ascii=False) + "\n"
        draft.write_text(text, encoding="utf-8", newline="\n")


def rounded(content: Any) -> Any:
    """Return the same with floats rounded; NaN and infinity become null, which JSON has not."""
    if isinstance(content, dict):
        return {key: rounded(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [rounded(value) for value in content]
    if isinstance(content, float):
        return float(f"{content:.10g}") if math.isfinite(content) else None
    return content


def stage_output(path: Path) -> Path:
    """Return the path of a file that a stage writes; raises UserError where it has not run yet."""
    if not path.is_file():
        raise UserError(f"{path.as_posix()} is missing: run 'uv run dvc repro'.")
    return path


def read_json(path: Path) -> Any:
    """Read what a stage has written; raises UserError where it has not run yet."""
    return json.loads(stage_output(path).read_text(encoding="utf-8"))


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
