"""The bundle: a folder with the model as ONNX and a manifest that says all else about it."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnxruntime as ort
from pydantic import BaseModel, Field, ValidationError

from ..errors import UserError
from .inputs import PART, Encoder, InputSpec, request_model
from .outputs import OutputSpec, decode, difference

MANIFEST, GRAPH = "manifest.json", "model.onnx"
FORMAT = 1


class Golden(BaseModel):
    """A request and the answer that this model gave when it was exported."""

    request: dict[str, Any]
    answer: dict[str, Any]


class Manifest(BaseModel):
    format: int
    name: str
    version: str
    description: str
    code: str = Field("", pattern=r"^(https://.*)?$")  # where the project can be read
    task: str
    model: str
    input: InputSpec
    output: OutputSpec
    metrics: dict[str, Any]
    data: dict[str, Any]
    reference: dict[str, Any]  # each column's distribution in training
    sha256: dict[str, str]  # of the other files
    tolerance: float  # how far an answer may be from the golden one
    golden: list[Golden] = Field(min_length=1)


class Bundle:
    """A loaded model: requests in, answers out."""

    def __init__(self, manifest: Manifest, files: dict[str, bytes]) -> None:
        settings = ort.SessionOptions()
        settings.intra_op_num_threads = 1  # a row is too little work to share out
        settings.log_severity_level = 3
        self.manifest, self.files = manifest, files
        self.request = request_model(manifest.input, files, manifest.golden[0].request)
        self.encode = Encoder(manifest.input, files)
        self.session = ort.InferenceSession(
            files[GRAPH], settings, providers=["CPUExecutionProvider"]
        )
        self.wanted = [tensor.name for tensor in self.session.get_inputs()]
        self.told = self.session.get_outputs()[-1].name

    @classmethod
    def load(cls, folder: Path) -> "Bundle":
        """Read and verify a bundle; raises UserError where it is absent, incomplete or changed."""
        again = "make it with 'uv run dvc repro' in the project's folder"
        if not (folder / MANIFEST).is_file():
            raise UserError(f"{folder} holds no model: {again}.")
        try:
            manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise UserError(
                f"{folder / MANIFEST} is damaged ({where} {first['msg']}): {again}."
            ) from None
        if manifest.format != FORMAT:
            raise UserError(f"{folder} has format {manifest.format}, not {FORMAT}: {again}.")
        files = {}
        for name, wanted in manifest.sha256.items():
            path = folder / name
            files[name] = path.read_bytes() if path.is_file() else b""
            if hashlib.sha256(files[name]).hexdigest() != wanted:
                raise UserError(f"{path} is missing or is not what the manifest says: {again}.")
        bundle = cls(manifest, files)
        if problem := bundle.golden_mismatch():
            raise UserError(f"{folder} {problem}: {again}.")
        return bundle

    def predict(self, rows: Sequence[BaseModel]) -> list[dict[str, Any]]:
        """Answer requests, each an object of the class `self.request`."""
        feeds, warnings = self.encode(rows)
        (told,) = self.session.run([self.told], {name: feeds[name] for name in self.wanted})
        answers = decode(self.manifest.output, told)
        for answer, said in zip(answers, warnings, strict=True):
            answer["warnings"] = said
        return answers

    def ask(self, requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Answer requests as they come from outside, checked first."""
        rows = [self.request.model_validate(request) for request in requests]
        parts = [self.predict(rows[first : first + PART]) for first in range(0, len(rows), PART)]
        return [answer for part in parts for answer in part]

    def golden_mismatch(self) -> str | None:
        """Say how an answer differs from the one given when the model was made, or None."""
        for place, case in enumerate(self.manifest.golden):
            (answer,) = self.ask([case.request])  # alone: a short one is not made as long as others
            gap = difference(self.manifest.output, case.answer, answer)
            if gap > self.manifest.tolerance:
                return f"answers golden request {place} by {gap:.2g} differently than when made"
        return None
