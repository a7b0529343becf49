"""What a stage hands on to the next, and where. Paths are from the project's folder."""

from pathlib import Path

PROCESSED = Path("data/processed")  # preprocess → train, evaluate, export
REJECTED = PROCESSED / "rejected.csv"
PROFILE = Path("reports/data_profile.json")

MODEL = Path("models/model.joblib")  # train → evaluate, export
BASELINE_MODEL = Path("models/baseline.joblib")
CHOICE = Path("models/choice.json")
RUNS = Path("reports/runs.csv")
CURVES = Path("reports/learning_curves.csv")  # of candidates that learn in epochs

PREDICTIONS = Path("models/predictions.joblib")  # evaluate → diagnose
METRICS = Path("reports/metrics.json")  # evaluate → diagnose, explain, export, report
FIGURES = Path("reports/figures")  # in a folder a stage
DIAGNOSIS = Path("reports/diagnosis.json")  # diagnose → report
EXPLANATION = Path("reports/explanation.json")  # explain → report

BUNDLE = Path("models/bundle")  # export → the server and the page
EXPORTED = Path("reports/export.json")

PAGE = Path("reports/index.html")  # report → its readers
SITE = Path("site")  # the page without a server, as the command `page` builds it
