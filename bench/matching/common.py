"""What both rules are learnt with: rows of a file, unit rows, how likely counts are."""

import csv

import numpy as np
from scipy.special import gammaln


def rows(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)


def without_common(x):
    return unit(x - x.mean(0))


def likelihood(counts, base):
    """Dirichlet-multinomial, without the coefficient; 0 for no counts."""
    sums = gammaln(base.sum(-1)) - gammaln(base.sum(-1) + counts.sum(-1))
    return sums + (gammaln(base + counts) - gammaln(base)).sum(-1)
