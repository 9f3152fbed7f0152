"""Reference values for crates/stats `experiment::sequence::betting`: confseq's hedged capital.

Run (confseq is compiled against boost: apt-get install libboost-dev python3-dev):
    python3 -m venv confseq-venv && confseq-venv/bin/pip install scikit-build cmake ninja pybind11 \
        "setuptools<70" wheel "numpy<2" scipy matplotlib multiprocess
    confseq-venv/bin/pip install --no-build-isolation confseq==0.0.11
    confseq-venv/bin/python tools/reference/betting.py crates/stats/tests/data/betting.json
"""

import json
import sys

import numpy as np
from confseq.betting import betting_cs, betting_mart
from confseq.predmix import lambda_predmix_eb

ALPHA = 0.05
RISKED = 0.75


def case(x, horizon):
    def bets(x, m=None):
        # Two gamblers share the error, so each bets for alpha / 2.
        return lambda_predmix_eb(x, alpha=ALPHA / 2, fixed_n=horizon)

    def mart(m, theta):
        return float(np.log(betting_mart(
            x, m, lambdas_fn_positive=bets, lambdas_fn_negative=bets, theta=theta, trunc_scale=RISKED)[-1]))

    low, high = betting_cs(
        x, lambdas_fns_positive=[bets], lambdas_fns_negative=[bets], alpha=ALPHA,
        running_intersection=True, convex_comb=False, theta=0.5, trunc_scale=RISKED)
    m = [0.05, 0.2, 0.5, 0.71, 0.95]
    return {
        "x": x.tolist(), "horizon": horizon, "bets": bets(x).tolist(), "m": m,
        "above": [mart(m, 1) for m in m], "below": [mart(m, 0) for m in m],
        "low": low.tolist(), "high": high.tolist(),
    }


random = np.random.default_rng(20261122)
grid = lambda x: np.round(x * 1024) / 1024
cases = [
    case(grid(random.beta(2, 5, 300)), 300),
    case((random.random(250) < 0.04).astype(float), 250),
    case(grid(random.beta(30, 10, 200)), 200),
]
with open(sys.argv[1], "w") as out:
    json.dump({"cases": cases}, out)
