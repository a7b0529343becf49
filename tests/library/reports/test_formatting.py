"""Numbers with known answers."""

import math

import pytest
from ml_portfolio.reports.formatting import (
    decimals,
    p_value,
    percent,
    percentage_points,
    significant,
    tiny,
    with_minus,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (38.214, "38.2"),
        (0.012345, "0.0123"),
        (1234.6, "1,235"),
        (-2.634, "−2.63"),
        (0, "0.00"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_a_number_has_three_digits(value, text):
    assert significant(value) == text


def test_zero_has_no_minus():
    assert with_minus("-0.000") == "0.000" and with_minus("-0.010") == "−0.010"


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.759, 1, "75.9 %"),
        (0.0, 1, "0.0 %"),
        (0.00001, 1, "under 0.1 %"),
        (1.0, 0, "100 %"),
        (0.9996, 0, "over 99 %"),
        (0.99996, 1, "over 99.9 %"),
        (None, 1, "–"),
        (math.nan, 1, "–"),
    ],
)
def test_a_share_is_not_rounded_to_none_or_to_all(share, digits, text):
    assert percent(share, digits) == text


def test_other_numbers():
    assert decimals(0.92913) == "0.929" and decimals(None) == decimals(math.nan) == "–"
    assert percentage_points(0.171) == "17.1 percentage points"
    assert p_value(0.0341) == "p = 0.034" and p_value(1e-9) == "p < 0.001"
    assert p_value(None) == "p not defined"
    assert tiny(4e-7) == "4e-07" and tiny(None) == "–"
