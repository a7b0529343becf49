"""What tutorials do: FastAPI with the fitted pipeline. `python fastapi_sklearn.py PORT`."""

import sys
from typing import Any

import pandas as pd
import uvicorn
from fastapi import FastAPI
from fitted import answer, load_model, request_class

pipeline = load_model()
app = FastAPI()


@app.post("/predict")
def predict(row: request_class()) -> dict[str, Any]:  # type: ignore[valid-type]
    return answer(pipeline.predict_proba(pd.DataFrame([row.model_dump(by_alias=True)])))


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False)
