"""Reference values for crates/insight `matches::expected::believed`: the same model, every subset written out and the
correlation integrated over by scipy's adaptive quadrature instead of a grid.

Run: python3 -m venv venv && venv/bin/pip install numpy scipy && venv/bin/python tools/reference/believed.py
"""

from itertools import product
from math import sqrt

import numpy as np
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm

SIZES = [0.09, 0.04, 0.01]
FIXES = 12


def chance(fix, problem):
    return 0.05 + 0.9 * ((7 * fix + 5 * problem) % 11) / 11


def opinion(fix):
    return 2 * (chance(fix, 0) - 0.5) + ((5 * fix) % 12 - 5.5) / 8


def variance(fix):
    return 0.05 + 0.01 * fix


def subsets(fix):
    for which in product([0, 1], repeat=len(SIZES)):
        p = np.prod([chance(fix, k) if w else 1 - chance(fix, k) for k, w in enumerate(which)])
        yield which, p, sqrt(sum(size for size, w in zip(SIZES, which) if w))


fixes = [list(subsets(fix)) for fix in range(FIXES)]
opinions = np.array([opinion(fix) for fix in range(FIXES)])
variances = np.array([variance(fix) for fix in range(FIXES)])
weights = 1 / variances
mean = (weights * opinions).sum() / weights.sum()
spread = ((weights * (opinions - mean) ** 2).sum() - (FIXES - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
root = np.mean([sum(p * x for _, p, x in fix) for fix in fixes])
root_sd = sqrt(np.mean([sum(p * x * x for _, p, x in fix) for fix in fixes]) - root**2)


def of_fix(fix, r):
    """Each subset with its chance and the density of the fix's opinion."""
    for which, p, x in fixes[fix]:
        expected = mean + r * sqrt(spread) * (x - root) / root_sd
        yield which, p * norm.pdf(opinions[fix], expected, sqrt((1 - r * r) * spread + variances[fix]))


def weight(r):
    return (1 - r) * np.prod([sum(d for _, d in of_fix(fix, r)) for fix in range(FIXES)])


def integral(f, low=0.0, high=1.0):
    return quad(f, low, high, epsabs=0, epsrel=1e-10, limit=400)[0]


whole = integral(weight)
print("agreement", integral(lambda r: r * weight(r)) / whole)
for share in (0.025, 0.975):
    print(share, brentq(lambda r: integral(weight, 0, r) / whole - share, 0, 1))


def after(fix, problem, r):
    densities = list(of_fix(fix, r))
    return sum(d for which, d in densities if which[problem]) / sum(d for _, d in densities)


for fix, problem in [(0, 0), (3, 0), (6, 1), (11, 2)]:
    value = integral(lambda r: weight(r) * after(fix, problem, r)) / whole
    print(fix, problem, "before", chance(fix, problem), "after", value)
