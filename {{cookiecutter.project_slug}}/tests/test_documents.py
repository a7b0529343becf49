"""README.md, model card and report page say what reports/ hold."""

import pytest
from conftest import ROOT
from ml_portfolio.reports.stage import outdated_documents


def test_documents_agree_with_the_results(monkeypatch):
    monkeypatch.chdir(ROOT)
    if not (ROOT / "reports/metrics.json").is_file():
        pytest.skip("nothing is measured yet: run 'uv run dvc repro'")
    assert not outdated_documents(), "run 'uv run dvc repro'"
