"""Learns the weights of the rules that join fixes and match them with problems, on sample companies.

    cargo run --release -p throughline-engine --example against_truth -- 12 making 0 --keep DIR --dump PAIRS
    pip install --no-deps -r tools/vector-table/requirements.txt
    python3 bench/matching/learn.py fixes DIR
    python3 bench/matching/learn.py matches PAIRS

`fixes` puts the answers of each company that were taken for fixes into pieces (average linkage over vectors
and words, a fifth as many as answers), compares every two pieces of a company, and prints the logistic
weights by which two mean the same: `insight::fellows::WEIGHTS`. `matches` prints `insight::matches`' weights
from pairs' evidence. Pairs below "weak" aren't written by the program: learn with the gates of
`matches::strength` taken out (`SAME_SUBJECT` -1, the last of `CUTS` 0), as the shipped ones were.

What was shipped: for fixes the weights of eight companies, rare words counted a little otherwise; twelve
give -4.64, 9.79, 10.2, 1.04 here. For matches those of twelve, found problems and fixes that mean nothing
included as rivals; without them, -2.53, 5.6, 2.02, .69 and a standing of 2.77, 1.98, which is nearly the
same rule: only weights times slope are fixed by the data.
"""

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.optimize import minimize
from scipy.spatial.distance import squareform
from scipy.special import gammaln

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/wordings"))

WORDS_BLEND = 0.3
FIRMNESS = 8.0
MOST = 25.0


def rows(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)


def words(ids):
    """Unit TF-IDF rows over wordpieces."""
    frequency = Counter(piece for row in ids for piece in set(row))
    number = {piece: at for at, piece in enumerate(frequency)}
    out = np.zeros((len(ids), len(number)))
    for row, pieces in zip(out, ids):
        for piece in set(pieces):
            row[number[piece]] = np.log(len(ids) / frequency[piece])
    return unit(out)


def likelihood(counts, base):
    """Dirichlet-multinomial, without the coefficient; 0 for no counts."""
    total = gammaln(base.sum()) - gammaln(base.sum() + counts.sum())
    return total + (gammaln(base + counts) - gammaln(base)).sum()


def counted(counts):
    return counts * min(1.0, MOST / max(counts.sum(), 1e-9))


def pieces(folder, nearness):
    """Features of every two pieces of a company, and whether they mostly mean the same."""
    said = {row["id"]: row for row in rows(folder / "data/voice.csv")}
    truth = {row["id"]: row["kind"] + " " + row["key"] for row in rows(folder / "data/truth.voice.csv")}
    fixes = [row["id"] for row in rows(folder / "voice.assigned.csv") if row["lever"]]
    written = [row for row in said.values() if row["question"] != "commitment" and row["text"]]
    number = {role: at for at, role in enumerate(sorted({row["role"] for row in written}))}
    base = np.bincount([number[row["role"]] for row in written], minlength=len(number)).astype(float)
    base *= FIRMNESS / base.sum()
    texts = [said[id]["text"] for id in fixes]
    vectors = nearness.shipped(texts)
    vectors = unit(vectors - vectors.mean(0))
    rare = words([nearness.ids(text).tolist() for text in texts])
    apart = np.maximum(1 + WORDS_BLEND - vectors @ vectors.T - WORDS_BLEND * (rare @ rare.T), 0)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform((apart + apart.T) / 2, checks=False), "average")
    labels = fcluster(tree, max(2, len(texts) // 5), "maxclust")
    groups = [np.where(labels == label)[0] for label in np.unique(labels)]
    means = [Counter(truth[fixes[at]] for at in group).most_common(1)[0][0] for group in groups]
    roles = [
        counted(np.bincount([number[said[fixes[at]]["role"]] for at in group], minlength=len(number)).astype(float))
        for group in groups
    ]
    centres = unit(np.array([vectors[group].sum(0) for group in groups]))
    rares = unit(np.array([rare[group].sum(0) for group in groups]))
    fit = [likelihood(counts, base) for counts in roles]
    for a in range(len(groups)):
        for b in range(a):
            factor = likelihood(roles[a] + roles[b], base) - fit[a] - fit[b]
            yield [centres[a] @ centres[b], rares[a] @ rares[b], factor], means[a] == means[b]


def logistic(x, y):
    def loss(w):
        z = w[0] + x @ w[1:]
        return (np.logaddexp(0, z) - y * z).sum() + 0.5 * (w[1:] ** 2).sum()

    return minimize(loss, np.zeros(x.shape[1] + 1), method="L-BFGS-B").x


def learn_fixes(folders):
    from hardness import Nearness

    nearness = Nearness()
    found = [pair for folder in folders for pair in pieces(folder, nearness)]
    x, y = np.array([f for f, _ in found]), np.array([same for _, same in found], dtype=float)
    print(f"{len(folders)} companies, {len(x)} pairs of pieces, {y.mean():.3f} mean the same")
    print("constant, vectors, words, roles:", logistic(x, y).round(2))


def learn_matches(path):
    by_fix = defaultdict(list)
    for row in rows(path):
        evidence = [float(row[key] or 0) for key in ("centres", "place", "movement")]
        by_fix[row["seed"], row["lever"]].append((evidence, float(row["true"])))
    fixes = [(np.array([e for e, _ in pairs]), np.array([t for _, t in pairs])) for pairs in by_fix.values()]

    def loss(w):
        total = 0.5 * (w[1] / 3) ** 2 + 0.5 * ((w[2:5] / 6) ** 2).sum()
        for x, y in fixes:
            z = w[0] + x @ w[2:5]
            standing = z - np.logaddexp(np.logaddexp.reduce(z), w[1])
            score = w[5] + w[6] * standing
            total += (np.logaddexp(0, score) - y * score).sum()
        return total

    w = minimize(loss, np.array([-4, -2, 2, 2, 2, 1.9, 1.8], dtype=float), method="L-BFGS-B").x
    print(f"{sum(len(y) for _, y in fixes)} pairs of {len(fixes)} fixes")
    print("constant, meaning, place, movement:", w[[0, 2, 3, 4]].round(2))
    print("none of them:", w[1].round(2), " standing:", w[5:].round(2))


if __name__ == "__main__":
    what, where = sys.argv[1], Path(sys.argv[2])
    if what == "fixes":
        learn_fixes(sorted(folder for folder in where.iterdir() if (folder / "brief.json").exists()))
    else:
        learn_matches(where)
