"""Experiment tracking: each candidate becomes a run in MLflow's store, `mlflow.db`.

Look at them with: uv run mlflow ui
"""

import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ml_portfolio.tool.git import Git

STORE = "sqlite:///mlflow.db"
BATCH = 1000  # metrics: MLflow takes no more at once


@dataclass(frozen=True)
class Run:
    """A candidate of the model comparison."""

    name: str
    params: dict[str, Any]
    folds: list[dict[str, float]]  # the metrics of each fold
    fit_seconds: float
    history: list[dict[str, float]]  # by epoch, with the key `epoch`; empty without epochs
    model: Any  # fitted, with scikit-learn's interface
    chosen: bool  # its model is stored with the run; the others' can be fitted again


def log_runs(runs: Sequence[Run], data_sha256: str, experiment: str) -> dict[str, str]:
    """Log the runs, and return MLflow's ids of them by name.

    A run has its parameters, the metrics of each fold (`fold_…`), their means and those of each
    epoch (`epoch_…`); the chosen one has its model too. Tags: the commit and the data's sha256.
    """
    mlflow = import_mlflow()
    mlflow.set_tracking_uri(STORE)
    mlflow.set_experiment(experiment)
    client = mlflow.MlflowClient()
    shared = {"git_commit": git_commit(), "data_sha256": data_sha256}
    ids: dict[str, str] = {}
    for run in runs:
        with mlflow.start_run(run_name=run.name) as active:
            ids[run.name] = active.info.run_id
            mlflow.log_params({"candidate": run.name, **run.params})
            mlflow.set_tags(shared | {"chosen": run.chosen})
            metrics = metrics_of(run, mlflow.entities.Metric)
            # In batches, since each call is a transaction of the database.
            for start in range(0, len(metrics), BATCH):
                client.log_batch(active.info.run_id, metrics=metrics[start : start + BATCH])
            if run.chosen:
                mlflow.sklearn.log_model(
                    run.model,
                    name="model",
                    pip_requirements=["scikit-learn"],  # MLflow takes long to find them out
                    serialization_format="cloudpickle",
                )
    return ids


def metrics_of(run: Run, entity: Any) -> list[Any]:
    now = int(time.time() * 1000)
    means = {name: sum(fold[name] for fold in run.folds) / len(run.folds) for name in run.folds[0]}
    steps = [(0, "", means | {"fit_seconds": run.fit_seconds})]
    steps += [(number, "fold_", scores) for number, scores in enumerate(run.folds)]
    steps += [(int(epoch["epoch"]), "epoch_", epoch) for epoch in run.history]
    return [
        entity(f"{prefix}{name}", value, now, step)
        for step, prefix, values in steps
        for name, value in values.items()
    ]


def git_commit() -> str:
    """Return the commit that is checked out, with `-dirty` if files changed since; else `none`."""
    described = Git().ask("describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
    return described.strip() or "none"


def import_mlflow() -> Any:
    """Import MLflow, which takes a second, without its telemetry and its messages."""
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    import mlflow
    import mlflow.sklearn

    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return mlflow
