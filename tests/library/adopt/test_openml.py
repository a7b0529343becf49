"""openml:ID, by scikit-learn's own client, from a server on this machine that answers as OpenML."""

import hashlib
import http.server
import json
import threading

import pytest
from library.adopt.samples import TARGET, adopt_table, make_table
from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.origins import find
from sklearn.datasets import _openml

COLUMNS = make_table(colour=["red", "blue", "green", "green"] * 75)


ROWS = "\n".join(",".join(row) for row in zip(*COLUMNS.values(), strict=True))
ARFF = f"""\
@RELATION some
@ATTRIBUTE colour {{red,blue,green}}
@ATTRIBUTE length NUMERIC
@ATTRIBUTE {TARGET} {{no,yes}}
@DATA
{ROWS}
"""
KINDS = {"colour": "nominal", "length": "numeric", TARGET: "nominal"}
FEATURES = [
    {
        "index": str(place),
        "name": name,
        "data_type": kind,
        "is_target": str(name == TARGET).lower(),
        "is_ignore": "false",
        "is_row_identifier": "false",
        "number_of_missing_values": "0",
    }
    for place, (name, kind) in enumerate(KINDS.items())
]
ABOUT = {
    "id": "7",
    "name": "Some rows",
    "description": "Made up",
    "version": "1",
    "format": "ARFF",
    "licence": "CC0",
    "citation": "Ada (2026)",
    "status": "active",
    "file_id": "9",
    "default_target_attribute": TARGET,
    "md5_checksum": hashlib.md5(ARFF.encode(), usedforsecurity=False).hexdigest(),
}


@pytest.fixture
def openml(monkeypatch):
    if not hasattr(_openml, "_DATA_INFO"):
        pytest.skip("this scikit-learn keeps OpenML's address elsewhere")

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            answers = {
                "/api/v1/json/data/7": json.dumps({"data_set_description": ABOUT}),
                "/api/v1/json/data/features/7": json.dumps(
                    {"data_features": {"feature": FEATURES}}
                ),
                "/api/v1/json/data/qualities/7": json.dumps({"data_qualities": {"quality": []}}),
                "/rows.arff": ARFF,
            }
            body = answers.get(self.path, "").encode()
            self.send_response(200 if body else 412)
            self.end_headers()
            self.wfile.write(body or b'{"error": {"code": "111", "message": "Unknown dataset"}}')

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"http://127.0.0.1:{server.server_port}/"
        for name in ("_DATA_INFO", "_DATA_FEATURES", "_DATA_QUALITIES"):
            address = getattr(_openml, name).replace("https://www.openml.org/", place)
            monkeypatch.setattr(_openml, name, address)
        monkeypatch.setitem(ABOUT, "url", f"{place}rows.arff")
        yield
        server.shutdown()


def test_a_set_comes_with_its_target_licence_and_citation(openml, tmp_path):
    origin = find("openml:7", tmp_path)
    assert (origin.target, origin.licence, origin.citation) == (TARGET, "CC0", "Ada (2026)")
    found = adopt_table("openml:7")
    assert found.entries[TARGET]["role"] == "target"
    assert found.rows["colour"].tolist()[:4] == ["red", "blue", "green", "green"]
    assert "`adopt` read openml:7" in found.changes[0]


def test_a_set_that_is_not_there_is_named(openml):
    with pytest.raises(UserError, match="openml:8 could not be fetched .* check its name"):
        adopt_table("openml:8")
