"""The server's settings, from arguments and environment variables."""

import pickle
import re
from pathlib import Path

import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.serving.settings import Settings, load_settings

DOCUMENT = Path(__file__).parents[3] / "{{cookiecutter.project_slug}}/docs/serving.md"


def test_arguments_come_before_the_environment_and_that_before_defaults(monkeypatch):
    monkeypatch.setenv("WORKERS", "2")
    monkeypatch.setenv("PORT", "")
    monkeypatch.setenv("API_KEY", "secret")
    settings = load_settings(host="0.0.0.0", workers=None)
    assert (settings.host, settings.workers, settings.port) == ("0.0.0.0", 2, 8000)
    assert load_settings(workers=3).workers == 3
    assert settings.api_key.get_secret_value() == "secret" and "secret" not in repr(settings)
    assert pickle.loads(pickle.dumps(settings)) == settings  # workers get them so


@pytest.mark.parametrize(
    ("name", "value"), [("WORKERS", "many"), ("PORT", "65536"), ("TIMEOUT", "0"), ("BUNDLE", "\0")]
)
def test_a_bad_setting_is_named(monkeypatch, name, value):
    if value == "\0":
        with pytest.raises(UserError, match="the setting BUNDLE cannot be used: "):
            load_settings(bundle=3)
        return
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError, match=f"^the setting {name} cannot be used: [^\n]+[.]$"):
        load_settings()


def test_every_setting_is_in_the_documents():
    table = DOCUMENT.read_text(encoding="utf-8").split("## Settings")[1].split("##")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [
        name.upper() for name in Settings.model_fields
    ]
