"""What end-to-end machine-learning projects share: data, evaluation, reports, serving."""

import os

# Libraries read these when they are imported, so they are set before any of them is.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")  # or two trainings at once take 20 times as long
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # onnxruntime would report its use to its maker
