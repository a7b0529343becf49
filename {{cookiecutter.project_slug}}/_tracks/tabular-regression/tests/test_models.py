"""Rungs of the ladder whose answer is known: means, and weights kept small."""

import numpy as np
import pandas as pd
import pytest
from ml_portfolio.config.errors import UserError

from your_package.models import group_mean, mean, ridge

X = pd.DataFrame({"hour": [1, 1, 2, 2], "day": list("abab"), "heat": [5, 6, 7, 8]})
X = X.astype({"hour": "float32", "heat": "float32"})
Y = np.array([10.0, 20.0, 30.0, 60.0])


def test_the_mean_is_the_mean():
    assert mean(X, 0).fit(X, Y).predict(X) == pytest.approx(np.full(4, 30))


def test_a_season_has_the_mean_of_its_rows():
    model = group_mean(X, 0, columns=["hour"]).fit(X, Y)
    assert model.predict(X) == pytest.approx([15, 15, 45, 45])
    both = group_mean(X, 0, columns=["hour", "day"]).fit(X, Y)
    assert both.predict(X) == pytest.approx(Y)


def test_without_a_season_it_is_the_mean():
    model = group_mean(X, 0, columns=[]).fit(X, Y)
    assert model.predict(X) == pytest.approx(np.full(4, 30))


def test_a_season_told_by_no_feature_is_named():
    with pytest.raises(UserError, match="group_mean.columns must be features"):
        group_mean(X, 0, columns=["hour", "week"])


def test_the_more_noise_the_smaller_the_weights_are_kept():
    random = np.random.default_rng(0)
    rows = pd.DataFrame(random.normal(size=(80, 30)).astype(np.float32))
    clear, noise = rows.sum(axis=1).to_numpy(), random.normal(size=80)
    calm, noisy = (
        ridge(rows, 0, alphas=[0.1, 10, 1000]).fit(rows, clear + share * noise)[-1].alpha_
        for share in (0.1, 50)
    )
    assert calm == 0.1 and noisy == 1000
