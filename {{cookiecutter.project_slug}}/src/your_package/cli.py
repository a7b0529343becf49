"""The project's own command. What a subcommand needs is imported when it runs."""

import argparse
import os
from pathlib import Path

from .errors import exit_with_one_line
from .paths import BUNDLE


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(description=__doc__)
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="answer predictions over HTTP")
    serve.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    serve.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")
    serve.add_argument("--bundle", type=Path, default=BUNDLE, help="folder of the exported model")
    serve.set_defaults(run=run_serve)
    return root


def run_serve(options: argparse.Namespace) -> None:
    from .serving.server import serve

    serve(options.bundle, options.host, options.port)


@exit_with_one_line
def main() -> None:
    options = parser().parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
