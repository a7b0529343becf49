"""From raw data to a served prediction: a module a stage, in the order of dvc.yaml."""
