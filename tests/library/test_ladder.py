"""Candidates are found by name among the functions of a module, and mistakes are named."""

from types import ModuleType

import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.ladder import find_candidates, fitting


def mean(X, seed):
    return ("mean", X, seed)


def ridge(X, seed, *, alpha):
    if alpha < 0:
        raise ValueError("alpha must be 0 or more")
    return ("ridge", X, seed, alpha)


def helper(value):
    return value


MODELS = ModuleType("project.models")
MODELS.mean, MODELS.ridge, MODELS.helper = mean, ridge, helper


def test_candidates_are_built_in_the_order_of_the_parameters():
    found = find_candidates(MODELS, {"ridge": {"alpha": 1}, "mean": {}}, "mean", 7)
    assert [build([0]) for build in found.values()] == [("ridge", [0], 7, 1), ("mean", [0], 7)]


@pytest.mark.parametrize(
    ("candidates", "message"),
    [
        ({"mean": {}, "lasso": {}}, "models.py has no function 'lasso'; it has mean, ridge."),
        ({"ridge": {"alpha": 1}}, "must hold the baseline 'mean'"),
        ({"mean": {}}, "and at least one other"),
    ],
)
def test_a_candidate_that_is_not_there_is_named(candidates, message):
    with pytest.raises(UserError, match=message):
        find_candidates(MODELS, candidates, "mean", 0)


@pytest.mark.parametrize("parameters", [{"alpha": -1}, {"beta": 1}, {}])
def test_a_parameter_that_it_cannot_take_is_named(parameters):
    found = find_candidates(MODELS, {"mean": {}, "ridge": parameters}, "mean", 0)
    with pytest.raises(UserError, match="^params.yaml: train.candidates.ridge: "):
        with fitting("ridge"):
            found["ridge"]([0])


def test_a_fault_of_the_code_is_not_taken_for_a_parameter():
    with pytest.raises(TypeError, match="not callable"), fitting("ridge"):
        None()
