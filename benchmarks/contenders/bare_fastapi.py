"""The least that could serve a model: FastAPI, and onnxruntime imported. `bare_fastapi.py PORT`."""

import sys

import onnxruntime  # noqa: F401 (what its import costs is part of the comparison)
import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.post("/predict")
async def predict() -> dict[str, str]:
    return {"label": "none"}


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False)
