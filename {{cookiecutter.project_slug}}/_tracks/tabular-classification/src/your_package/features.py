"""Features derived from the columns of the data: one function each, written with NumPy.

A function gets the numeric columns by name, each float32 [n], and returns one value per row. It
becomes a part of the exported model: the server and the page compute it too, and what a request
holds does not change. A feature whose columns the data do not have is left out.
"""

from collections.abc import Mapping

import numpy as np

Columns = Mapping[str, np.ndarray]


def log_capital_gain(columns: Columns) -> np.ndarray:
    """Gains from investments on a logarithmic scale, since a few are a thousand times the rest."""
    return np.log1p(columns["capital-gain"])


DERIVED = {"log capital gain": log_capital_gain}
