"""The project's command: `uv run python -m your_package serve`, or by the project's name."""

from ml_portfolio.tool import cli

from your_package.app import create_app
from your_package.decoding import decode


def main() -> None:
    cli.main(create_app, decode)


if __name__ == "__main__":
    main()
