"""From raw data to a served prediction: one module per stage, in the order of dvc.yaml."""
