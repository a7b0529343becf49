"""How differently the groups of a sensitive column are treated, by fairlearn (https://fairlearn.org).

Which difference is unfair is no question of statistics: it hangs on what is decided with an answer.
"""

from typing import Any

import numpy as np
import pandas as pd
from fairlearn.metrics import MetricFrame

from .review import treatment
from .slices import FEWEST, group


def compare_groups(
    y: np.ndarray, said: np.ndarray, groups: pd.DataFrame, output: dict[str, Any]
) -> list[dict[str, Any]]:
    """Measure each group of each sensitive column [n, columns], and the largest differences.

    Groups of few rows are left out, for theirs would be the largest by chance.
    """
    true, answered, measures = treatment(y, said, output)
    found = []
    for column in groups:
        values = group(groups[column].reset_index(drop=True)).astype(object).fillna("missing")
        kept = (values.groupby(values).transform("size") >= FEWEST).to_numpy()
        if values[kept].nunique() < 2:
            continue
        frame = MetricFrame(
            metrics=measures,
            y_true=true[kept],
            y_pred=answered[kept],
            sensitive_features=values[kept],
        )
        table = frame.by_group.astype(float)
        rates = {name: table[name].dropna().to_dict() for name in measures}
        spans = {name: float(np.ptp(list(each.values()))) for name, each in rates.items() if each}
        found.append({"column": str(column), **rates, "differences": spans})
    return found
