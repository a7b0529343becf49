"""`adopt`: look at data, ask, and make this project theirs; or bring back what was before."""

import tempfile
from argparse import Namespace
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

from ..checking import sample
from ..checking.git import Git
from ..checking.project import PLAN, SOURCE
from ..errors import UserError
from ..params import PARAMS, read_yaml
from ..reporting.facts import fill
from ..schema import SCHEMA
from . import documents
from .adoption import Adoption, Origin
from .asking import Asker
from .changes import Changes, undo
from .origins import find
from .settings import as_yaml, put
from .track import prepare

RAW = Path("data/raw")


def run(options: Namespace) -> None:
    """Raises UserError where something must be decided or mended first; nothing is changed then."""
    if not PARAMS.is_file():
        raise UserError(f"{PARAMS} is not here: run this in the project's folder.")
    if options.undo:
        back = ", ".join(undo(options.force))
        print(f"Brought back: {back}\nModels and results: uv run dvc checkout")
        return
    if options.source is None:
        raise UserError("say which data to adopt: a file, a folder, a URL, or see adopt --help.")
    check_saved(options.force)
    read_yaml(PARAMS)  # a mistake in it is named before anything is asked
    asker = Asker(options.yes)
    with tempfile.TemporaryDirectory(prefix="adopt-", ignore_cleanup_errors=True) as folder:
        origin = find(options.source, Path(folder))
        adoption = prepare(origin, options.target or origin.target, asker, Path(folder))
        asker.confirm(f"Write this into {RAW.as_posix()}, {SCHEMA.as_posix()}, {PARAMS} and so on?")
        with Changes() as changes:
            write(origin, adoption, changes)
    say_next(changes.paths, options.command)


def check_saved(force: bool) -> None:
    """Uncommitted work is not mixed with what is about to change; new files, it leaves alone."""
    git = Git()
    said = git.ask("diff", "--name-only", "--relative", "HEAD")
    changed = said.splitlines() if said is not None and git.is_there else []
    if changed and not force:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise UserError(
            f"there is uncommitted work ({', '.join(changed[:3])}{more}): commit it, so that what "
            "`adopt` changes stands alone, or add --force (--undo brings everything back)."
        )


def write(origin: Origin, adoption: Adoption, changes: Changes) -> None:
    about = read_yaml(SOURCE)
    was_sample = sample.SHA256 == about.get("sha256") or sample.URL == about.get("url")
    old = sorted(RAW.glob("[!.]*")) if was_sample else [Path(str(about.get("file")))]
    for path in old:
        if path.exists() and path.resolve() != origin.path.resolve():
            changes.keep(path)
    place = RAW / adoption.raw.name
    changes.move(adoption.raw, place)
    changes.write(SOURCE, source_yaml(origin, adoption, place))
    changes.write(SCHEMA, adoption.schema)
    changes.edit(PARAMS, reduce(put, adoption.settings, PARAMS.read_text(encoding="utf-8")))
    if was_sample:
        documents.reset(changes, origin.title, adoption)
    else:
        print("note: README.md, data/README.md, notebooks and tests stay: they were yours already")
    documents.forget_results(changes)
    refill_plan(changes)


def refill_plan(changes: Changes) -> None:
    from ..checking import plan  # brings the training libraries along, which takes seconds

    if PLAN.is_file():
        text = PLAN.read_text(encoding="utf-8")
        changes.edit(PLAN, fill(text, plan.facts(), str(PLAN)))


def source_yaml(origin: Origin, adoption: Adoption, place: Path) -> str:
    """The text of data/source.yaml. What is unknown there is what `check` asks for."""

    def line(key: str, value: object, hint: str = "") -> str:
        return f"{key}: {as_yaml(value)}{hint and value == 'unknown' and f' # {hint}' or ''}"

    return "\n".join(
        [
            "# Where the raw data come from and how they are written.",
            line("file", place.as_posix()),
            f"sha256: {as_yaml(adoption.sha256)}",
            *(line(key, value) for key, value in adoption.source.items()),
            line("title", origin.title),
            line("url", origin.url, "Yours to write: where can others get the data?"),
            line("licence", origin.licence, "Yours to write: what may others do with them?"),
            line("citation", origin.citation, "Yours to write: whom are they to thank?"),
            "changes: >- # what `adopt` did to what it read",
            *folded(adoption.changes),
            "",
        ]
    )


def folded(sentences: Sequence[str]) -> list[str]:
    """Sentences as lines of a folded YAML text; a blank line parts them."""
    lines: list[str] = []
    for sentence in sentences:
        lines += [f"  {' '.join(sentence.split())}", ""]
    return lines[:-1]


def say_next(paths: list[str], command: str) -> None:
    print(f"\nChanged, not committed yet: {len(paths)} files (see git status, git diff).\nNext:")
    for todo, why in (
        (f"look through {SCHEMA.as_posix()}", "each column's type and role; edit what is wrong"),
        ("uv run dvc repro", "trains, measures, and writes the report"),
        (f"uv run {command} serve", "the page and the API of your data"),
        (f"uv run {command} check", "what only you can write yet"),
        (f"uv run {command} adopt --undo", "brings back what was before"),
    ):
        print(f"  {todo:<34} {why}")
