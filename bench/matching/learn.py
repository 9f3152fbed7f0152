"""Learns the weights of the rules that tell fixes apart and match them with problems, on sample companies.

    cargo run --release -p throughline-engine --example against_truth -- 36 making 0 --keep DIR --dump PAIRS
    pip install --no-deps -r tools/vector-table/requirements.txt && pip install scikit-learn
    python3 bench/matching/learn.py problems DIR
    python3 bench/matching/learn.py fixes DIR
    python3 bench/matching/learn.py matches PAIRS [PAIRS]

`problems` prints the weights of `insight::profiles` (see `problems.py`; about fifteen minutes), `fixes` those of
`insight::fellows` (see `fixes.py` and `halves.py`), `matches` those of `insight::matches` from pairs' evidence; as shipped,
`problems` from eight companies of `making` and eight of `free-making`, `fixes` from fourteen of each (DIR then holds the
folders that both runs kept, under other names: `m1`, `u1`, …), and `matches` from 24 of `making` alone: from both banks
the score comes out flatter, true pairs of easy wordings count for less, and the chosen five hold less of their points.
Pairs below "weak" aren't written by the program:
learn with the gates of `matches::strength` taken out (`SAME_SUBJECT` -1, the last of `CUTS` 0), as the shipped ones were.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/wordings"))
EVIDENCE = ("meaning", "words", "place", "movement")
# What is known from other companies, beside the meaning of centres. Left free the sample's companies give it 4.7 times
# the weight, and gain nothing by it (average precision .919, with 1.5 .919); companies of other trades lose (.860,
# .788: `trades.py`).
KNOWN = 1.5
# The same of topics (`trades.py`: with their trades left out .894 at half the meaning's weight, .915 at as much, .921 at
# twice, .927 at four times, .925 at eight).
TOPICS = 4.0


def average_precision(score, yes):
    order = np.argsort(-score, kind="stable")
    hits = yes[order]
    return float((hits * np.cumsum(hits) / np.arange(1, len(hits) + 1)).sum() / max(hits.sum(), 1))


def learn_matches(paths):
    by_fix = defaultdict(list)
    for path in paths:
        with open(path, newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                number = {key: float(row[key] or 0) for key in ("centres", "bridge", "topics", *EVIDENCE[1:])}
                number["meaning"] = number["centres"] + KNOWN * number["bridge"] + TOPICS * number["topics"]
                evidence = [number[key] for key in EVIDENCE]
                by_fix[path, row["seed"], row["lever"]].append((evidence, float(row["true"]), row["known"] == "1"))
    fixes = {
        key: (np.array([e for e, _, _ in pairs]), np.array([t for _, t, _ in pairs]), np.array([k for _, _, k in pairs]))
        for key, pairs in by_fix.items()
    }
    many = len(EVIDENCE)

    def scores(w, x):
        z = w[0] + x @ w[2 : 2 + many]
        return w[-2] + w[-1] * (z - np.logaddexp(np.logaddexp.reduce(z), w[1]))

    def loss(w):
        total = 0.5 * (w[1] / 3) ** 2 + 0.5 * ((w[2 : 2 + many] / 6) ** 2).sum()
        for x, y, _ in fixes.values():
            score = scores(w, x)
            total += (np.logaddexp(0, score) - y * score).sum()
        return total

    w = minimize(loss, np.array([-4, -1, *[2] * many, 1.9, 1.8], dtype=float), method="L-BFGS-B").x
    by_seed = defaultdict(list)
    for (path, seed, _), (x, y, known) in fixes.items():
        by_seed[path, seed].append((scores(w, x)[known], y[known]))
    print(f"{sum(len(y) for _, y, _ in fixes.values())} pairs of {len(fixes)} fixes")
    print("constant,", *EVIDENCE, w[[0, *range(2, 2 + many)]].round(2))
    print("none of them:", w[1].round(2), " standing:", w[-2:].round(2))
    for path in paths:
        companies = (parts for (of, _), parts in by_seed.items() if of == path)
        precision = [average_precision(*map(np.concatenate, zip(*parts))) for parts in companies]
        print(f"average precision on {path}'s companies, the same: {np.mean(precision):.3f}")


if __name__ == "__main__":
    what, where = sys.argv[1], Path(sys.argv[2])
    if what == "matches":
        learn_matches(sys.argv[2:])
        sys.exit()
    import fixes
    import problems
    from hardness import Nearness

    folders = sorted(folder for folder in where.iterdir() if (folder / "brief.json").exists())
    # `read` imports `learn`, and means the one beside it.
    sys.path.insert(0, str(ROOT / "tools/topics"))
    from read import Topics

    if what == "problems":
        problems.learn(folders, Nearness(), Topics(), fixes.logistic)
    else:
        import halves

        halves.learn(*fixes.learn(folders, Nearness(), Topics()))
