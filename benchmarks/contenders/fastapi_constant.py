"""FastAPI as its tutorial shows it, with the project's request model, but without a model:
`python fastapi_constant.py PORT`."""

import sys
from typing import Any

import uvicorn
from fastapi import FastAPI
from fitted import load_bundle

bundle = load_bundle()
constant = bundle.manifest.golden[0].answer
app = FastAPI()


@app.post("/predict")
async def predict(row: bundle.encoder.request) -> dict[str, Any]:
    return constant


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False)
