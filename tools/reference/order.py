"""Reference values for crates/stats `votes`: choix's Bradley-Terry and Plackett-Luce.

Run:  python3 -m venv choix-venv && choix-venv/bin/pip install choix==0.4.1
      choix-venv/bin/python tools/reference/order.py crates/stats/tests/data/order.json

`opt_pairwise` and `opt_rankings` stop at about 1e-7; both are polished by plain Newton steps on
choix's own gradient and Hessian.
"""

import importlib.metadata
import json
import random
import sys

import choix
import numpy as np
from choix import opt


def polished(functions, theta):
    for _ in range(30):
        step = np.linalg.lstsq(functions.hessian(theta), functions.gradient(theta), rcond=None)[0]
        theta = theta - step
    return (theta - theta.mean()).tolist()


def strengths(items, spread, rng):
    return [rng.gauss(0, spread) for _ in range(items)]


def pairs(name, items, votes, alpha=0.0):
    theta = choix.opt_pairwise(items, votes, alpha=alpha, method="Newton-CG", tol=1e-10)
    theta = polished(opt.PairwiseFcts(votes, alpha), theta)
    return {"name": name, "items": items, "votes": votes, "alpha": alpha, "log_odds": theta}


def drawn_pairs(items, count, spread, seed):
    rng = random.Random(seed)
    strength = strengths(items, spread, rng)
    votes = []
    for _ in range(count):
        a, b = rng.sample(range(items), 2)
        first = rng.random() < 1 / (1 + np.exp(strength[b] - strength[a]))
        votes.append([a, b] if first else [b, a])
    return votes


def rankings(name, items, ranked, alpha=0.0):
    theta = choix.opt_rankings(items, ranked, alpha=alpha, method="Newton-CG", tol=1e-10)
    theta = polished(opt.Top1Fcts.from_rankings(ranked, alpha), theta)
    return {"name": name, "items": items, "rankings": ranked, "alpha": alpha, "log_odds": theta}


def drawn_rankings(items, count, shown, spread, seed):
    rng = random.Random(seed)
    strength = strengths(items, spread, rng)
    out = []
    for _ in range(count):
        left = rng.sample(range(items), shown)
        ranked = []
        while left:
            chosen = rng.choices(left, [np.exp(strength[i]) for i in left])[0]
            left.remove(chosen)
            ranked.append(chosen)
        out.append(ranked)
    return out


path = [[i, i + 1] for i in range(29)] * 2 + [[i + 1, i] for i in range(29)]
document = {
    "source": {
        "what": "Bradley-Terry and Plackett-Luce strengths, mean 0",
        "by": "choix " + importlib.metadata.version("choix"),
        "script": "tools/reference/order.py",
    },
    "pairs": [
        pairs("ten items, 300 votes", 10, drawn_pairs(10, 300, 1.0, 1)),
        pairs("forty items, 1,500 votes", 40, drawn_pairs(40, 1500, 1.0, 2)),
        pairs("wide strengths", 8, drawn_pairs(8, 600, 2.0, 3)),
        pairs("a path: each item met its neighbours only", 30, path),
        pairs("a circle of three", 3, [[0, 1], [1, 2], [2, 0]]),
        pairs("shrunken, few votes", 20, drawn_pairs(20, 40, 1.0, 4), alpha=0.5),
        pairs("shrunken, one wins all", 4, [[0, 1], [0, 2], [0, 3], [1, 2], [2, 3]], alpha=0.2),
    ],
    "rankings": [
        rankings("six items, 80 full rankings", 6, drawn_rankings(6, 80, 6, 1.0, 5)),
        rankings("fifteen items, 200 rankings of four", 15, drawn_rankings(15, 200, 4, 1.0, 6)),
        rankings("lists of two to seven", 9,
                 drawn_rankings(9, 60, 2, 0.7, 7) + drawn_rankings(9, 60, 7, 0.7, 8)),
        rankings("a circle of three", 3, [[0, 1, 2], [1, 2, 0], [2, 0, 1]]),
        rankings("shrunken, few rankings", 12, drawn_rankings(12, 6, 4, 1.0, 9), alpha=0.5),
    ],
}
for case in document["pairs"] + document["rankings"]:
    assert np.all(np.isfinite(case["log_odds"])), case["name"]
with open(sys.argv[1], "w") as out:
    json.dump(document, out)
