"""A server on this machine that answers as the UCI repository, Hugging Face and Kaggle do.

What their clients ask for, and what they need of an answer, is read off their source: ucimlrepo
0.0.7, datasets 5.2 with huggingface_hub 2.4, kagglehub 1.0 with kagglesdk 0.1.
"""

import base64
import hashlib
import http.server
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CARD = """\
---
license: cc-by-sa-4.0
configs:
- config_name: default
  data_files:
  - split: train
    path: train.parquet
---
# Shop

```bibtex
@misc{shop,
  author = {Ada},
  year = {2026}
}
```
"""
Answer = tuple[int, dict[str, str], bytes]


def as_json(content: object, status: int = 200, **headers: str) -> Answer:
    return status, {"Content-Type": "application/json", **headers}, json.dumps(content).encode()


class Sites:
    """A table as CSV, and sets of Hugging Face by name, each one Parquet file."""

    def __init__(self, csv: str, sets: dict[str, bytes]) -> None:
        self.csv, self.sets = csv.encode(), sets

    def answer(self, path: str, body: bytes, place: str) -> Answer:
        if path.startswith("/api/dataset?"):
            return self.uci(path, place)
        if path == "/static/public/53/data.csv":
            return 200, {"Content-Type": "text/csv"}, self.csv
        if path.startswith(("/api/datasets/", "/datasets/")):
            return self.hugging_face(path, body)
        if path.startswith("/v1/datasets.DatasetApiService/"):
            return self.kaggle(path, json.loads(body), place)
        if path == "/storage/archive.zip":
            return self.archive()
        return as_json({"error": "Not found"}, 404)

    def uci(self, path: str, place: str) -> Answer:
        if path != "/api/dataset?id=53":
            message = "No dataset with the given ID exists in the database"
            return as_json({"status": 404, "message": message}, 404)
        roles = {"colour": "Feature", "length": "Feature", "kind": "Target"}
        about = {
            "uci_id": 53,
            "name": "Shop",
            "repository_url": "https://archive.ics.uci.edu/dataset/53/shop",
            "data_url": f"{place}/static/public/53/data.csv",
            "year_of_dataset_creation": 2024,
            "dataset_doi": "10.24432/C56C76",
            "creators": ["A. Lovelace", "C. Babbage"],
            "intro_paper": None,
            "additional_info": {"summary": "Made up", "citation": None},
            "variables": [{"name": name, "role": role} for name, role in roles.items()],
        }
        return as_json({"status": 200, "data": about})

    def hugging_face(self, path: str, body: bytes) -> Answer:
        full = path.split("?")[0].removeprefix("/api").removeprefix("/datasets/")
        name, rest = "/".join(full.split("/")[:2]), "/".join(full.split("/")[2:])
        if name not in self.sets:
            return as_json({"error": "Not found"}, 404, **{"X-Error-Code": "RepoNotFound"})
        files = {"README.md": CARD.encode(), "train.parquet": self.sets[name]}
        listed = [
            {"type": "file", "path": file, "size": len(content), "oid": etag(content)}
            for file, content in files.items()
        ]
        if rest == f"paths-info/{COMMIT}":
            return as_json([one for one in listed if str(one["path"]) in body.decode()])
        if rest == f"tree/{COMMIT}":
            return as_json(listed)
        if not rest.startswith("resolve/"):
            siblings = [{"rfilename": file} for file in files]
            return as_json({"id": name, "sha": COMMIT, "siblings": siblings})
        headers = {"X-Repo-Commit": COMMIT}
        content = files.get(rest.split("/")[-1])
        if content is None:
            return as_json({}, 404, **headers, **{"X-Error-Code": "EntryNotFound"})
        return 200, {**headers, "ETag": f'"{etag(content)}"'}, content

    def kaggle(self, path: str, body: dict[str, str], place: str) -> Answer:
        if (body["ownerSlug"], body["datasetSlug"]) != ("ada", "shop"):
            return as_json({"code": 403, "message": "Permission 'datasets.get' was denied"}, 403)
        if path.endswith("/GetDataset"):
            about = {
                "ref": "ada/shop",
                "title": "Shop",
                "ownerName": "Ada Lovelace",
                "licenseName": "CC0: Public Domain",
                "currentVersionNumber": 3,
            }
            return as_json(about)
        return 302, {"Location": f"{place}/storage/archive.zip"}, b""

    def archive(self) -> Answer:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("shop.csv", self.csv)
        content = packed.getvalue()
        md5 = base64.b64encode(hashlib.md5(content).digest()).decode()
        return 200, {"Content-Type": "application/zip", "X-Goog-Hash": f"md5={md5}"}, content


def etag(content: bytes) -> str:
    return hashlib.sha1(content).hexdigest()


@contextmanager
def serve(sites: Sites) -> Iterator[str]:
    """Answer on a free port; the address is what is returned."""

    class Answers(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            place = f"http://{self.headers['Host']}"
            body = self.rfile.read(length)
            status, headers, content = sites.answer(self.path, body, place)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_HEAD = answer  # noqa: N815 (the base class's names)

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
