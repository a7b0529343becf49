"""The project's own command. What a subcommand needs is imported when it runs."""

import argparse
import os
import sys
from pathlib import Path

from .errors import command, exit_with_one_line
from .paths import SITE

SOURCES = (
    "a file (CSV, TSV, Excel, Parquet, JSON lines; compressed or not), a folder with one folder of "
    "pictures a class, a URL, uci:ID, openml:ID, hf:NAME or kaggle:OWNER/NAME"
)


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(description=__doc__)
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="answer predictions over HTTP")
    serve.add_argument("--host", help="address to listen on (or HOST=…)")
    serve.add_argument("--port", type=int, help="(or PORT=…)")
    serve.add_argument("--bundle", type=Path, help="folder of the exported model (or BUNDLE=…)")
    serve.add_argument("--workers", type=int, help="processes (or WORKERS=…)")
    serve.set_defaults(run=run_serve)

    page = commands.add_parser("page", help="build the page that needs no server, and look at it")
    page.add_argument("--out", type=Path, metavar="FOLDER", help="only build it, in this folder")
    page.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
    page.set_defaults(run=run_page)

    adopt = commands.add_parser("adopt", help="put your own data in place of the sample's")
    adopt.add_argument("source", nargs="?", metavar="SOURCE", help=SOURCES)
    adopt.add_argument("--target", metavar="COLUMN", help="what is to be predicted")
    adopt.add_argument("--yes", action="store_true", help="take every suggestion")
    adopt.add_argument("--undo", action="store_true", help="bring back what was before")
    adopt.add_argument("--force", action="store_true", help="even over uncommitted work")
    adopt.set_defaults(run=run_adopt, command=command())

    plan = commands.add_parser("plan", help="write params.yaml's facts into the evaluation plan")
    plan.set_defaults(run=run_plan)

    check = commands.add_parser("check", help="say whether the project is ready to show, and why")
    check.add_argument("--json", action="store_true", help="for machines")
    check.add_argument(
        "--gates", action="store_true", help="judge params.yaml's quality gates alone"
    )
    check.add_argument("--badge", type=Path, metavar="FILE", help="write a picture (SVG) of it")
    check.set_defaults(run=run_check)
    return root


def run_serve(options: argparse.Namespace) -> None:
    from .serving.server import serve
    from .serving.settings import Settings

    said = {name.upper(): str(value) for name, value in vars(options).items() if value is not None}
    serve(Settings.read({**os.environ, **said}))


def run_page(options: argparse.Namespace) -> None:
    from .publishing.preview import preview
    from .publishing.site import build

    build(options.out or SITE)
    print(f"The page without a server is in {options.out or SITE}.", flush=True)
    if options.out is None:
        preview(SITE, options.port)


def run_adopt(options: argparse.Namespace) -> None:
    from .adopting.command import run

    run(options)


def run_plan(options: argparse.Namespace) -> None:
    from .checking.plan import refill

    refill()


def run_check(options: argparse.Namespace) -> None:
    from .checking.printing import run

    sys.exit(run(options.json, options.gates, options.badge))


@exit_with_one_line
def main() -> None:
    options = parser().parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
