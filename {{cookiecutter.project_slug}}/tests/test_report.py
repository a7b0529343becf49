"""What the documents say is what was measured."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

from your_package import report
from your_package.errors import UserError
from your_package.paths import DIAGNOSIS, METRICS, PAGE
from your_package.reporting import documents, weaknesses
from your_package.reporting.captions import CAPTIONS
from your_package.reporting.page import render
from your_package.reporting.results import Results, read

VOID = {"meta", "link", "img", "br"}


@pytest.fixture
def results(in_trained: Path) -> Results:
    return read()


@pytest.mark.skipif(not (ROOT / METRICS).is_file(), reason="nothing is measured yet")
def test_readme_and_reports_agree(monkeypatch):
    """Fails where a document says other than reports/ do: run `uv run dvc repro`."""
    monkeypatch.chdir(ROOT)
    assert report.out_of_date(read()) == []


def test_the_stage_fills_in_every_document(results):
    assert report.out_of_date(results) == []
    for path in documents.DOCUMENTS:
        assert "this part is written from what it" not in path.read_text(encoding="utf-8"), path


def test_a_number_changed_by_hand_is_found(results, tmp_path, monkeypatch):
    for path in [*documents.DOCUMENTS, PAGE]:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        text = path.read_text(encoding="utf-8")
        (tmp_path / path).write_text(text.replace(f"{results.rows:,}", "9,999,999"), "utf-8")
    results = replace(results, figures={k: v.absolute() for k, v in results.figures.items()})
    monkeypatch.chdir(tmp_path)
    assert set(report.out_of_date(results)) >= {documents.README, documents.CARD, PAGE}


def test_what_the_owner_wrote_stays(results):
    before = (ROOT / "README.md").read_text(encoding="utf-8")
    after = Path("README.md").read_text(encoding="utf-8")
    blocks = re.compile(r"<!-- facts: (\w+) -->.*?<!-- end: \1 -->", re.DOTALL)
    assert blocks.sub("", after) == blocks.sub("", before)


def test_a_missing_result_is_named(in_trained, tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_bytes(Path("pyproject.toml").read_bytes())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=r"metrics.json is missing: run .uv run dvc repro"):
        read()


def test_every_figure_has_a_caption_and_says_what_to_see(results):
    assert results.figures and set(results.figures) <= set(CAPTIONS)
    for name in results.figures:
        assert CAPTIONS[name].alt and CAPTIONS[name].says(results).endswith((".", "!", "?")), name
    page = render(results)
    assert page.count("<img ") == page.count("<figcaption>") == len(results.figures)


class Reader(HTMLParser):
    """Notes what a page asks for, and that each tag is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.asked: list[str] = []
        self.headings: list[str] = []
        self.pictures: list[dict] = []

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.asked += [known[name] for name in ("src", "href", "srcset") if known.get(name)]
        if tag == "img":
            self.pictures.append(known)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_needs_nothing_but_itself(results):
    reader = Reader()
    page = PAGE.read_text(encoding="utf-8")
    reader.feed(page)
    assert not reader.open
    assert all(address.startswith(("data:", "#")) for address in reader.asked)
    assert not re.search(r"@import|url\(|<script", page)
    assert reader.headings[0] == "h1" and set(reader.headings[1:]) == {"h2"}
    assert all(picture["alt"] and int(picture["width"]) > 99 for picture in reader.pictures)
    anchors = {address[1:] for address in reader.asked if address.startswith("#")}
    assert anchors == set(re.findall(r'<h2 id="([^"]+)"', page))


def test_a_page_shows_words_of_the_data_as_words(results):
    nasty = "<script>alert(1)</script>"
    mistake = {
        "row": 1,
        "truth": nasty,
        "said": nasty,
        "confidence": 0.9,
        "request": {nasty: nasty},
    }
    page = render(
        replace(results, title=nasty, diagnosis=results.diagnosis | {"mistakes": [mistake]})
    )
    assert "<script" not in page


def test_what_was_not_measured_is_left_out(results):
    """No part of the diagnosis but the slices' list need hold anything."""
    empty = {"slices": [], "fairness": [], "learning_curve": [], "drift": [], "labels": {}}
    bare = replace(
        results,
        metrics=results.metrics | {"threshold": None, "conformal": None, "calibration": None},
        diagnosis=results.diagnosis | empty | {"mistakes": []},
        explanation=results.explanation | {"features": [], "examples": []},
        figures={},
    )
    page = render(bare)
    assert "<img" not in page and "Where it was wrong" not in page
    for facts in documents.DOCUMENTS.values():
        assert all("None" not in said for said in facts(bare).values())


# What is weak


def found(results: Results, **diagnosis) -> list[weaknesses.Weakness]:
    return weaknesses.find(replace(results, diagnosis=results.diagnosis | diagnosis))


def named(weak: list[weaknesses.Weakness], title: str) -> weaknesses.Weakness | None:
    return next((one for one in weak if one.title == title), None)


def test_planted_duplicates_weigh_what_the_result_is_worth_without_them(results):
    def weigh(rows, without):
        planted = {"test_rows": rows, "share": rows / 100, "without": without}
        return named(found(results, duplicates=planted), "Duplicates")

    assert weigh(1, results.value - 0.2).size == pytest.approx(0.2)
    assert weigh(100, None).size > 0.2
    assert not weigh(0, results.value)


def test_planted_drift_is_named(results):
    small = {"trait": "y", "psi": 3.0, "by_chance": 4.0, "ks": None}
    calm, moved = (
        [small, {"trait": "x", "psi": psi, "by_chance": 0.01, "ks": None}] for psi in (0.05, 2.0)
    )
    assert not named(found(results, drift=calm), "Drift")
    assert "`x` changed most" in named(found(results, drift=moved), "Drift").said


def test_no_change_moves_more_rows_than_is_said():
    random = np.random.default_rng(0)
    for _ in range(200):
        p, q = random.dirichlet(np.ones(6), 2)
        psi = float(((q - p) * np.log(q / p)).sum())
        assert abs(p - q).sum() / 2 <= weaknesses.moved(psi) <= 1
    assert weaknesses.moved(0) == 0


def test_a_leak_stands_above_all(results):
    leaky = replace(results, profile=results.profile | {"leaks": [{"from": "x", "strength": 1.0}]})
    first = weaknesses.find(leaky)[0]
    assert first.title == "A leak" and "`x`" in first.said


def test_a_worthless_model_is_called_so(results):
    worthless = {"value": 0.0, "low": -0.1, "high": 0.1}
    intervals = results.metrics["intervals"]
    gain = intervals["gain"] | {results.metric: worthless}
    metrics = results.metrics | {"intervals": intervals | {"gain": gain}}
    no_better = replace(results, metrics=metrics)
    assert named(weaknesses.find(no_better), "Not better than the baseline").overturns
    assert "cannot be told" in documents.readme(no_better)["result"]


def groups(results: Results, *sure: float) -> list[dict]:
    """Groups that are worse than all rows, of which so much is sure."""
    value = results.value + (0.3 if results.worse_by(results.value + 1) > 0 else -0.3)
    shared = {"by": "b", "rows": 50, "sensitive": False, "expected": results.value}
    ends = {"value": value, "low": value - 0.1, "high": value + 0.1}
    return [
        {**shared, **ends, "group": str(n), "worse": by > 0, "surely_worse_by": by}
        for n, by in enumerate(sure)
    ]


def test_a_group_counts_by_what_is_sure(results):
    weak = found(results, slices=groups(results, 0.2, 0))
    worse = named(weak, "Weaker where `b` is `0`")
    assert worse.size == 0.2 and "its own probabilities lead one to expect" in worse.said
    assert not named(weak, "Weaker where `b` is `1`")


def test_the_worst_group_is_one_that_is_worse(results):
    def say(slices):
        diagnosis = results.diagnosis | {"slices": slices}
        return CAPTIONS["slices"].says(replace(results, diagnosis=diagnosis))

    some = groups(results, 0.2, 0)
    assert "Worst where `b` is `0`" in say(some)
    assert "lead one to expect. 1 of 2 groups are worse than both by more than chance." in say(some)
    assert "No group is worse than both" in say(groups(results, 0))
    (alone,) = groups(results, 0.2)
    assert "are worse than all rows by more" in say([alone | {"expected": None}])
    better = alone | {"value": results.value, "worse": False}
    assert say([better]) == "No group that could be measured (1) is worse than all rows."


@pytest.mark.parametrize(("rise", "learning"), [(0.001, False), (0.03, True)])
def test_more_data_are_asked_for_where_they_surely_helped(results, rise, learning):
    """In validation rows whose noise is 0.02 of the metric."""
    more = 0.5 + (rise if results.worse_by(results.value + 1) < 0 else -rise)
    curve = [
        {"rows": rows, "train": 0.5, "validation": value} for rows, value in ((9, 0.5), (99, more))
    ]
    fit = {"noise": 0.02, "said": "It fits."}
    measured = replace(results, diagnosis=results.diagnosis | {"learning_curve": curve, "fit": fit})
    assert bool(named(weaknesses.find(measured), "Still learning")) == learning
    said = CAPTIONS["learning_curve"].says(measured)
    assert ("got no better by more than chance explains" in said) != learning


def test_the_weak_points_are_ranked(results):
    sizes = [one.size for one in weaknesses.find(results) if not one.overturns]
    assert sizes and sizes == sorted(sizes, reverse=True)
    assert DIAGNOSIS.is_file()
