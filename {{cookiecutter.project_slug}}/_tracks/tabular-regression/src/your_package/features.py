"""Features derived from the columns of the data: one function each, written with NumPy.

A function gets the numeric columns by name, each float32 [n], and returns one value per row. It
becomes a part of the exported model: the server and the page compute it too, and what a request
holds does not change. A feature whose columns the data do not have is left out.
"""

from collections.abc import Mapping

import numpy as np

Columns = Mapping[str, np.ndarray]


def commuting(columns: Columns) -> np.ndarray:
    """How close an hour is to the rush hours of a working day (8:00, 17:30): from 0 to 1."""
    hours = np.minimum(np.abs(columns["hr"] - 8), np.abs(columns["hr"] - 17.5))
    return np.where(columns["workingday"] > 0, np.exp(-(hours**2) / 4), 0)


def leisure(columns: Columns) -> np.ndarray:
    """How close an hour is to the early afternoon (14:00) of a day off: from 0 to 1."""
    hours = columns["hr"] - 14
    return np.where(columns["workingday"] > 0, 0, np.exp(-(hours**2) / 18))


DERIVED = {"commuting": commuting, "leisure": leisure}
