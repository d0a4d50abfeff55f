"""Make probabilities mean what they say."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

_LOWEST, _HIGHEST = 0.2, 5.0


def fit_temperature(decision: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """Divisor of decision values that maximises the likelihood of `truth` (Guo et al. 2017, section 4.2).

    Parameters
    ----------
    decision : ndarray of float64, shape (n, n_classes)
        Out-of-sample decision values.
    truth : ndarray of int64, shape (n,)
        Column of the true class.
    """
    rows = np.arange(len(truth))

    def loss(temperature: float) -> float:
        return float(-log_softmax(decision / temperature, axis=1)[rows, truth].mean())

    return float(minimize_scalar(loss, bounds=(_LOWEST, _HIGHEST), method="bounded").x)


def expected_calibration_error(
    confidence: NDArray[np.float64], is_right: NDArray[np.bool_], bins: int = 10
) -> float:
    """Mean distance between confidence and accuracy over equal-width bins, weighted by their size.

    Source: Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian
    binning".
    """
    rows = reliability(confidence, is_right, bins)
    n = sum(size for _, _, size in rows)
    return sum(abs(said - found) * size for said, found, size in rows) / max(n, 1)


def reliability(
    confidence: NDArray[np.float64], is_right: NDArray[np.bool_], bins: int = 10
) -> list[tuple[float, float, int]]:
    """Mean confidence, accuracy and size of each equal-width bin of confidence that holds anything."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = []
    for number in np.unique(place):
        inside = place == number
        rows.append((float(confidence[inside].mean()), float(is_right[inside].mean()), int(inside.sum())))
    return rows
