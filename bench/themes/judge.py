"""Agreement of themes with people's labels, and bootstrap intervals of differences.

Texts that were not placed count as one theme of their own, on both sides. AMI, NMI (arithmetic mean)
and ARI are scikit-learn's. Resamples are the same for every clustering, so differences are paired.
"""

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score as ami
from sklearn.metrics import adjusted_rand_score as ari
from sklearn.metrics import normalized_mutual_info_score as nmi

MEASURES = {"AMI": ami, "ARI": ari, "NMI": nmi}


def codes(labels) -> np.ndarray:
    return np.unique(np.asarray(labels), return_inverse=True)[1]


def score(measure: str, truth, themes) -> float:
    return float(MEASURES[measure](truth, themes))


def resampled(measure: str, truth, themes, resamples: int, seed: int = 20261121) -> np.ndarray:
    """The measure on `resamples` samples of the texts with replacement."""
    random, n = np.random.default_rng(seed), len(truth)
    picks = (random.integers(0, n, n) for _ in range(resamples))
    return np.array([score(measure, truth[p], themes[p]) for p in picks])


def difference(ours: tuple[float, np.ndarray], peers: tuple[float, np.ndarray]) -> dict:
    """Ours minus the peer's, each given as (figure, its resamples): percentile and basic 95% intervals."""
    value, spread = ours[0] - peers[0], ours[1] - peers[1]
    low, high = np.quantile(spread, [0.025, 0.975])
    return {"value": value, "low": low, "high": high, "basic_low": 2 * value - high, "basic_high": 2 * value - low}
