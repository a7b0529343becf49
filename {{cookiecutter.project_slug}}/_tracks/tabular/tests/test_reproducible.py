"""What is trained twice on one machine is the same twice."""

import contextlib
import json
import shutil

from your_package import evaluate, train
from your_package.paths import METRICS


def test_a_second_training_gives_the_same_metrics(trained, tmp_path):
    again = tmp_path / "again"
    shutil.copytree(trained, again, ignore=shutil.ignore_patterns("mlflow.db", "mlruns"))
    (again / METRICS).unlink()
    with contextlib.chdir(again):
        train.main()
        evaluate.main()
    first, second = (
        json.loads((folder / METRICS).read_text("utf-8")) for folder in (trained, again)
    )
    assert first == second
