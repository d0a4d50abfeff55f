import numpy as np
import pytest
from scipy.special import softmax

from insight.estimators.calibration import expected_calibration_error, fit_temperature


def test_the_temperature_undoes_overconfidence():
    rng = np.random.default_rng(0)
    honest = rng.normal(size=(4000, 3))
    truth = np.array([rng.choice(3, p=p) for p in softmax(honest, axis=1)])
    assert fit_temperature(honest * 3, truth) == pytest.approx(3, rel=0.15)


def test_a_calibrated_model_has_no_error_and_a_boastful_one_has():
    right = np.array([True] * 8 + [False] * 2)
    assert expected_calibration_error(np.full(10, 0.8), right) == pytest.approx(0)
    assert expected_calibration_error(np.full(10, 0.99), right) == pytest.approx(0.19)
