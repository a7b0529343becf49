"""A fitted scikit-learn pipeline → ONNX, preprocessing included."""

import re
from typing import Any

from skl2onnx import convert_sklearn, update_registered_converter
from skl2onnx._supported_operators import sklearn_operator_name_map
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from skl2onnx.common.exceptions import MissingConverter, MissingShapeCalculator
from sklearn.base import is_classifier
from sklearn.pipeline import Pipeline

from ml_portfolio.config.errors import UserError
from ml_portfolio.export.derived import convert, infer_shape
from ml_portfolio.tables.derived import DerivedFeatures
from ml_portfolio.tables.request import TableInput

OPSET = 21
TREES = ("DecisionTree", "RandomForest", "ExtraTrees", "GradientBoosting", "HistGradientBoosting")
COMMON = {  # estimators to name to someone who needs another one
    "classifier": (
        *("LogisticRegression", "GaussianNB", "KNeighborsClassifier", "SVC", "MLPClassifier"),
        *(f"{name}Classifier" for name in TREES),
    ),
    "regressor": (
        *("LinearRegression", "Ridge", "Lasso", "KNeighborsRegressor", "SVR", "MLPRegressor"),
        *(f"{name}Regressor" for name in TREES),
    ),
    "transformer": ("StandardScaler", "MinMaxScaler", "SimpleImputer", "OneHotEncoder", "PCA"),
}

update_registered_converter(DerivedFeatures, "DerivedFeatures", infer_shape, convert)


def pipeline_to_onnx(model: Any, inputs: TableInput) -> bytes:
    """Convert a fitted model of table rows; the same model always gives the same bytes.

    The graph's inputs are c0, c1, …: [rows, parts], float32 or text. skl2onnx would silently rename
    inputs that are not identifiers, so the columns' own names stay in the manifest. The outputs of
    a classifier: label [rows], probabilities [rows, classes]; of a regressor: value [rows, 1].
    Raises UserError where an estimator cannot be converted.
    """
    types = []
    for column in inputs.columns:
        blank = column.array([None])
        tensor = StringTensorType if blank.dtype == object else FloatTensorType
        types.append((column.tensor, tensor([None, blank.shape[1]])))
    return to_onnx(model, types)


def text_pipeline_to_onnx(model: Pipeline, name: str) -> bytes:
    """Convert a fitted classifier of texts, whose first step is a vectorizer.

    name: of the graph's input, text [rows]
    The last output is probabilities [rows, classes].
    """
    return to_onnx(model, [(name, StringTensorType([None]))])


def to_onnx(model: Any, types: list[tuple[str, Any]]) -> bytes:
    options = {id(last_step(model)): {"zipmap": False}} if is_classifier(model) else None
    try:
        graph = convert_sklearn(
            model, name="model", initial_types=types, options=options, target_opset=OPSET
        )
    except RuntimeError as error:  # also NotImplementedError
        raise cannot_convert(model, error) from error
    return bytes(graph.SerializeToString())


def last_step(model: Any) -> Any:
    return last_step(model[-1]) if isinstance(model, Pipeline) else model


def cannot_convert(model: Any, error: RuntimeError) -> UserError:
    """Describe why a model cannot be exported, and name estimators that can be."""
    reason, _, _ = str(error).strip().partition("\n")
    if not isinstance(error, MissingConverter | MissingShapeCalculator):
        return UserError(f"the model cannot be exported to ONNX: {reason}")
    found = re.search(r"<class '(?:\w+\.)*(\w+)'>", reason)
    last = last_step(model)
    name = found[1] if found else type(last).__name__
    kind = "classifier" if is_classifier(last) else "regressor"
    kind = kind if name == type(last).__name__ else "transformer"
    known = {estimator.__name__ for estimator in sklearn_operator_name_map}
    named = ", ".join(each for each in COMMON[kind] if each in known)
    return UserError(
        f"{name} cannot be exported to ONNX: skl2onnx has no converter for it. Use another {kind}, "
        f"such as {named}."
    )
