"""The bundle: a folder with a model as ONNX and a manifest that describes it."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime as ort
from pydantic import BaseModel, ValidationError

from ml_portfolio.bundle.manifest import FORMAT, GRAPH, MANIFEST, Manifest
from ml_portfolio.bundle.protocols import Answer, DecodeImage, Encoder, Files, Request
from ml_portfolio.config.errors import UserError

REMAKE = "make it with 'uv run dvc repro' in the project's folder"


class NotFiniteError(ArithmeticError):
    """The model's answer is infinite or not a number: a request has numbers that are too large."""


class Bundle:
    """A loaded model: requests in, answers out."""

    def __init__(
        self, manifest: Manifest, files: Files, decode_image: DecodeImage | None = None
    ) -> None:
        """Start the graph. `files` are the bundle's but the manifest; images need a decoder."""
        settings = ort.SessionOptions()
        settings.intra_op_num_threads = 1  # one row is too little work for several threads
        settings.log_severity_level = 3
        self.manifest, self.files = manifest, dict(files)
        example, providers = manifest.golden[0].request, ["CPUExecutionProvider"]
        self.encoder: Encoder = manifest.input.encoder(files, example, decode_image)
        self.session = ort.InferenceSession(files[GRAPH], settings, providers=providers)
        self.input_names = [tensor.name for tensor in self.session.get_inputs()]
        self.output_name = self.session.get_outputs()[-1].name

    @classmethod
    def load(cls, folder: Path, decode_image: DecodeImage | None = None) -> "Bundle":
        """Read and verify a bundle; raises UserError where it is absent, incomplete or changed."""
        manifest = read_manifest(folder)
        bundle = cls(manifest, read_files(folder, manifest.sha256), decode_image)
        if mismatch := bundle.golden_mismatch():
            raise UserError(f"{folder} {mismatch}: {REMAKE}.")
        return bundle

    def predict(self, rows: Sequence[BaseModel]) -> list[Answer]:
        """Answer requests, each an object of the class `encoder.request`.

        Raises NotFiniteError where the graph's output is not finite.
        """
        feeds, warnings = self.encoder(rows)
        needed = {name: feeds[name] for name in self.input_names}
        (outputs,) = self.session.run([self.output_name], needed)
        if not np.isfinite(outputs).all():
            raise NotFiniteError
        answers = self.manifest.output.decode(outputs)
        for answer, messages in zip(answers, warnings, strict=True):
            answer["warnings"] = messages
        return answers

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Validate and answer requests; raises pydantic's ValidationError."""
        rows = [self.encoder.request.model_validate(request) for request in requests]
        size = self.encoder.batch_size
        parts = [self.predict(rows[first : first + size]) for first in range(0, len(rows), size)]
        return [answer for part in parts for answer in part]

    def golden_mismatch(self) -> str | None:
        """Describe how an answer differs from the one given at the export, or return None."""
        for place, case in enumerate(self.manifest.golden):
            (answer,) = self.ask([case.request])  # alone: in a batch, texts are padded
            gap = self.manifest.output.difference(case.answer, answer)
            if gap > self.manifest.tolerance:
                return f"answers golden request {place} by {gap:.2g} differently than when made"
        return None


def read_manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        raise UserError(f"{folder} holds no model: {REMAKE}.")
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UserError(f"{path} is damaged ({where} {first['msg']}): {REMAKE}.") from None
    if manifest.format != FORMAT:
        raise UserError(f"{folder} has format {manifest.format}, not {FORMAT}: {REMAKE}.")
    return manifest


def read_files(folder: Path, sha256: Mapping[str, str]) -> dict[str, bytes]:
    """Read a bundle's files and compare each with its SHA-256 in the manifest."""
    files = {}
    for name, expected in sha256.items():
        path = folder / name
        files[name] = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(files[name]).hexdigest() != expected:
            raise UserError(f"{path} is missing or differs from the manifest: {REMAKE}.")
    return files
