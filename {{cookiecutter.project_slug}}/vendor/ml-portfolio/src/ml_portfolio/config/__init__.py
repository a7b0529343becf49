"""Settings, paths and files: params.yaml, atomic writes, errors in one line."""
