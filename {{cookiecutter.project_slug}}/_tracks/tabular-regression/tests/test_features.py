"""Derived features, value by value; in the model they are computed by ONNX, and checked there."""

import numpy as np
import pytest

from your_package.features import commuting, leisure

COLUMNS = {"hr": np.float32([8, 17, 14, 14]), "workingday": np.float32([1, 1, 1, 0])}


def test_people_commute_on_working_days_at_eight_and_half_past_five():
    assert commuting(COLUMNS) == pytest.approx([1, np.exp(-1 / 16), np.exp(-49 / 16), 0])


def test_people_ride_for_leisure_on_days_off():
    assert leisure(COLUMNS).tolist() == [0, 0, 0, 1]
