"""START_HERE.md, followed: a candidate and a feature are added, and reach the server."""

import json

import pytest
from projects import Project
from test_day import get, post, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("track", ["tabular-classification"], indirect=True, scope="session"),
]

CANDIDATE = '''

def extra_trees(X: pd.DataFrame, seed: int, **params: Any) -> Pipeline:
    """Trees with random splits (Geurts et al. 2006)."""
    return with_encoder(X, ExtraTreesClassifier(random_state=seed, **params), scale=False)
'''
FEATURE = '''

def overtime(columns: Columns) -> np.ndarray:
    """Hours of work a week above 40."""
    return np.maximum(columns["hours-per-week"] - 40, 0)


DERIVED["overtime"] = overtime
'''


@pytest.fixture
def project(lived, tmp_path) -> Project:
    return lived.copy(tmp_path)


def edit(project, name, old, new):
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(project, name, text):
    path = project.root / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_candidate_and_a_feature_reach_the_server(project):
    models = f"src/{project.package}/models.py"
    edit(project, models, "import Hist", "import ExtraTreesClassifier, Hist")
    append(project, models, CANDIDATE)
    line = "    random_forest: {n_estimators: 100, min_samples_leaf: 3}\n"
    new = "    extra_trees: {n_estimators: 50, min_samples_leaf: 3}\n"
    edit(project, "params.yaml", line, new)
    edit(project, "params.yaml", "    logistic_regression:", "    # logistic_regression:")
    boosting = "    hist_gradient_boosting:"
    edit(project, "params.yaml", boosting, f"    # {boosting.strip()}")
    append(project, f"src/{project.package}/features.py", FEATURE)
    project.run("dvc", "repro")
    metrics = json.loads((project.root / "reports/metrics.json").read_text(encoding="utf-8"))
    assert metrics["candidate"] == "extra_trees"
    assert metrics["model"]["roc_auc"] > 0.88
    with served(project) as url:
        golden = get(f"{url}/model")["golden"][0]
        assert post(f"{url}/predict", golden["request"])["label"] == golden["answer"]["label"]


def test_a_candidate_that_cannot_become_onnx_is_named_with_those_that_can(project):
    models = f"src/{project.package}/models.py"
    edit(
        project,
        models,
        "import Pipeline",
        "import Pipeline\nfrom sklearn.semi_supervised import LabelSpreading",
    )
    append(
        project,
        models,
        "\n\ndef spreading(X, seed, **params):\n"
        "    return with_encoder(X, LabelSpreading(kernel='knn', **params), scale=True)\n",
    )
    path = project.root / "params.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("    logistic_regression:"), text.index("\nevaluate:")
    path.write_text(f"{text[:start]}    spreading: {{max_iter: 2}}\n{text[end:]}", encoding="utf-8")
    project.run("python", "-m", f"{project.package}.train")
    done = project.run("python", "-m", f"{project.package}.export", check=False)
    assert done.returncode != 0
    assert "LabelSpreading" in done.stdout and "LogisticRegression" in done.stdout
    assert "Traceback" not in done.stdout
