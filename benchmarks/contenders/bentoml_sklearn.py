"""BentoML with the fitted scikit-learn pipeline: `bentoml serve bentoml_sklearn:Service`."""

from typing import Any

import bentoml
import pandas as pd
from fitted import answer, load_model


@bentoml.service(workers=1, traffic={"timeout": 30}, logging={"access": {"enabled": False}})
class Service:
    def __init__(self) -> None:
        self.pipeline = load_model()

    @bentoml.api
    def predict(self, row: dict[str, Any]) -> dict[str, Any]:
        return answer(self.pipeline.predict_proba(pd.DataFrame([row])))
