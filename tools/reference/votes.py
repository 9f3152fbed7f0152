"""Reference values for crates/stats `votes`: choix's penalised Bradley-Terry.

Run:  python3 -m venv choix-venv && choix-venv/bin/pip install choix==0.4.1
      choix-venv/bin/python tools/reference/votes.py crates/stats/tests/data/votes.json
"""

import json
import random
import sys

import choix
import numpy as np

RIDGE = 0.1  # as `RIDGE` in crates/stats/src/votes/ridge.rs


def case(name, items, votes):
    theta = choix.opt_pairwise(items, votes, alpha=RIDGE, method="Newton-CG", tol=1e-14)
    # Polished by plain Newton steps: the optimiser stops at about 1e-7.
    functions = choix.opt.PairwiseFcts(votes, RIDGE)
    for _ in range(20):
        theta = theta - np.linalg.solve(functions.hessian(theta), functions.gradient(theta))
    inverse = np.linalg.inv(functions.hessian(theta))
    return {
        "name": name,
        "items": items,
        "votes": votes,
        "log_odds": theta.tolist(),
        "se": np.sqrt(np.diag(inverse)).tolist(),
    }


def drawn(items, count, seed):
    rng = random.Random(seed)
    strength = [rng.gauss(0, 1) for _ in range(items)]
    votes = []
    for _ in range(count):
        a, b = rng.sample(range(items), 2)
        wins = rng.random() < 1 / (1 + np.exp(strength[b] - strength[a]))
        votes.append([a, b] if wins else [b, a])
    return votes


cases = [
    case("ten items, 200 votes", 10, drawn(10, 200, 1)),
    case("thirty items, 90 votes", 30, drawn(30, 90, 2)),
    case("one wins all, one loses all", 4, [[0, 1], [0, 2], [0, 3], [1, 3], [2, 3], [1, 2], [2, 1]]),
    case("two sets that never meet", 6, [[0, 1], [1, 2], [2, 0], [0, 1], [3, 4], [4, 5], [3, 5], [5, 3]]),
]
source = {
    "what": "penalised Bradley-Terry strengths and their standard errors",
    "by": f"choix {__import__('importlib.metadata').metadata.version('choix')}",
    "script": "tools/reference/votes.py",
}
with open(sys.argv[1], "w") as out:
    json.dump({"source": source, "ridge": RIDGE, "cases": cases}, out)
