"""Are the results those of today's files? DVC notes in dvc.lock what each stage read and wrote."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pathspec import GitIgnoreSpec

from ml_portfolio.config.params import PARAMS
from ml_portfolio.tool.check.findings import RERUN, Finding, shorten

IGNORE = Path(".dvcignore")


def reproduced(
    stages: Mapping[str, Any], locked: Mapping[str, Any], params: Mapping[str, Any]
) -> Finding:
    """Compare dvc.lock (the stages' entries in it) with dvc.yaml, params.yaml and the files."""
    name, advice = "reproduced", f"{RERUN}, then commit what it changed"
    if not locked:
        return Finding(name, "unknown", "no trace of a pipeline run: dvc.lock is missing", advice)
    skipped = [f"stage {stage} did not run" for stage in stages if stage not in locked]
    if changes := [*skipped, *dict.fromkeys(changed(locked, params))]:
        message = f"changed since the results were made: {shorten(changes)}"
        return Finding(name, "todo", message, advice)
    return Finding(name, "ok", "the results are those of today's code, data and settings")


def changed(locked: Mapping[str, Any], params: Mapping[str, Any]) -> Iterator[str]:
    """Yield the files, directories and settings that differ from what dvc.lock notes.

    What is not here, as in a clone, is skipped. So are documents: their owner may edit them, and
    `documents` checks whether the facts in them still hold.
    """
    hash_of = cache(dvc_hash)
    for stage in locked.values():
        for entry in [*stage.get("deps", []), *stage.get("outs", [])]:
            path = Path(entry["path"])
            comparable = "md5" in entry and path.exists() and path.suffix != ".md"
            if comparable and hash_of(path) != entry["md5"]:
                yield entry["path"]
        for key, value in stage.get("params", {}).get(str(PARAMS), {}).items():
            if look_up(params, key) != value:
                yield f"{key} in {PARAMS}"


def look_up(params: Any, key: str) -> Any:
    """Return the value of a dotted key; None where there is none."""
    for part in key.split("."):
        params = params.get(part) if isinstance(params, Mapping) else None
    return params


def dvc_hash(path: Path) -> str:
    """Return the hash that DVC 3 gives a file or a directory.

    A directory's is that of a JSON list of the paths and hashes of its files, without those that
    .dvcignore names (dvc_data.hashfile.tree.Tree).
    """
    if path.is_file():
        return md5(path.read_bytes())
    entries = [
        {"md5": md5(file.read_bytes()), "relpath": file.relative_to(path).as_posix()}
        for file in files_in(path)
    ]
    entries.sort(key=lambda entry: entry["relpath"])
    return md5(json.dumps(entries, sort_keys=True).encode()) + ".dir"


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a directory that DVC does not ignore."""
    lines = IGNORE.read_text(encoding="utf-8").splitlines() if IGNORE.is_file() else []
    ignored = GitIgnoreSpec.from_lines([".git", *lines])
    for path in folder.rglob("*"):
        if path.is_file() and not ignored.match_file(path.as_posix()):
            yield path


def md5(content: bytes) -> str:
    """Return a hash that finds changes; it keeps no secrets."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
