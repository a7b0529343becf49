"""What answers predictions, from the bundle alone: it imports no training library."""

import os

# Read when onnxruntime is imported: without it, it reports its use to its maker.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
