"""The linear rung of the ladder keeps its weights as small as the data ask for."""

import numpy as np
import pandas as pd

from your_package.models import logistic_regression


def test_the_more_noise_the_smaller_the_weights_are_kept():
    random = np.random.default_rng(0)
    rows = pd.DataFrame(random.normal(size=(300, 30)).astype(np.float32))
    clear, noise = rows.sum(axis=1).to_numpy(), random.normal(size=300)
    calm, noisy = (
        logistic_regression(rows, 0, Cs=[0.001, 0.1, 10], cv=3)
        .fit(rows, clear + share * noise > 0)[-1]
        .C_
        for share in (0.1, 50)
    )
    assert calm == 10 and noisy == 0.001
