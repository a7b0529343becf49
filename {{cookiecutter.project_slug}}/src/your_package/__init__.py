"""From raw data to a served prediction: one module a stage, in the order of dvc.yaml."""
