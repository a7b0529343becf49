"""The command line: options reach what runs, mistakes are one line, serving needs little."""

import subprocess
import sys
import threading
import urllib.request
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.serving import server
from ml_portfolio.tool import cli
from ml_portfolio.tool.page import site


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["oak", *arguments])
    cli.main(create_app, decode_image)


def create_app(bundle, settings):
    """Make no app: what is tested is that this function arrives."""


def decode_image(content, background, min_side):
    """Decode nothing."""


def test_options_come_before_the_environment(monkeypatch):
    served = []
    monkeypatch.setattr(server, "serve", lambda *arguments: served.append(arguments))
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("HOST", "0.0.0.0")
    run(monkeypatch, "serve", "--port", "9001", "--bundle", "other")
    ((app, settings, decode),) = served
    assert (app, decode) == (create_app, decode_image)
    assert (settings.port, settings.host) == (9001, "0.0.0.0")
    assert settings.bundle == Path("other")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "error: params.yaml is not here: run this in the project's folder."),
        (["plan"], "error: docs/evaluation_plan.md is missing: restore it with git."),
        (["serve", "--port", "-1"], "error: the setting PORT cannot be used"),
    ],
)
def test_a_mistake_is_one_line(monkeypatch, tmp_path, arguments, message):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        run(monkeypatch, *arguments)
    assert str(stopped.value).startswith(message) and "\n" not in str(stopped.value)


def test_the_page_is_built_from_the_project_s_files(monkeypatch, capsys):
    built = []
    monkeypatch.setattr(site, "build", lambda *arguments: built.append(arguments))
    run(monkeypatch, "page", "--out", "public")
    assert built[0][:3] == (Path("public"), Path("models/bundle"), Path("reports/index.html"))
    assert built[0][-1] is decode_image
    assert "is in public" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["--help"], ["adopt", "--help"]])
def test_help_is_quick_and_needs_no_library(arguments):
    """The slim container has no library for training, nor ruamel's YAML."""
    code = (
        "import sys\nfrom ml_portfolio.tool.cli import main\n"
        "try:\n    main(None)\nfinally:\n"
        "    heavy = {'numpy', 'pandas', 'ruamel', 'fastapi', 'pydantic', 'mlflow'}\n"
        "    assert not heavy & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == (0 if arguments else 2) and "Traceback" not in done.stderr


def test_the_preview_serves_modules_as_scripts(tmp_path, monkeypatch):
    (tmp_path / "a.mjs").write_text("export const a = 1;")
    servers = []

    def serve(self):
        servers.append(self)
        thread = threading.Thread(target=lambda: [self.handle_request() for _ in range(1)])
        thread.start()
        url = f"http://127.0.0.1:{self.server_port}/a.mjs"
        with urllib.request.urlopen(url, timeout=10) as reply:
            assert reply.headers["Content-Type"] == "text/javascript"
            assert reply.headers["Cache-Control"] == "no-cache"
        thread.join()

    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", serve)
    site.preview(tmp_path, 0)
    assert len(servers) == 1
    with ThreadingHTTPServer(("127.0.0.1", 0), site.Handler) as other:
        with pytest.raises(UserError, match="choose --port"):
            site.preview(tmp_path, other.server_port)
