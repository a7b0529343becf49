"""Starts `mlflow models serve` on the fitted pipeline, as MLflow keeps it: `… PORT`."""

import os
import sys
import tempfile

import mlflow
from fitted import load_model

if __name__ == "__main__":
    folder = tempfile.mkdtemp()
    mlflow.sklearn.save_model(
        load_model(), f"{folder}/model", pip_requirements=[], serialization_format="cloudpickle"
    )
    said = ["models", "serve", "-m", f"{folder}/model", "--env-manager", "local"]
    os.execvp("mlflow", ["mlflow", *said, "--port", sys.argv[1]])
