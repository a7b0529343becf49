"""The project's own app, but that its model answers a constant: `python constant.py PORT`."""

import sys

from fitted import decode_image, of_project
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.config.paths import BUNDLE
from ml_portfolio.serving.server import serve
from ml_portfolio.serving.settings import Settings

constant = Bundle.load(BUNDLE, decode_image()).manifest.golden[0].answer
Bundle.golden_mismatch = lambda self: None
Bundle.predict = lambda self, rows: [dict(constant) for _ in rows]

if __name__ == "__main__":
    serve(of_project("app").create_app, Settings(port=int(sys.argv[1])), decode_image())
