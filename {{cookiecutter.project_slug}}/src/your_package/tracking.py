"""The only file that knows MLflow: each candidate becomes a run in `mlflow.db`.

Look at them with: uv run mlflow ui
"""

import logging
import os
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .train import Result

STORE = "sqlite:///mlflow.db"


def log_runs(results: list["Result"], chosen: "Result", data_sha256: str) -> dict[str, str]:
    """Log each result as an MLflow run: parameters, the metrics of each fold and their mean, model.

    Returns the run ids by candidate.
    """
    mlflow = quiet_mlflow()  # takes seconds to import, so only who logs pays
    mlflow.set_tracking_uri(STORE)
    mlflow.set_experiment(__package__)
    about = {"git_commit": git_commit(), "data_sha256": data_sha256}
    runs = {}
    for result in results:
        tags = about | {"chosen": str(result is chosen)}
        with mlflow.start_run(run_name=result.name, tags=tags) as run:
            mlflow.log_params({"candidate": result.name, **result.params})
            for fold, scores in enumerate(result.folds):
                mlflow.log_metrics({f"fold_{name}": value for name, value in scores.items()}, fold)
            mlflow.log_metrics({name: result.mean(name) for name in result.folds[0]})
            mlflow.log_metric("fit_seconds", result.fit_seconds)
            for seen in result.history():
                epoch = {f"epoch_{name}": value for name, value in seen.items()}
                mlflow.log_metrics(epoch, step=int(seen["epoch"]))
            log_model(mlflow, result.model)
            runs[result.name] = run.info.run_id
    return runs


def log_model(mlflow: Any, model: Any) -> None:
    """Keep a fitted scikit-learn model with its run.

    Requirements are given: finding them out takes MLflow ten times as long as the rest.
    """
    mlflow.sklearn.log_model(
        model,
        name="model",
        pip_requirements=["scikit-learn"],
        serialization_format="cloudpickle",
    )


def git_commit() -> str:
    """The commit that is checked out, with `-dirty` if files were changed since; else `none`."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True)  # noqa: S603
    except OSError:
        return "none"
    return done.stdout.strip() or "none"


def quiet_mlflow() -> Any:
    """Import MLflow without its telemetry and its chatter."""
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    import mlflow
    import mlflow.sklearn

    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return mlflow
