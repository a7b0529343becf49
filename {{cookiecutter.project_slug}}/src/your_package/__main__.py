"""The project's command: serve, page, adopt, plan, check."""

from ml_portfolio.tool import cli

from your_package.app import create_app


def main() -> None:
    cli.main(create_app)


if __name__ == "__main__":
    main()
