"""The files that stages hand on, and the project's own. Paths are from the project's folder."""

from pathlib import Path

SOURCE = Path("data/source.yaml")
SCHEMA = Path("data/schema.yaml")
PLAN = Path("docs/evaluation_plan.md")
README = Path("README.md")

PROCESSED = Path("data/processed")  # preprocess → train, evaluate, export
INPUTS = PROCESSED / "inputs.json"  # the model's inputs, as the training rows define them
SPLIT = PROCESSED / "split.json"  # how the rows were split: training makes its folds the same way
REJECTED = PROCESSED / "rejected.csv"
PROFILE = Path("reports/data_profile.json")

MODEL = Path("models/model.joblib")  # train → evaluate, export
BASELINE_MODEL = Path("models/baseline.joblib")
CHOICE = Path("models/choice.json")
RUNS = Path("reports/runs.csv")
CURVES = Path("reports/learning_curves.csv")  # of candidates that learn in epochs

DECISION = Path("models/decision.json")  # evaluate → export: the threshold, the label sets, …
METRICS = Path("reports/metrics.json")  # evaluate → export, report
DIAGNOSIS = Path("reports/diagnosis.json")  # evaluate → report
EXPLANATION = Path("reports/explanation.json")  # evaluate → report
FIGURES = Path("reports/figures")  # in a folder each: evaluate, diagnose, explain

BUNDLE = Path("models/bundle")  # export → the server and the page
EXPORTED = Path("reports/export.json")  # export → report

PAGE = Path("reports/index.html")  # report → its readers
SITE = Path("site")  # the page without a server, as the command `page` builds it
