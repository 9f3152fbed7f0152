"""Learns the rule by which themes become problems: `insight::profiles`. Called by `learn.py problems`.

The comments of each company are put into about a hundred pieces (k-means of their vectors), finer than
problems are, as the program's themes are before they are joined; a comment names the pieces its clauses are
nearest to. Every two pieces are compared, and again where pieces were joined, as in `fixes.py`.
"""

import re
from collections import Counter, defaultdict

import numpy as np
from scipy.cluster.vq import kmeans2

from common import likelihood, rows, unit

PIECES = 100
NAMED = 0.5
STEPS, UNITS, MONTHS = (8, 60), (180, 400), (150, 300)
NAMES = "vectors words topics steps units months together".split()


def numbered(values):
    names = {name: at for at, name in enumerate(sorted(set(values)))}
    return np.array([names[value] for value in values]), len(names)


class Company:
    """Pieces of customers' comments that were given a problem."""

    def __init__(self, folder, nearness, topics):
        truth = {row["id"]: row["pains"] for row in rows(folder / "data/truth.signals.csv")}
        given = {row["id"] for row in rows(folder / "signals.assigned.csv") if row["pain"]}
        said = [row for row in rows(folder / "data/signals.csv") if row["id"] in given]
        alias = {}
        for row in rows(folder / "data/units.csv"):
            alias |= {name.strip(): row["unit"] for name in row["also_called"].split(";")}
        texts = [row["comment"] for row in said]
        vectors = nearness.shipped(texts).astype(np.float32)
        leanings = topics.leanings(nearness, texts, vectors)
        mean = vectors.mean(0)
        vectors = unit(vectors - mean)
        centres, label = kmeans2(vectors, PIECES, minit="++", rng=np.random.default_rng(7))
        centres = unit(centres)
        clauses = [[c for c in re.split(r"[.!?;\n]+|, ", text) if len(c.split()) > 2] for text in texts]
        flat = [clause for its in clauses for clause in its]
        near = unit(nearness.shipped(flat).astype(np.float32) - mean) @ centres.T
        best, how, at = near.argmax(1), near.max(1), 0
        named = []
        for its, main in zip(clauses, label):
            found = {int(main)}
            for _ in its:
                if how[at] > NAMED:
                    found.add(int(best[at]))
                at += 1
            named.append(found)
        units, self.unit_count = numbered([alias.get(row["unit"], row["unit"]) for row in said])
        steps, step_count = numbered([row["stage"] for row in said])
        months, month_count = numbered([row["at"][:7] for row in said])
        self.count = PIECES
        table = lambda of, width: np.bincount(label * width + of, minlength=PIECES * width).reshape(PIECES, width) * 1.0
        self.units, self.steps, self.months = table(units, self.unit_count), table(steps, step_count), table(months, month_count)
        by_step = np.zeros((self.unit_count, step_count))
        np.add.at(by_step, (units, steps), 1)
        self.shares = by_step / np.maximum(by_step.sum(0), 1)
        self.usual_steps = np.bincount(steps, minlength=step_count) / len(said)
        self.usual_months = np.bincount(months, minlength=month_count) / len(said)
        self.vectors = np.zeros((PIECES, vectors.shape[1]))
        np.add.at(self.vectors, label, vectors)
        self.topics = np.zeros((PIECES, leanings.shape[1]))
        np.add.at(self.topics, label, leanings - leanings.mean(0))
        pieces = [[i for i in nearness.ids(text).tolist() if nearness.is_word(i)] for text in texts]
        frequency = Counter(piece for row in pieces for piece in set(row))
        place = {piece: at for at, piece in enumerate(frequency)}
        self.words = np.zeros((PIECES, len(place)))
        for row, piece in zip(pieces, label):
            if row:
                counts = Counter(row)
                weight = [np.log1p(len(said) / frequency[p]) * (1 + np.log(n)) for p, n in counts.items()]
                self.words[piece, [place[p] for p in counts]] += unit(np.array(weight))
        self.together, self.several, self.all = np.zeros((PIECES, PIECES)), np.zeros(PIECES), 0
        for found in named:
            if len(found) > 1:
                self.all += 1
                for a in found:
                    self.several[a] += 1
                    for b in found - {a}:
                        self.together[a, b] += 1
        self.truth = [Counter() for _ in range(PIECES)]
        for row, piece in zip(said, label):
            self.truth[piece].update(truth[row["id"]].split(";"))
        self.alive = np.ones(PIECES, bool)

    def means(self, at):
        return self.truth[at].most_common(1)[0][0] if self.truth[at] else ""

    def features(self, a, others):
        cosine = lambda x: x[others] @ x[a] / np.maximum(np.linalg.norm(x[others], axis=1) * np.linalg.norm(x[a]), 1e-9)
        counted = lambda x, most: x * np.minimum(1, most / np.maximum(x.sum(-1, keepdims=True), 1e-9))

        def factor(counts, base, most):
            one, other = counted(counts[a], most), counted(counts[others], most)
            return likelihood(one + other, base) - likelihood(other, base) - likelihood(one[None], base)

        steps = self.steps[a] + self.steps[others]
        expected = UNITS[0] * np.maximum(steps @ self.shares.T / steps.sum(1, keepdims=True), 1e-4)
        chance = self.several[a] * self.several[others] / max(self.all, 1)
        both = np.sqrt(np.maximum(self.several[a] * self.several[others], 1))
        return np.column_stack(
            [
                cosine(self.vectors),
                cosine(self.words),
                cosine(self.topics),
                factor(self.steps, STEPS[0] * self.usual_steps[None], STEPS[1]),
                factor(self.units, expected, UNITS[1]),
                factor(self.months, MONTHS[0] * self.usual_months[None], MONTHS[1]),
                (self.together[a, others] - chance) / both,
            ]
        )

    def join(self, a, b):
        for table in (self.vectors, self.words, self.topics, self.units, self.steps, self.months, self.several):
            table[a] += table[b]
        self.together[a] += self.together[b]
        self.together[:, a] += self.together[:, b]
        self.truth[a] += self.truth[b]
        self.alive[b] = False

    def pairs(self):
        """Features of all pairs of which one means a problem, and whether both mean the same."""
        living = np.where(self.alive)[0]
        means = {at: self.means(at) for at in living}
        for at, a in enumerate(living[1:], 1):
            for b, found in zip(living[:at], self.features(a, living[:at])):
                if means[a] or means[b]:
                    yield found, means[a] == means[b]

    def join_all(self, weights, every):
        """Joins the likeliest pair until eight are left; pairs are met each time so many are left."""
        met = []
        odds = np.full((self.count, self.count), -np.inf)

        def compare(a):
            others = np.where(self.alive)[0]
            others = others[others != a]
            odds[a, others] = odds[others, a] = weights[0] + self.features(a, others) @ weights[1:]

        for a in np.where(self.alive)[0]:
            compare(a)
        while self.alive.sum() > 8:
            if self.alive.sum() % every == 0:
                met.extend(self.pairs())
            a, b = sorted(np.unravel_index(odds.argmax(), odds.shape))
            self.join(a, b)
            odds[b] = odds[:, b] = -np.inf
            compare(a)
        return met


def learn(folders, nearness, topics, logistic):
    met = defaultdict(list)
    for folder in folders:
        met[folder] = list(Company(folder, nearness, topics).pairs())
    fit = lambda pairs: logistic(np.vstack([x for x, _ in pairs]), np.array([y for _, y in pairs], dtype=float))
    all_met = [pair for pairs in met.values() for pair in pairs]
    weights = fit(all_met)
    for folder in folders:
        company = Company(folder, nearness, topics)
        company.alive &= company.steps.sum(1) > 0
        all_met += company.join_all(weights, every=15)
    weights = fit(all_met)
    np.set_printoptions(suppress=True)
    print(f"{len(folders)} companies, {len(all_met)} pairs; joined by, constant first:")
    print(", ".join(f"{name} {value:.2f}" for name, value in zip(["constant", *NAMES], weights)))
