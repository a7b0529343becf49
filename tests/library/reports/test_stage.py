"""The stage: from the files of a project to its documents and the page."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.paths import METRICS, PAGE, README
from ml_portfolio.reports.rendering import (
    TEMPLATES,
    documents,
    environment,
    out_of_date,
    render_page,
)
from ml_portfolio.reports.results import Figure, read_results
from ml_portfolio.reports.stage import main, outdated_documents, read_texts

VOID = {"meta", "link", "img", "br"}
HEAVY = ("pandas", "sklearn", "scipy", "matplotlib", "mlflow", "onnxruntime", "fastapi")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
OF_CLASSES = {
    "evaluate": ["confusion_matrix", "roc_curve", "reliability", "threshold_cost"],
    "diagnose": ["slices", "learning_curve"],
    "explain": ["feature_importance"],
}
OF_NUMBERS = {
    "evaluate": ["predicted", "errors", "errors_by", "interval_coverage"],
    "diagnose": ["slices", "learning_curve"],
    "explain": ["occlusion"],
}


def with_figures(results, content, folders):
    figures = {
        name: Figure(Path(f"reports/figures/{folder}/{name}.png"), content)
        for folder, names in folders.items()
        for name in names
    }
    return replace(results, figures=figures)


def test_the_stage_fills_in_every_document(project, capsys):
    assert set(outdated_documents()) == {*TEMPLATES, PAGE}
    main()
    assert "README.md" in capsys.readouterr().out
    assert outdated_documents() == []
    assert "**The model ranks rows of `high`" in README.read_text(encoding="utf-8")
    assert "b'" not in PAGE.read_text(encoding="utf-8")


def test_what_the_owner_wrote_stays(project):
    before = README.read_text(encoding="utf-8")
    main()
    after = README.read_text(encoding="utf-8")
    blocks = re.compile(r"<!-- facts: (\w+) -->.*?<!-- end: \1 -->", re.DOTALL)
    assert blocks.sub("", after) == blocks.sub("", before) and after != before


def test_a_file_that_is_up_to_date_is_not_touched(project):
    main()
    times = {path: path.stat().st_mtime_ns for path in (*TEMPLATES, PAGE)}
    main()
    assert times == {path: path.stat().st_mtime_ns for path in (*TEMPLATES, PAGE)}


def test_a_document_that_is_gone_stays_gone(project):
    Path("data/README.md").unlink()
    main()
    assert not Path("data/README.md").exists() and outdated_documents() == []


def test_a_number_changed_by_hand_is_found(project):
    main()
    results, texts = read_results(), read_texts()
    changed = {path: text.replace("6,513", "9,999") for path, text in texts.items()}
    assert {README, PAGE} < set(out_of_date(results, changed))
    assert out_of_date(results, texts) == []


def test_a_missing_result_is_named(project):
    METRICS.unlink()
    with pytest.raises(UserError, match=r"metrics.json is missing: run .uv run dvc repro"):
        outdated_documents()


@pytest.mark.parametrize("key", ["choice", "intervals", "output"])
def test_an_incomplete_result_ends_in_one_line(project, key):
    metrics = json.loads(METRICS.read_text(encoding="utf-8"))
    del metrics[key]
    METRICS.write_text(json.dumps(metrics), encoding="utf-8")
    with pytest.raises(SystemExit, match=f"error: reports/ is incomplete .*{key}.*dvc repro"):
        main()


def test_words_of_the_problem_come_from_params(project):
    words = "report: {example: person, examples: people, headline: 'It is right: {value}'}\n"
    params = Path("params.yaml")
    params.write_text(params.read_text(encoding="utf-8") + words, encoding="utf-8")
    main()
    assert "**It is right: 93 % (ROC AUC 0.929" in README.read_text(encoding="utf-8")
    assert "6,513 test people" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("headline", ["{gain}", "{", "{value.x}", "{0}"])
def test_a_headline_that_cannot_be_filled_in_is_refused(project, headline):
    Path("params.yaml").write_text(
        f"project: {{input: text, task: classification}}\nreport:\n  headline: '{headline}'\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match=r"params.yaml.*headline may hold \{value\}"):
        read_results()


def test_only_light_libraries_are_imported(project):
    """A stage that takes half a second must not load what training needs."""
    code = (
        "import sys; from ml_portfolio.reports.stage import main; main();"
        f"print(sorted(set({HEAVY}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# The page


class Reader(HTMLParser):
    """Notes what a page loads, and that each tag is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.headings: list[str] = []
        self.images: list[dict] = []

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        self.addresses += [known[name] for name in ("src", "href", "srcset") if known.get(name)]
        if tag == "img":
            self.images.append(known)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_needs_nothing_but_itself(project):
    main()
    reader, page = Reader(), PAGE.read_text(encoding="utf-8")
    reader.feed(page)
    assert not reader.open
    assert all(address.startswith(("data:", "#")) for address in reader.addresses)
    assert not re.search(r"@import|url\(|<script", page)
    assert "default-src 'none'" in page
    assert reader.headings[0] == "h1" and set(reader.headings[1:]) == {"h2"}
    assert reader.images and all(i["alt"] and i["width"] == "640" for i in reader.images)
    anchors = {address[1:] for address in reader.addresses if address.startswith("#")}
    assert anchors == set(re.findall(r'<h2 id="([^"]+)"', page))


def test_every_figure_has_a_title_and_a_caption(results, say):
    drawn = with_figures(results, PNG, OF_CLASSES if results.labels else OF_NUMBERS)
    for name in drawn.figures:
        assert say("figures.caption", drawn, name).endswith("."), name
        assert say("figures.title", drawn, name) and say("figures.alt", drawn, name)
    page = render_page(drawn)
    assert page.count("<img ") == page.count("<figcaption>") == len(drawn.figures)
    assert documents(drawn)[README]["figures"].count("<img ") == 3


def test_all_titles_have_captions():
    captions = environment("html.j2", str).get_template("figures.j2").module
    assert set(captions.TITLES) == set(captions.captions)


def test_a_figure_of_the_owners_is_shown(results):
    page = render_page(with_figures(results, PNG, {"evaluate": ["errors_by_<day>"]}))
    assert "<strong>Errors by &lt;day&gt;.</strong>" in page


def test_what_was_not_measured_is_left_out(results):
    """No part of the diagnosis but the list of groups has to hold anything."""
    empty = {"slices": [], "fairness": [], "learning_curve": [], "drift": [], "labels": {}}
    nothing = {"threshold": None, "conformal": None, "calibration": None}
    bare = replace(
        results,
        metrics=results.metrics | nothing,
        diagnosis=results.diagnosis | empty | {"mistakes": []},
        explanation=results.explanation | {"features": [], "examples": []},
        figures={},
    )
    page = render_page(bare)
    assert "<img" not in page and "Mistakes" not in page and "Explanations" not in page
    for blocks in documents(bare).values():
        assert all("None" not in text.replace("None of", "") for text in blocks.values())


def test_each_fact_stands_on_one_line(results):
    for blocks in documents(results).values():
        for line in "\n".join(blocks.values()).splitlines():
            assert line == line.rstrip() and not line.startswith(" "), line
            assert "  " not in line.replace("|  |", "| |"), line
