"""What is trained twice on one machine is the same twice."""

import contextlib
import shutil

from ml_portfolio.config.files import read_json
from ml_portfolio.config.paths import METRICS

from your_package import evaluate, train


def test_a_second_training_gives_the_same_metrics(trained, tmp_path):
    again = tmp_path / "again"
    shutil.copytree(trained, again, ignore=shutil.ignore_patterns("mlflow.db", "mlruns"))
    (again / METRICS).unlink()
    with contextlib.chdir(again):
        train.main()
        evaluate.main()
    assert read_json(trained / METRICS) == read_json(again / METRICS)
