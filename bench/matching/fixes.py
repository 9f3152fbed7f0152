"""Learns the rules by which answers become fixes: `insight::fellows` (which parts are joined,
and which fix an answer goes to). Called by `learn.py fixes`.

The answers of each company that were taken for fixes are put into pieces (average linkage over vectors and
words, a fifth as many as answers). Pieces are joined as the program joins them, and at several stages of that
every two groups are compared: pairs of large groups must be learnt from, too, not of pieces alone. The rule
learnt then joins anew, three times.
"""

from collections import Counter, defaultdict

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.optimize import minimize
from scipy.spatial.distance import squareform

from common import bridge, likelihood, near, rows, unit, without_common

WORDS_BLEND = 0.3
FIRMNESS = 8.0
MOST = 25.0
# How likely another answer of the same person is about the same, learnt beforehand (.61 of 709 pairs).
SAME_AGAIN = 0.6
# Similarity within a group that is expected before seeing it, and how firmly: vectors, words.
WITHIN = (0.35, 0.06)
WITHIN_FIRMNESS = 6.0
# Mean size up to which evidence weighs otherwise in larger groups.
LARGE = 25.0
# How sharply an answer speaks of the problem it is nearest to.
SHARPNESS = 8.0
# Comments of a problem that are read for its topics.
READ = 200
STAGES = (1, 0.8, 0.6, 0.5, 0.4, 0.35, 0.3, 0.25, 0.2)
NAMES = (
    "vectors words roles people vectors' words' size vectors*size vectors'*size words'*size roles*size "
    "problems problems*size"
).split()


def word_rows(ids):
    """Unit TF-IDF rows over wordpieces, as `text::represent` makes them."""
    frequency = Counter(piece for row in ids for piece in set(row))
    number = {piece: at for at, piece in enumerate(frequency)}
    out = np.zeros((len(ids), len(number)), dtype=np.float32)
    for row, pieces in zip(out, ids):
        for piece, times in Counter(pieces).items():
            row[number[piece]] = np.log1p(len(ids) / frequency[piece]) * (1 + np.log(times))
    return unit(out)


def problems(folder, nearness, topics):
    """Centres of the problems of a brief and their leanings to topics, what all have in common taken out."""
    said = {row["id"]: row["comment"] for row in rows(folder / "data/signals.csv")}
    of = defaultdict(list)
    for row in rows(folder / "signals.assigned.csv"):
        if row["pain"]:
            of[row["pain"]].append(said[row["id"]])
    centres = without_common(unit(np.array([nearness.shipped(of[pain]).mean(0) for pain in sorted(of)])))
    read = {pain: texts[:: -(-len(texts) // READ)] for pain, texts in of.items()}
    texts = [text for pain in sorted(of) for text in read[pain]]
    told = topics.leanings(nearness, texts, nearness.shipped(texts))
    parts = np.split(told, np.cumsum([len(read[pain]) for pain in sorted(of)])[:-1])
    return centres, without_common(np.array([part.mean(0) for part in parts]))


class Company:
    """Answers taken for fixes, with what the program knows of them and what they truly mean."""

    def __init__(self, folder, nearness, topics, known):
        said = {row["id"]: row for row in rows(folder / "data/voice.csv")}
        truth = {row["id"]: row["kind"] + " " + row["key"] for row in rows(folder / "data/truth.voice.csv")}
        fixes = [row["id"] for row in rows(folder / "voice.assigned.csv") if row["lever"]]
        written = [row for row in said.values() if row["question"] != "commitment" and row["text"]]
        number = {role: at for at, role in enumerate(sorted({row["role"] for row in written}))}
        base = np.bincount([number[row["role"]] for row in written], minlength=len(number)).astype(float)
        self.base = FIRMNESS * base / base.sum()
        texts = [said[id]["text"] for id in fixes]
        self.ids, self.texts, self.count = fixes, texts, len(texts)
        vectors = nearness.shipped(texts)
        self.vectors = unit(vectors - vectors.mean(0) * len(texts) / (len(texts) + 20)).astype(np.float32)
        word = nearness.is_word
        self.words = word_rows([[i for i in nearness.ids(text).tolist() if word(i)] for text in texts])
        self.role = np.array([number[said[id]["role"]] for id in fixes])
        self.means = np.array([truth[id] for id in fixes])
        self.person = np.array([said[id]["respondent"] for id in fixes])
        self.leaning = without_common(topics.leanings(nearness, texts, vectors)).astype(np.float32)
        found = near(self.vectors, self.leaning, *problems(folder, nearness, topics), known)
        self.near = found - found.mean(0)
        by_person = defaultdict(list)
        for at, person in enumerate(self.person):
            by_person[person].append(at)
        # Pairs of answers of one person; each answer has a weight of 1 in all.
        self.links = [
            (one, other, 1 / (len(its) - 1))
            for its in by_person.values()
            for at, one in enumerate(its)
            for other in its[:at]
        ]

    def pieces(self):
        apart = 1 + WORDS_BLEND - self.vectors @ self.vectors.T - WORDS_BLEND * (self.words @ self.words.T)
        apart = np.maximum((apart + apart.T) / 2, 0)
        np.fill_diagonal(apart, 0)
        tree = linkage(squareform(apart, checks=False), "average")
        labels = fcluster(tree, max(8, self.count // 5), "maxclust")
        return np.unique(labels, return_inverse=True)[1]

    def people(self, chosen):
        return len(set(self.person[chosen]))


class Groups:
    """Groups of answers that can be compared and joined."""

    def __init__(self, company, labels):
        self.company = company
        count = labels.max() + 1
        member = np.zeros((count, company.count), dtype=np.float32)
        member[labels, np.arange(company.count)] = 1
        self.member, self.size = member, member.sum(1)
        self.vectors, self.words, self.near = member @ company.vectors, member @ company.words, member @ company.near
        self.roles = np.zeros((count, len(company.base)))
        np.add.at(self.roles, (labels, company.role), 1)
        self.links = np.zeros((count, count))
        for one, other, weight in company.links:
            self.links[labels[one], labels[other]] += weight / 2
            self.links[labels[other], labels[one]] += weight / 2
        self.alive = np.ones(count, bool)

    def within(self, sums, size, expected):
        pairs = (sums**2).sum(-1) - size
        return np.maximum((pairs + WITHIN_FIRMNESS * expected) / (size * (size - 1) + WITHIN_FIRMNESS), expected / 20)

    def speaks(self, which):
        """Shares of the problems that groups speak of."""
        near = self.near[which] / self.size[which][..., None]
        shares = np.exp(SHARPNESS * (near - near.max(-1, keepdims=True)))
        return shares / shares.sum(-1, keepdims=True)

    def features(self, a, others):
        """Features of one group with others, in the order of `NAMES`, and the links between them."""
        size, sizes, all_ = self.size[a], self.size[others], self.company.count
        both = np.log(np.minimum(2 * size * sizes / (size + sizes), LARGE))
        columns = []
        for sums, expected in ((self.vectors, WITHIN[0]), (self.words, WITHIN[1])):
            product = sums[others] @ sums[a]
            length = np.linalg.norm(sums[others], axis=1) * np.linalg.norm(sums[a])
            usual = self.within(sums[a], size, expected) * self.within(sums[others], sizes, expected)
            columns.append((product / np.maximum(length, 1e-9), product / (size * sizes) / np.sqrt(usual)))
        counted = lambda roles: roles * np.minimum(1, MOST / np.maximum(roles.sum(-1, keepdims=True), 1e-9))
        one, other, base = counted(self.roles[a]), counted(self.roles[others]), self.company.base
        roles = likelihood(one + other, base) - likelihood(one, base) - likelihood(other, base)
        own = lambda n: np.log(SAME_AGAIN / n + (1 - SAME_AGAIN) / all_)
        elsewhere = np.log((1 - SAME_AGAIN) / all_)
        # Each pair stands half in [a, b] and half in [b, a]; one within a group stands in [a, a] whole.
        between = self.links[a, others] * 2
        people = (
            between * (own(size + sizes) - elsewhere)
            + self.links[a, a] * (own(size + sizes) - own(size))
            + self.links[others, others] * (own(size + sizes) - own(sizes))
        )
        (cosine, ratio), (words, words_ratio) = columns
        found = [cosine, words, roles, people, ratio, words_ratio, both]
        found += [cosine * both, ratio * both, words_ratio * both, roles * both]
        # Bhattacharyya's coefficient.
        same = np.log(np.sqrt(self.speaks(np.array([a])) * self.speaks(others)).sum(-1))
        found += [same, same * both]
        return np.column_stack(found), between

    def join(self, a, b):
        for array in (self.vectors, self.words, self.near, self.roles, self.size, self.member):
            array[a] += array[b]
        self.links[a] += self.links[b]
        self.links[:, a] += self.links[:, b]
        self.links[b] = 0
        self.links[:, b] = 0
        self.alive[b] = False

    def meanings(self):
        return {
            g: Counter(self.company.means[self.member[g] > 0]).most_common(1)[0][0] for g in np.where(self.alive)[0]
        }

    def pairs(self):
        """Features of all pairs about one subject, and whether they mostly mean the same."""
        means, living = self.meanings(), np.where(self.alive)[0]
        for at, a in enumerate(living[1:], 1):
            found, between = self.features(a, living[:at])
            near = (found[:, 0] >= 0.15) | (between >= 2)
            yield found[near], np.array([means[a] == means[b] for b in living[:at]])[near]

    def labels(self):
        return self.member[self.alive].argmax(0)


# A pair under this cosine of vectors isn't about the same, unless two people at least name both.
SAME_SUBJECT = 0.3


def join_all(company, labels, weights, from_odds=-np.inf, floor=8, stages=()):
    """Joins the likeliest pair first; returns the groups, and pairs met at the stages."""
    groups, stages, met = Groups(company, labels), list(stages), []
    count = len(groups.size)
    odds = np.full((count, count), -np.inf)

    def compare(a):
        others = np.where(groups.alive)[0]
        others = others[others != a]
        found, between = groups.features(a, others)
        value = weights[0] + found @ weights[1:]
        value[(found[:, 0] < SAME_SUBJECT) & (between < 2)] = -np.inf  # The program counts people here.
        odds[a, others] = value
        odds[others, a] = value

    for a in range(count):
        compare(a)
    while groups.alive.sum() > floor:
        if stages and groups.alive.sum() <= stages[0] * count:
            met.extend(groups.pairs())
            stages.pop(0)
        a, b = np.unravel_index(odds.argmax(), odds.shape)
        if not np.isfinite(odds[a, b]) or odds[a, b] < from_odds:
            break
        groups.join(min(a, b), max(a, b))
        odds[max(a, b)] = odds[:, max(a, b)] = -np.inf
        compare(min(a, b))
    return groups, met


def logistic(x, y, prior=0.05):
    def loss(w):
        z = w[0] + x @ w[1:]
        p = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
        value = (np.logaddexp(0, z) - y * z).sum() + prior * (w[1:] ** 2).sum()
        slope = p - y
        return value, np.r_[slope.sum(), x.T @ slope + 2 * prior * w[1:]]

    return minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 5000}).x


def learn_joining(companies):
    pieces = [company.pieces() for company in companies]
    met = [pair for company, labels in zip(companies, pieces) for pair in Groups(company, labels).pairs()]
    weights = logistic(np.vstack([x for x, _ in met]), np.concatenate([y for _, y in met]).astype(float))
    met = []
    for _ in range(3):
        for company, labels in zip(companies, pieces):
            met += join_all(company, labels, weights, stages=STAGES)[1]
        weights = logistic(np.vstack([x for x, _ in met]), np.concatenate([y for _, y in met]).astype(float))
    return weights


def belonging(company, labels, groups):
    """Features of each answer with each group, the answer itself left out of it."""
    member = np.array([labels == g for g in groups]).astype(float)
    own, size = member.T, member.sum(1)[None] - member.T

    def cosine(of):
        sums = member @ of
        product = of @ sums.T
        length = np.sqrt(np.maximum((sums**2).sum(1)[None] - 2 * own * product + own, 1e-9))
        return np.where(size > 0, (product - own) / length, 0)

    roles = np.array([np.bincount(company.role[labels == g], minlength=len(company.base)) for g in groups])
    base = company.base[company.role][:, None]
    role = np.log((roles[:, company.role].T - own + base) / (size + FIRMNESS)) - np.log(base / FIRMNESS)
    again = np.zeros_like(own)
    place = {g: at for at, g in enumerate(groups)}
    for one, other, weight in company.links:
        for it, by in ((one, other), (other, one)):
            if labels[by] in place:
                again[it, place[labels[by]]] += weight
    alike = [cosine(of) for of in (company.vectors, company.words, company.leaning)]
    return np.stack([*alike, role, again, np.log(np.maximum(size, 0.5))], 2)


def learn_belonging(companies):
    choices = []
    for company in companies:
        keys = sorted(k for k, n in Counter(company.means).items() if k.startswith("lever") and n >= 3)
        number = {key: at for at, key in enumerate(keys)}
        labels = np.array([number.get(key, -1) for key in company.means])
        known = labels >= 0
        choices.append((belonging(company, labels, range(len(keys)))[known], labels[known]))

    def loss(w):
        total = 0
        for found, right in choices:
            z = found @ w
            total += (np.logaddexp.reduce(z, 1) - z[np.arange(len(right)), right]).sum()
        return total

    return minimize(loss, np.array([5, 5, 1, 1, 1, 0.5]), method="L-BFGS-B").x


def learn(folders, nearness, topics):
    known = bridge()
    companies = [Company(folder, nearness, topics, known) for folder in folders]
    np.set_printoptions(suppress=True)
    weights = learn_joining(companies)
    print(f"{len(companies)} companies; joined by, constant first:")
    print(", ".join(f"{name} {value:.2f}" for name, value in zip(["constant", *NAMES], weights)))
    belong = learn_belonging(companies)
    print("an answer belongs by vectors, words, topics, role, the same person, size:", belong.round(2))
    return companies, weights, belong
