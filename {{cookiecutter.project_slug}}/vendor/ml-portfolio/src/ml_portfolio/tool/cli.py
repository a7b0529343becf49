"""The project's own command. Each subcommand imports what it needs when it runs."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ml_portfolio.config.errors import errors_in_one_line
from ml_portfolio.config.paths import BUNDLE, PAGE, SITE

if TYPE_CHECKING:
    from ml_portfolio.bundle.protocols import DecodeImage
    from ml_portfolio.serving.swapping import CreateApp

SOURCES = (
    "a file (CSV, TSV, Excel, Parquet, JSON lines; compressed or not), a folder with one folder of "
    "images a class, a URL, uci:ID, openml:ID, hf:NAME or kaggle:OWNER/NAME"
)


class Options(argparse.Namespace):
    """The options of a subcommand, and what a project's own code gives to it."""

    create_app: "CreateApp"
    decode_image: "DecodeImage | None"


def main(create_app: "CreateApp", decode_image: "DecodeImage | None" = None) -> None:
    """Run the command line of a project.

    create_app: makes the project's API of a bundle and settings; decode_image: decodes an image
    file, where images are the input. With several workers both must be functions of a module.
    """
    own = Options(create_app=create_app, decode_image=decode_image)
    options = parser().parse_args(namespace=own)
    errors_in_one_line(lambda: options.run(options))()


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(description="Serve, publish, adopt data, check.")
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="answer predictions over HTTP")
    serve.add_argument("--host", help="address to listen on (or HOST=…)")
    serve.add_argument("--port", type=int, help="(or PORT=…)")
    serve.add_argument("--bundle", type=Path, help="folder of the exported model (or BUNDLE=…)")
    serve.add_argument("--workers", type=int, help="processes (or WORKERS=…)")
    serve.set_defaults(run=run_serve)

    page = commands.add_parser("page", help="build the page that needs no server, and preview it")
    page.add_argument("--out", type=Path, metavar="FOLDER", help="only build it, in this folder")
    page.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
    page.set_defaults(run=run_page)

    adopt = commands.add_parser("adopt", help="replace the data with your own")
    adopt.add_argument("source", nargs="?", metavar="SOURCE", help=SOURCES)
    adopt.add_argument("--target", metavar="COLUMN", help="what is to be predicted")
    adopt.add_argument("--yes", action="store_true", help="accept every suggestion")
    adopt.add_argument("--undo", action="store_true", help="restore what was there before")
    adopt.add_argument("--force", action="store_true", help="even over uncommitted work")
    adopt.set_defaults(run=run_adopt)

    plan = commands.add_parser("plan", help="write params.yaml's settings into the evaluation plan")
    plan.set_defaults(run=run_plan)

    report = commands.add_parser("report", help="write the results into README.md and the reports")
    report.set_defaults(run=run_report)

    check = commands.add_parser("check", help="check whether the project is ready to show")
    check.add_argument("--json", action="store_true", help="for machines")
    check.add_argument("--gates", action="store_true", help="only the quality gates, for CI")
    check.set_defaults(run=run_check)
    return root


def run_serve(options: Options) -> None:
    from ml_portfolio.serving.server import serve
    from ml_portfolio.serving.settings import load_settings

    names = ("host", "port", "bundle", "workers")
    settings = load_settings(**{name: getattr(options, name) for name in names})
    serve(options.create_app, settings, options.decode_image)


def run_page(options: Options) -> None:
    from ml_portfolio.tool.page.runtime import CACHE
    from ml_portfolio.tool.page.site import build, preview

    out = options.out or SITE
    build(out, BUNDLE, PAGE, CACHE, options.decode_image)
    print(f"The page that needs no server is in {out}.", flush=True)
    if options.out is None:
        preview(out, options.port)


def run_adopt(options: Options) -> None:
    from ml_portfolio.tool.adopt.command import run

    run(options, options.decode_image)


def run_plan(options: Options) -> None:
    from ml_portfolio.tool.plan import run

    run()


def run_report(options: Options) -> None:
    from ml_portfolio.reports.stage import main

    main()


def run_check(options: Options) -> None:
    from ml_portfolio.tool.check.command import run

    sys.exit(run(options.json, options.gates))
