"""The manifest: all that is known about a model, beside its graph."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from ml_portfolio.bundle.classification import ClassificationOutput
from ml_portfolio.bundle.regression import RegressionOutput
from ml_portfolio.images.request import ImageInput
from ml_portfolio.tables.request import TableInput
from ml_portfolio.texts.request import TextInput

MANIFEST, GRAPH = "manifest.json", "model.onnx"
FORMAT = 2

Input = Annotated[TableInput | TextInput | ImageInput, Field(discriminator="kind")]
Output = Annotated[ClassificationOutput | RegressionOutput, Field(discriminator="task")]


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
    model: str  # the name of the chosen candidate
    input: Input
    output: Output
    metrics: dict[str, Any]
    data: dict[str, Any]
    reference: dict[str, Any]  # each column's distribution in training
    sha256: dict[str, str] = {}  # of the other files
    tolerance: float  # the largest difference allowed between an answer and the golden one
    golden: list[Golden] = Field(min_length=1)
