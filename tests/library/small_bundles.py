"""A tiny real model of each kind of input and of task, as a bundle."""

import base64
import functools
import importlib.util
import io
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pandas as pd
from ml_portfolio.bundle.bundle import Bundle
from ml_portfolio.bundle.classification import ClassificationOutput
from ml_portfolio.bundle.manifest import FORMAT, GRAPH, Golden, Manifest
from ml_portfolio.bundle.regression import RegressionOutput
from ml_portfolio.export.bundle_files import build_bundle, write_bundle
from ml_portfolio.images.request import PREPARATION, ImageInput
from ml_portfolio.tables.columns import WORD
from ml_portfolio.tables.request import TableInput
from ml_portfolio.texts.request import TOKENIZER_FILE, WORDS, TextInput
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

TEMPLATE = Path(__file__).parents[2] / "{{cookiecutter.project_slug}}"
SIZES = ["small", "middling", "large"]
OPTIONAL = {"required": False, "description": ""}
NEEDED = {"required": True, "description": "What is known of it"}
COLUMNS: list[dict[str, Any]] = [
    {"name": "age, in years", "type": "integer", "min": 0, "max": 120, **OPTIONAL},
    {"name": "class", "type": "number", "min": -1000, "max": 1000, **NEEDED},
    {"name": "c0", "type": "number", "min": -1000, "max": 1000, **NEEDED},
    {"name": "цвет", "type": "category", "categories": ["red", "blue"], "missing": "-", **OPTIONAL},
    {"name": "size: of it", "type": "ordinal", "categories": SIZES, **OPTIONAL},
    {"name": "smokes?", "type": "boolean", **OPTIONAL},
    {"name": "bought on", "type": "date", "time": False, **OPTIONAL},
    {"name": "seen <at>", "type": "date", "time": True, **NEEDED},
    {
        "name": 'what "was" said',
        "type": "text",
        "word": WORD,
        "words": ["refund", "danke"],
        "longest": 2000,
        **OPTIONAL,
    },
]
TABLE = TableInput.model_validate(
    {"columns": [each | {"tensor": f"c{place}"} for place, each in enumerate(COLUMNS)]}
)
LABELS = ["no", "yes"]
REFERENCE = {
    "rows": 200,
    "columns": {
        "class": {
            "quantiles": [-2, -1.3, -0.8, -0.5, -0.3, 0, 0.3, 0.5, 0.8, 1.3, 2],
            "shares": [0.1] * 10,
        },
        "цвет": {"counts": {"red": 100, "blue": 80}, "missing_share": 0.1},
        "smokes?": {"counts": {"true": 100, "false": 100}},
    },
}


def rows(count: int = 200) -> list[dict[str, Any]]:
    """Requests of the table; whether they are answered yes follows from `class` and `smokes?`."""
    random = np.random.default_rng(0)
    return [
        {
            "age, in years": int(random.integers(18, 90)) if place % 7 else None,
            "class": round(float(random.normal()), 3),
            "c0": round(float(random.normal()), 3),
            "цвет": ["red", "blue", None][place % 3],
            "size: of it": SIZES[random.integers(0, 3)],
            "smokes?": bool(random.integers(0, 2)),
            "bought on": f"2025-03-{1 + place % 28:02}",
            "seen <at>": f"2025-03-31T{place % 24:02}:30:00",
            'what "was" said': ["A refund!", "Danke", "meh"][place % 3],
        }
        for place in range(count)
    ]


def fitted(model: Any, target: list[float]) -> bytes:
    """Fit a model on the table's rows, as the encoder reads them, and convert it."""
    encoder = TABLE.encoder({}, {})
    feeds, _ = encoder([encoder.request.model_validate(row) for row in rows()])
    arrays = [feeds[column.tensor] for column in TABLE.columns]
    parts = [pd.Series(part, dtype=array.dtype) for array in arrays for part in array.T]
    X = pd.DataFrame(dict(enumerate(parts)))
    words = [place for place, part in enumerate(parts) if part.dtype == object]
    numbers = [place for place in X if place not in words]
    columns = ColumnTransformer(
        [
            ("words", OneHotEncoder(handle_unknown="ignore"), words),
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), numbers),
        ]
    )
    types = {True: StringTensorType, False: FloatTensorType}
    inputs = [
        (column.tensor, types[array.dtype == object]([None, array.shape[1]]))
        for column, array in zip(TABLE.columns, arrays, strict=True)
    ]
    pipeline = make_pipeline(columns, model).fit(X, target)
    return converted(pipeline, inputs, model)


def converted(pipeline: Any, inputs: list[Any], model: Any) -> bytes:
    options = {id(model): {"zipmap": False}} if hasattr(model, "predict_proba") else None
    graph = convert_sklearn(pipeline, initial_types=inputs, options=options, target_opset=18)
    return graph.SerializeToString()


def make(
    spec: Any, output: Any, files: dict[str, bytes], requests: list[Any], **more: Any
) -> Bundle:
    """Make a bundle whose golden answers are the model's own."""
    manifest = Manifest(
        format=FORMAT,
        name="small-model",
        version="0.1.0",
        description="A small model for tests.",
        model="logistic_regression",
        input=spec,
        output=output,
        metrics={
            "metric": "accuracy",
            "rows": 50,
            "model": {"accuracy": 0.9},
            "baseline": {"accuracy": 0.5},
            "intervals": {"level": 0.95, "model": {"accuracy": {"low": 0.8, "high": 1.0}}},
        },
        data={"source": "made up"},
        reference=REFERENCE,
        sha256={},
        tolerance=1e-4,
        golden=[Golden(request=request, answer={}) for request in requests],
    )
    return build_bundle(manifest, files, **more)


def classes(confidence: float | None = None, least: float | None = None) -> ClassificationOutput:
    return ClassificationOutput(
        target="answer",
        labels=LABELS,
        threshold=0.4,
        confidence=confidence,
        min_probability=least,
    )


@functools.cache
def table() -> Bundle:
    """A classifier of a table with a column of each type, under names that are hard to handle."""
    target = [int(row["class"] + row["smokes?"] > 0.5) for row in rows()]
    graph = fitted(LogisticRegression(), target)
    odd = {"цвет": "pink", "size: of it": "huge"}
    golden = [*rows(3), rows(1)[0] | odd, rows(1)[0] | dict.fromkeys(odd)]
    return make(TABLE, classes(0.9, 0.3), {GRAPH: graph}, golden)


@functools.cache
def number() -> Bundle:
    """A regressor of the same table."""
    target = [3 * row["class"] + 10 * row["smokes?"] for row in rows()]
    output = RegressionOutput(
        target="rides",
        unit="rides",
        min=0,
        max=None,
        spread=4.0,
        confidence=0.9,
        level_ends=[5.0],
        half_widths=[2.0, 3.0],
    )
    return make(TABLE, output, {GRAPH: fitted(Ridge(), target)}, rows(3))


@functools.cache
def text() -> Bundle:
    """A classifier of texts: TF-IDF of word ids."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "good", "bad", "so", "a", "film", "!"]
    tokenizer = Tokenizer(models.WordLevel({w: place for place, w in enumerate(words)}, "[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    spec = TextInput(
        min_characters=2,
        max_characters=1000,
        max_tokens=16,
        tokenizer=TOKENIZER_FILE,
        description="A sentence",
    )
    files = {TOKENIZER_FILE: tokenizer.to_str().encode()}
    texts = ["a good film", "so good!", "good good", "a bad film", "so bad!", "bad"]
    encoder = spec.encoder(files, {})
    feeds, _ = encoder([encoder.request(text=each) for each in texts])
    model = LogisticRegression()
    vectorizer = TfidfVectorizer(lowercase=False, token_pattern="[0-9]+")
    pipeline = make_pipeline(vectorizer, model).fit(feeds[WORDS], [1, 1, 1, 0, 0, 0])
    files[GRAPH] = converted(pipeline, [(WORDS, StringTensorType([None]))], model)
    return make(spec, classes(), files, [{"text": each} for each in (*texts, "bad " * 20)])


@functools.cache
def image() -> Bundle:
    """A classifier of images, by how light their upper half is."""
    decode = owner_module("image-classification", "decoding").decode
    spec = ImageInput(
        width=6, height=5, channels=1, background=0, min_side=4, brightest_border=200.0
    )
    weights = np.zeros((30, 2), np.float32)
    weights[:15, 1] = 0.001
    steps = [
        helper.make_node("Cast", ["pixels"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Flatten", ["numbers"], ["flat"]),
        helper.make_node("MatMul", ["flat", "weights"], ["scores"]),
        helper.make_node("Softmax", ["scores"], ["probabilities"]),
    ]
    graph = graph_of(steps, ["n", 5, 6, 1], ["n", 2], TensorProto.FLOAT, weights=weights)
    files = {GRAPH: graph, PREPARATION: preparation()}
    random = np.random.default_rng(0)
    pictures = [random.integers(0, 200, (5, 6), np.uint8), np.zeros((9, 20), np.uint8)]
    requests = [{"image": as_base64(Image.fromarray(each))} for each in pictures]
    return make(spec, classes(), files, requests, decode_image=decode)


def owner_module(track: str, name: str) -> Any:
    """Import a module of a track's package."""
    path = TEMPLATE / "_tracks" / track / "src/your_package" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def preparation() -> bytes:
    """A graph from an image of any size to 5 × 6 pixels in grey."""
    steps = [
        helper.make_node("Transpose", ["pixels"], ["planes"], perm=[2, 0, 1]),
        helper.make_node("Resize", ["planes", "", "", "size"], ["resized"], mode="nearest"),
        helper.make_node("Slice", ["resized", "start", "end"], ["red"]),
        helper.make_node("Transpose", ["red"], ["prepared"], perm=[1, 2, 0]),
    ]
    constants = {"size": np.array([3, 5, 6]), "start": np.array([0]), "end": np.array([1])}
    return graph_of(steps, ["h", "w", 3], [5, 6, 1], TensorProto.UINT8, **constants)


def graph_of(steps: list[Any], shape: Any, out: Any, kind: int, **constants: np.ndarray) -> bytes:
    """Make a graph from `pixels` to the output of the last step."""
    tensor = helper.make_tensor_value_info
    graph = helper.make_graph(
        steps,
        "graph",
        [tensor("pixels", TensorProto.UINT8, shape)],
        [tensor(steps[-1].output[0], kind, out)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def as_file(picture: Image.Image, kind: str = "PNG", **settings: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **settings)
    return file.getvalue()


def as_base64(picture: Image.Image) -> str:
    return base64.b64encode(as_file(picture)).decode()


def write(bundle: Bundle, folder: Path) -> Path:
    """Write a bundle to a new folder."""
    write_bundle(bundle, folder)
    return folder
