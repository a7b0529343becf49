"""The pipeline's last stage: `python -m ml_portfolio.reports`."""

from ml_portfolio.reports.stage import main

if __name__ == "__main__":
    main()
