"""The candidates of a model comparison: the functions of a module that params.yaml names."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from inspect import getmembers, isfunction, signature
from types import ModuleType
from typing import Any

from ml_portfolio.config.errors import UserError

WHERE = "params.yaml: train.candidates"
Build = Callable[[Any], Any]  # the inputs X → a model that is not fitted yet


def find_candidates(
    module: ModuleType, candidates: Mapping[str, Mapping[str, Any]], baseline: str, seed: int
) -> dict[str, Build]:
    """Return what builds each candidate, by name, in the order of `candidates`.

    A candidate is a function of the module: `name(X, seed, **parameters)`. Raises UserError where
    the module has no such function, or where the baseline or a candidate beside it is missing.
    """
    functions = {
        name: function
        for name, function in getmembers(module, isfunction)
        if list(signature(function).parameters)[:2] == ["X", "seed"]
    }
    builders: dict[str, Build] = {}
    for name, parameters in candidates.items():
        if name not in functions:
            file = f"{module.__name__.rpartition('.')[2]}.py"
            known = ", ".join(functions)
            raise UserError(f"{WHERE}: {file} has no function '{name}'; it has {known}.")
        with fitting(name):
            builders[name] = partial(functions[name], seed=seed, **parameters)
    if baseline not in candidates or len(candidates) < 2:
        raise UserError(f"{WHERE} must hold the baseline '{baseline}' and at least one other.")
    return builders


@contextmanager
def fitting(name: str) -> Iterator[None]:
    """Turn a parameter that a candidate cannot take into a UserError that names the candidate."""
    try:
        yield
    except (TypeError, ValueError) as error:  # scikit-learn names the parameter and its range
        if not isinstance(error, ValueError) and "argument" not in str(error):
            raise
        raise UserError(f"{WHERE}.{name}: {error}") from error
