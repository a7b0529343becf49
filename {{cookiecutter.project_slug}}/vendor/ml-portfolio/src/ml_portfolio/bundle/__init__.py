"""The bundle: a model as ONNX with a manifest that describes it, loaded and asked."""
