"""The project's command: serve, page, adopt, plan, report, check."""

from ml_portfolio.tool import cli

from .app import create_app


def main() -> None:
    cli.main(create_app)


if __name__ == "__main__":
    main()
