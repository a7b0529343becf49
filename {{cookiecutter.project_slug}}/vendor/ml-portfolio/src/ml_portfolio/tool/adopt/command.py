"""`adopt`: look at data, ask, and put them in place of the project's; or restore the old ones."""

import tempfile
from argparse import Namespace
from functools import reduce
from pathlib import Path

from ml_portfolio.bundle.protocols import DecodeImage
from ml_portfolio.config.errors import UserError, command_name
from ml_portfolio.config.files import sha256
from ml_portfolio.config.params import PARAMS, Project, load_project, read_yaml
from ml_portfolio.config.paths import PLAN, SCHEMA, SOURCE
from ml_portfolio.tool.adopt import documents
from ml_portfolio.tool.adopt.adoption import Adopter, Adoption, Origin, Setting
from ml_portfolio.tool.adopt.asking import Asker
from ml_portfolio.tool.adopt.changes import Changes, undo
from ml_portfolio.tool.adopt.origins import find
from ml_portfolio.tool.adopt.rendering import render
from ml_portfolio.tool.adopt.settings import put
from ml_portfolio.tool.adopt.splits import load_split_settings
from ml_portfolio.tool.git import Git
from ml_portfolio.tool.plan import read_facts, refill_text

RAW = Path("data/raw")
SAMPLE_WORDS = Setting("report", remove=True)  # the result in words that fit the sample alone


def run(options: Namespace, decode_image: DecodeImage | None = None) -> None:
    """Adopt `options.source`; with `options.undo`, restore what was there before.

    decode_image: the project's own decoder of image files, where its input is an image.
    Raises UserError where something must be decided or fixed first; nothing is changed then.
    """
    if options.undo:
        restored = ", ".join(undo(options.force))
        print(f"Restored: {restored}\nTo restore models and results: uv run dvc checkout")
        return
    if options.source is None:
        raise UserError("name the data to adopt: a file, a folder, a URL, or see adopt --help.")
    check_committed(options.force)
    project, asker = load_project(), Asker(options.yes)
    adopter = choose_adopter(project, decode_image)
    with tempfile.TemporaryDirectory(prefix="adopt-", ignore_cleanup_errors=True) as folder:
        origin = find(options.source, Path(folder))
        adoption = adopter.prepare(origin, options.target or origin.target, asker, Path(folder))
        asker.confirm(f"Write this into {RAW.as_posix()}, {SCHEMA.as_posix()}, {PARAMS} and so on?")
        with Changes() as changes:
            write(origin, adoption, project, changes)
    count, command = len(changes.paths), command_name()
    print(render("next_steps.txt.j2", count=count, command=command, schema=SCHEMA.as_posix()))


def choose_adopter(project: Project, decode_image: DecodeImage | None) -> Adopter:
    """Return what prepares this project's kind of data; only its libraries are imported."""
    settings = load_split_settings()
    if project.input == "image":
        from ml_portfolio.tool.adopt.images import ImageAdopter

        if decode_image is None:
            raise UserError("this project has no decoder of images: pass one to the command line.")
        return ImageAdopter(decode_image, settings)
    if project.input == "text":
        from ml_portfolio.tool.adopt.texts import TextAdopter

        return TextAdopter(settings)
    from ml_portfolio.tool.adopt.tables.adopter import TableAdopter
    from ml_portfolio.tool.adopt.tables.targets import TARGETS

    return TableAdopter(TARGETS[project.task], settings)


def check_committed(force: bool) -> None:
    """Raise UserError where tracked files have uncommitted changes; new files do not matter."""
    changed = Git().ask("diff", "--name-only", "--relative", "HEAD").splitlines()
    if changed and not force:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise UserError(
            f"there is uncommitted work ({', '.join(changed[:3])}{more}): commit it first, so that "
            "git shows what `adopt` changes, or add --force (--undo restores everything)."
        )


def write(origin: Origin, adoption: Adoption, project: Project, changes: Changes) -> None:
    old = read_yaml(SOURCE)
    was_sample = old.get("sample") is True
    for path in RAW.glob("[!.]*") if was_sample else [Path(str(old.get("file")))]:
        if path.exists() and path.resolve() != origin.path.resolve():
            changes.set_aside(path)
    raw = RAW / adoption.raw.name
    changes.move(adoption.raw, raw)
    facts = {"file": raw.as_posix(), "sha256": sha256(raw), "origin": origin, "adoption": adoption}
    changes.write(SOURCE, render("source.yaml.j2", **facts))
    changes.write(SCHEMA, adoption.schema)
    settings = [*adoption.settings, *([SAMPLE_WORDS] if was_sample else [])]
    changes.write(PARAMS, reduce(put, settings, PARAMS.read_text(encoding="utf-8")))
    if was_sample:
        documents.reset(changes, origin.title, adoption, project.input)
    else:
        print("note: README.md, data/README.md, notebooks and tests are yours: they stay")
    documents.remove_results(changes)
    if PLAN.is_file():
        changes.write(PLAN, refill_text(PLAN.read_text(encoding="utf-8"), read_facts()))
