"""Reference values for crates/stats `effect::departure` and `effect::synthetic`: honestdid (a port
of R's HonestDiD, with torch) and diff-diff (fixed-length intervals; synthetic DiD as R's synthdid).

Run:  python3 -m venv venv && venv/bin/pip install torch cvxpy==1.6.0 ecos numpy==1.26.4 scipy==1.13.1 pandas==2.2.3 diff-diff==3.13.0
      venv/bin/pip install --no-deps honestdid==0.1.1
      venv/bin/python tools/reference/effect_departure.py crates/stats/tests/data/effect_departure.json

Takes some minutes: honestdid solves each linear programme from scratch.
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd
from diff_diff import SyntheticDiD
from diff_diff.honest_did import _compute_optimal_flci
from honestdid import computeConditionalCS_DeltaRM, find_optimal_flci

warnings.filterwarnings("ignore")


def study(seed, before, after, drift):
    rng = np.random.default_rng(seed)
    size = before + after
    root = rng.normal(size=(size, size)) * 0.1 + 0.25 * np.eye(size)
    sigma = (root @ root.T + 0.02) / 6
    mean = np.r_[drift * np.arange(-before, 0), 0.8 + 0.1 * np.arange(after)]
    beta = np.round(mean + 0.5 * rng.multivariate_normal(np.zeros(size), sigma), 4)
    sigma = np.round(sigma, 6)
    return beta, sigma


cases = []
for name, seed, before, after, drift, relative in [
    ("one after", 1, 3, 1, 0.02, [0.5, 1.0, 2.0]),
    ("two after", 2, 3, 2, -0.03, [0.0, 0.5, 1.0]),
    ("three after", 3, 4, 3, 0.0, [0.5, 1.0]),
    ("many before", 4, 7, 4, 0.01, []),
]:
    beta, sigma = study(seed, before, after, drift)
    l = np.ones(after) / after
    se = float(np.sqrt(l @ sigma[before:, before:] @ l))
    out = {"name": name, "before": beta[:before].tolist(), "after": beta[before:].tolist(),
           "covariance": sigma.reshape(-1).tolist(), "se": se, "smooth": [], "relative": []}
    for m in [0.0, 0.01, 0.05, 0.2]:
        low, high = _compute_optimal_flci(beta[:before], beta[before:], sigma, l, before, after, m, 0.05)
        other = find_optimal_flci(beta, sigma, M=m, numPrePeriods=before, numPostPeriods=after,
                                  l_vec=l.reshape(-1, 1), alpha=0.05)
        ends = np.asarray(other["FLCI"], dtype=float).reshape(-1)
        out["smooth"].append({"most": m, "diff_diff": [float(low), float(high)],
                              "honestdid": ends.tolist()})
    middle = float(l @ beta[before:])
    for m in relative:
        grid = computeConditionalCS_DeltaRM(
            beta, sigma, before, after, l_vec=l.reshape(-1, 1), Mbar=m, alpha=0.05,
            hybrid_flag="LF", gridPoints=600, grid_lb=middle - (6 + 12 * m) * se,
            grid_ub=middle + (6 + 12 * m) * se)
        kept = grid["grid"][grid["accept"] > 0]
        out["relative"].append({"most": m, "ends": [float(kept.min()), float(kept.max())],
                                "step": float(grid["grid"][1] - grid["grid"][0])})
        print(name, m, out["relative"][-1], file=sys.stderr)
    cases.append(out)

synthetic = []
for name, seed, units, periods, treated, start, effect in [
    ("one treated", 11, 30, 16, 1, 11, 1.0),
    ("one treated, short", 12, 22, 8, 1, 6, 0.0),
    ("three treated", 13, 40, 14, 3, 10, 2.0),
]:
    rng = np.random.default_rng(seed)
    factor = np.cumsum(rng.normal(size=periods) * 0.5)
    load, level = rng.normal(size=units), 3 * rng.normal(size=units)
    rows = []
    for i in range(units):
        for t in range(1, periods + 1):
            y = level[i] + 0.2 * t + load[i] * factor[t - 1] + 0.4 * rng.normal()
            y += effect if i < treated and t >= start else 0
            rows.append((i, t, round(y, 4), int(i < treated)))
    frame = pd.DataFrame(rows, columns=["id", "t", "y", "d"])
    fit = SyntheticDiD(seed=1, n_bootstrap=2000).fit(
        frame, outcome="y", treatment="d", unit="id", time="t",
        post_periods=list(range(start, periods + 1)))
    synthetic.append({
        "name": name, "start": start, "treated": treated, "id": frame["id"].tolist(),
        "t": frame["t"].tolist(), "y": frame["y"].tolist(), "att": float(fit.att),
        "se": float(fit.se),
        "units": {str(k): float(v) for k, v in fit.unit_weights.items()},
        "periods": {str(k): float(v) for k, v in fit.time_weights.items()},
    })

with open(sys.argv[1], "w") as f:
    json.dump({"cases": cases, "synthetic": synthetic}, f, separators=(",", ":"))
