"""A table with a column of each type, and one of hundreds: from raw data to the page."""

import json
import time
from pathlib import Path

import pytest
from browser import ANSWER_ALL, CHROMIUM, handed_out, opened, violations
from library import mixed_table
from projects import Project
from test_day import assert_alike

pytestmark = pytest.mark.slow

STAGES = ("preprocess", "train", "evaluate", "export")
ASK = """
import json, sys
from pathlib import Path
from ml_portfolio.bundle.bundle import Bundle
bundle = Bundle.load(Path("models/bundle"))
first = bundle.manifest.golden[0].request
requests = [first | change for change in json.loads(sys.argv[1])]
print(json.dumps([requests, bundle.ask(requests)]))
"""
TRICKY = {  # where Python and JavaScript might not be of one mind
    "seen <at>": [
        "2025-03-31",
        "2025-03-31 15:30",
        "2025-03-31t15:30:00z",
        "2025-03-31T17:30:00.123456+0200",
        "1969-12-31T23:59:59-05:30",
        "0099-02-28T01:02",
        "1600-02-29T23:59:59.999",
    ],
    'what "was" said': [
        "REFUND refund,refund!",
        "SCHÖN danke\u00a0İstanbul",
        "ΟΔΟΣ спасибо большое",
        "refund\u2019s “refund” refund🙂 refund",
        "\x1crefund\x85i\ufeffwant",
        " ",
    ],
    "smokes?": [True, False, None],
    "size: of it": ["small", "large", "x'\"\\y", None],
}


def settle(lived: Project, folder: Path, wide: int) -> Project:
    """A copy of a trained project on the mixed table, every stage run."""
    project = lived.copy(folder)
    mixed_table.write_into(project.root, wide)
    for stage in STAGES:
        project.run("python", "-m", f"{project.package}.{stage}")
    return project


@pytest.mark.parametrize(
    "track", ["tabular-classification", "tabular-regression"], indirect=True, scope="session"
)
@pytest.mark.skipif(not CHROMIUM.is_file(), reason="Debian's chromium is not installed")
def test_each_type_is_asked_for_and_answered_in_the_browser(lived, tmp_path):
    project = settle(lived, tmp_path / "mixed", wide=0)
    done = project.run("python", "-m", project.package, "page", "--out", "site", check=False)
    if "could not be fetched" in done.stdout:
        pytest.skip(done.stdout.strip())
    changes = [{name: value} for name, values in TRICKY.items() for value in values]
    said = project.run("python", "-c", ASK.format(package=project.package), json.dumps(changes))
    requests, answers = json.loads(said.stdout.splitlines()[-1])
    golden = json.loads((project.root / "models/bundle/manifest.json").read_text("utf-8"))["golden"]
    requests += [case["request"] for case in golden]
    answers += [case["answer"] for case in golden]
    with handed_out(project.root / "site") as url, opened(url) as page:
        for wanted, got in zip(answers, page.evaluate(ANSWER_ALL, requests), strict=True):
            assert_alike(wanted, got)
        assert violations(page) == []
        for place, _ in enumerate(golden):
            page.click(f"#examples button >> nth={place}")
            page.click("#send")
            page.wait_for_selector("#answer:not(.stale) .label")
            assert page.inner_text("#status") == ""


@pytest.mark.parametrize("track", ["tabular-classification"], indirect=True, scope="session")
def test_five_hundred_columns_take_no_more_than_minutes(lived, tmp_path):
    started = time.monotonic()
    project = settle(lived, tmp_path / "wide", wide=500)
    assert time.monotonic() - started < 600
    asked = project.run("python", "-c", ASK.format(package=project.package), json.dumps([{}] * 50))
    assert len(json.loads(asked.stdout.splitlines()[-1])[1]) == 50
