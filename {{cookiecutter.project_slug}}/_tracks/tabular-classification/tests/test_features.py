"""Derived features, value by value; in the model they are computed by ONNX, and checked there."""

import numpy as np
import pytest

from your_package.features import log_capital_gain


def test_capital_gain_is_on_a_logarithmic_scale():
    columns = {"capital-gain": np.float32([0, 99])}
    assert log_capital_gain(columns) == pytest.approx([0, np.log(100)])
