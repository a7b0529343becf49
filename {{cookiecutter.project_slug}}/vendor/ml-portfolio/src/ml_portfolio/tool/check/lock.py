"""Are the results those of today's files? DVC notes in dvc.lock what each stage read and wrote."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pathspec import GitIgnoreSpec

from ml_portfolio.config.params import PARAMS
from ml_portfolio.tool.check.findings import RERUN, Content, Finding, shorten

IGNORE = Path(".dvcignore")


def reproduced(pipeline: Content, lock: Content, params: Content) -> Finding:
    """Compare what dvc.lock holds with dvc.yaml, params.yaml and the files."""
    stages, locked = pipeline.get("stages") or {}, lock.get("stages") or {}
    advice = f"{RERUN}, then commit what it changed"
    if not locked:
        return Finding("unknown", "no trace of a pipeline run: dvc.lock is missing", advice)
    skipped = [f"stage {stage} did not run" for stage in stages if stage not in locked]
    if changes := [*skipped, *dict.fromkeys(changed(locked, params))]:
        message = f"changed since the results were made: {shorten(changes)}"
        return Finding("todo", message, advice)
    return Finding("ok", "the results are those of today's code, data and settings")


def changed(locked: Content, params: Content) -> Iterator[str]:
    """Yield the files, directories and settings that differ from what stages noted in dvc.lock.

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


def look_up(params: object, key: str) -> object:
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
    lines = IGNORE.read_text(encoding="utf-8").splitlines() if IGNORE.is_file() else []
    ignored = GitIgnoreSpec.from_lines([".git", *lines])
    hashes = {
        file.relative_to(path).as_posix(): md5(file.read_bytes())
        for file in path.rglob("*")
        if file.is_file() and not ignored.match_file(file.as_posix())
    }
    entries = [{"md5": hashes[name], "relpath": name} for name in sorted(hashes)]
    return md5(json.dumps(entries, sort_keys=True).encode()) + ".dir"


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
