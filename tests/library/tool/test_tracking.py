"""Experiment tracking, in a store of the test's own."""

import numpy as np
import pytest
from ml_portfolio import tracking
from ml_portfolio.tracking import Run, log_runs
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1])
FOLDS = [{"accuracy": 0.8, "roc_auc": 0.7}, {"accuracy": 0.9, "roc_auc": 0.9}]
EPOCHS = [{"epoch": 1, "loss": 0.5}, {"epoch": 2, "loss": 0.25}]
RUNS = [
    Run("simple", {}, FOLDS, 0.5, [], DummyClassifier().fit(X, y), chosen=False),
    Run("line", {"C": 2.0, "cv": 3}, FOLDS, 1.5, EPOCHS, LogisticRegression().fit(X, y), True),
]


@pytest.fixture(scope="module")
def logged(tmp_path_factory):
    """MLflow, and the ids of runs logged in the working folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("tracking"))
        patch.setattr(tracking, "BATCH", 5)
        ids = log_runs(RUNS, "f" * 64, "oak_tree")
        yield tracking.import_mlflow(), ids


def test_each_candidate_is_a_run(logged):
    mlflow, ids = logged
    runs = mlflow.search_runs(experiment_names=["oak_tree"], output_format="list")
    assert {run.info.run_name: run.info.run_id for run in runs} == ids
    assert all(run.info.status == "FINISHED" for run in runs)
    (line,) = [run for run in runs if run.info.run_name == "line"]
    assert line.data.params == {"candidate": "line", "C": "2.0", "cv": "3"}
    assert line.data.metrics["accuracy"] == pytest.approx(0.85)
    assert line.data.metrics["fit_seconds"] == 1.5
    assert line.data.tags["data_sha256"] == "f" * 64
    assert line.data.tags["chosen"] == "True" and line.data.tags["git_commit"]


def test_folds_and_epochs_are_steps(logged):
    mlflow, ids = logged
    client = mlflow.MlflowClient()
    folds = client.get_metric_history(ids["line"], "fold_roc_auc")
    assert [(each.step, each.value) for each in folds] == [(0, 0.7), (1, 0.9)]
    epochs = client.get_metric_history(ids["line"], "epoch_loss")
    assert [(each.step, each.value) for each in epochs] == [(1, 0.5), (2, 0.25)]


def test_the_chosen_model_can_be_loaded(logged):
    mlflow, ids = logged
    model = mlflow.sklearn.load_model(f"runs:/{ids['line']}/model")
    assert (model.predict(X) == RUNS[1].model.predict(X)).all()
    with pytest.raises(mlflow.exceptions.MlflowException):
        mlflow.sklearn.load_model(f"runs:/{ids['simple']}/model")


def test_a_second_training_adds_runs(logged):
    mlflow, ids = logged
    again = log_runs(RUNS[:1], "0" * 64, "oak_tree")
    assert again["simple"] != ids["simple"]
    assert len(mlflow.search_runs(experiment_names=["oak_tree"], output_format="list")) == 3


def test_outside_of_git_the_commit_is_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert tracking.git_commit() == "none"
    monkeypatch.setenv("PATH", "")
    assert tracking.git_commit() == "none"
