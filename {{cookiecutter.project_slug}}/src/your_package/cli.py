"""The project's own command. What a subcommand needs is imported when it runs."""

import argparse
import os
from pathlib import Path

from .errors import exit_with_one_line


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(description=__doc__)
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="answer predictions over HTTP")
    serve.add_argument("--host", help="address to listen on (or HOST=…)")
    serve.add_argument("--port", type=int, help="(or PORT=…)")
    serve.add_argument("--bundle", type=Path, help="folder of the exported model (or BUNDLE=…)")
    serve.add_argument("--workers", type=int, help="processes (or WORKERS=…)")
    serve.set_defaults(run=run_serve)
    return root


def run_serve(options: argparse.Namespace) -> None:
    from .serving.server import serve
    from .serving.settings import Settings

    said = {name.upper(): str(value) for name, value in vars(options).items() if value is not None}
    serve(Settings.read({**os.environ, **said}))


@exit_with_one_line
def main() -> None:
    options = parser().parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
