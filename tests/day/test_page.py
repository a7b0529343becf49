"""The page in a real browser, from both of its homes: a server, and a folder of files."""

import json
from pathlib import Path

import pytest
from browser import ANSWER_ALL, CHROMIUM, handed_out, opened, violations
from test_day import assert_alike, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.is_file(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def site(lived) -> Path:
    done = lived.run("uv", "run", lived.root.name, "page", "--out", "site", check=False)
    if "could not be fetched" in done.stdout:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout
    return lived.root / "site"


def golden_of(lived) -> list[dict]:
    text = (lived.root / "models/bundle/manifest.json").read_text("utf-8")
    return json.loads(text)["golden"]


def check_page(page, golden: list[dict]) -> None:
    """All golden requests get their answers, and one is filled in, sent and shown."""
    answers = page.evaluate(ANSWER_ALL, [case["request"] for case in golden])
    for case, answer in zip(golden, answers, strict=True):
        assert_alike(case["answer"], answer)
    assert violations(page) == []
    page.click("#examples button")
    page.click("#send")
    page.wait_for_selector("#answer .label")
    shown = golden[0]["answer"].get("label")
    assert shown is None or page.inner_text("#answer .label") == shown
    assert page.inner_text("#sure")
    page.wait_for_selector("#reasons h3")  # what the answer hangs on
    assert page.query_selector_all("#reasons li")
    assert violations(page) == []


def test_the_model_answers_in_the_browser_without_a_server(lived, site):
    with handed_out(site) as url, opened(url) as page:
        check_page(page, golden_of(lived))
        assert "report.html" in page.inner_html("#facts")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_phone_in_the_dark_sees_it_too(lived, site):
    phone = {"viewport": {"width": 375, "height": 800}, "color_scheme": "dark"}
    with handed_out(site) as url, opened(url, **phone) as page:
        assert violations(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_the_server_answers_the_same_page(lived):
    with served(lived) as url, opened(here(url)) as page:
        check_page(page, golden_of(lived))


def test_a_server_with_a_key_is_asked_with_it(lived):
    with served(lived, API_KEY="grün") as url:
        with opened(here(url), shows="#unlock", forgiven="401") as page:
            for key in ("wrong", "grün"):
                assert violations(page) == []
                page.fill("#key", key)
                page.click("#unlock button")
                if key == "wrong":
                    page.wait_for_selector("#key-error:not(:empty)")
            page.wait_for_selector("#work:not([hidden])")
            check_page(page, golden_of(lived))


def test_a_server_that_allows_little_is_asked_in_parts(lived):
    settings = {"MAX_BATCH_ROWS": "5", "MAX_BODY_BYTES": "6000"}
    with served(lived, **settings) as url, opened(here(url), forgiven="4") as page:
        page.click("#send")
        page.wait_for_selector("#reasons li")


def here(url: str) -> str:
    return f"{url.replace('localhost', '127.0.0.1')}/"
