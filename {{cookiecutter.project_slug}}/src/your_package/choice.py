"""The choice among the candidates: the simplest that is as good as the best, and over which."""

from typing import TYPE_CHECKING, Any

import numpy as np

from .evaluation.comparison import Difference, compare_folds, compare_rows
from .metrics import LOWER_IS_BETTER, score
from .splits import Rows
from .task import BASELINE

if TYPE_CHECKING:
    from .train import Result


class Chooser:
    """Compares results by one metric, over their folds or the rows of one held-out part."""

    def __init__(self, metric: str, y: np.ndarray, parts: list[Rows], seed: int) -> None:
        self.metric, self.seed, self.parts = metric, seed, parts
        self.y = y[parts[-1][1]]  # the truth of the last held-out part

    def measure(self, y: np.ndarray, said: np.ndarray) -> float:
        return score(y, said)[self.metric]

    def compare(self, a: "Result", b: "Result") -> Difference:
        if len(self.parts) > 1:
            ratio = float(np.mean([len(held_out) / len(fitted) for fitted, held_out in self.parts]))
            return compare_folds(a.by_metric()[self.metric], b.by_metric()[self.metric], ratio)
        return compare_rows(self.y, a.said, b.said, self.measure, self.seed)

    def choose(
        self, results: list["Result"], standard_errors: float
    ) -> tuple["Result", dict[str, Any]]:
        """Return the simplest result that is as good as the best, and an account of why.

        As good: behind it by no more than so many standard errors of their difference (after the
        one-standard-error rule of Breiman et al. 1984, but paired; with 0 it is the best itself).
        `results` are in the order of the ladder, simple first. The baseline is never chosen.
        """
        rivals = [result for result in results if result.name != BASELINE]
        pick = min if self.metric in LOWER_IS_BETTER else max
        best = pick(rivals, key=lambda result: result.mean(self.metric))
        chosen = next(result for result in rivals if self.is_near(result, best, standard_errors))
        account: dict[str, Any] = {
            "candidate": chosen.name,
            "metric": self.metric,
            "mean": chosen.mean(self.metric),
            "standard_errors": standard_errors,
            "best": {"candidate": best.name, "mean": best.mean(self.metric)},
        }
        simpler = results[results.index(chosen) - 1]
        return chosen, account | {"over": self.account(chosen, simpler)}

    def is_near(self, result: "Result", best: "Result", standard_errors: float) -> bool:
        gap = self.compare(best, result)
        return result is best or abs(gap.mean) <= standard_errors * gap.error

    def account(self, chosen: "Result", other: "Result") -> dict[str, Any]:
        """By how much the chosen one is above another, and whether by more than chance."""
        gap = self.compare(chosen, other)
        return {
            "candidate": other.name,
            "mean": other.mean(self.metric),
            "difference": gap.mean,
            "p_value": gap.p_value,
            "test": gap.test,
            "more_than_chance": gap.is_real,
        }


def say(account: dict[str, Any]) -> str:
    """The account of a choice in words."""
    best, over = account["best"], account["over"]
    chosen = f"{account['candidate']} ({account['metric']} {account['mean']:.4f})"
    why = "the best of the ladder"
    if best["candidate"] != account["candidate"]:
        near = f"{account['standard_errors']:g} standard errors"
        why = f"the simplest within {near} of the best, {best['candidate']} ({best['mean']:.4f})"
    chance = "more than chance" if over["more_than_chance"] else "which may be chance"
    return (
        f"Chosen: {chosen}, {why}. It differs from the next simpler, {over['candidate']}, by "
        f"{over['difference']:+.4f}: {chance} ({over['test']}, p = {over['p_value']:.2g})."
    )
