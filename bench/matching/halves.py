"""Learns the rule by which a fix is taken apart: `insight::fellows::halves`. Called by `learn.py fixes`.

Answers of each company are joined and drawn into fixes as the program does it. Every fix is halved in several ways
(by what is said, by each role, by each problem; answers then go to the half they belong to), and the rule is learnt
by which halves that mostly mean different things differ from those that mean the same.
"""

from collections import Counter

import numpy as np

import fixes
from common import unit

JOINED, SMALL_JOINED, SMALL, DRAWING, FLOOR, HELD = 1.0, -1.0, 15, 6, 8, 0.8
SMALL_SAME_SUBJECT = 0.15
WAYS, ROUNDS, TIMES = 5, 8, 2
NAMES = "words roles people vectors' words' problems margin answers fewer".split()
USED = (1, 2, 3, 4, 5, 11)


class Part:
    """Some answers of a company."""

    def __init__(self, company, its):
        place = {at: number for number, at in enumerate(its)}
        self.vectors, self.words, self.role = company.vectors[its], company.words[its], company.role[its]
        self.near, self.base, self.leaning = company.near[its], company.base, company.leaning[its]
        self.links = [(place[a], place[b], w) for a, b, w in company.links if a in place and b in place]


def join_small(company, groups, weights):
    """Groups of few people go to the likeliest other, the smallest first."""
    people = lambda g: company.people(groups.member[g] > 0)
    for one in sorted((g for g in np.where(groups.alive)[0] if people(g) < SMALL), key=people):
        if groups.alive.sum() <= FLOOR or people(one) >= SMALL:
            continue
        others = np.where(groups.alive)[0]
        others = others[others != one]
        found, between = groups.features(one, others)
        odds = weights[0] + found @ weights[1:]
        odds[(found[:, 0] < SMALL_SAME_SUBJECT) & (between < 2)] = -np.inf
        if odds.max() > SMALL_JOINED:
            groups.join(others[odds.argmax()], one)


def draw(company, labels, belong):
    """Each answer goes to the fix it belongs to, among those of enough people."""
    for _ in range(TIMES):
        drawing = [g for g in np.unique(labels) if company.people(labels == g) >= DRAWING]
        if len(drawing) < FLOOR or np.isin(labels, drawing).mean() < HELD:
            break
        labels = np.array(drawing)[(fixes.belonging(company, labels, drawing) @ belong).argmax(1)]
    return labels


def first_halves(part):
    """Ways to halve: by what is said, by each role, by each problem."""
    said = np.hstack([part.vectors, np.sqrt(fixes.WORDS_BLEND) * part.words])
    middle = (said @ unit(said.sum(0))).argmax()
    halves = (said @ said[(said @ said[middle]).argmin()] > said @ said[middle]).astype(int)
    yield halves
    nearest = part.near.argmax(1)
    for by in (part.role, nearest):
        for value, _ in sorted(Counter(by.tolist()).items(), key=lambda it: (-it[1], it[0]))[:WAYS]:
            yield (by == value).astype(int)


def ways(company, its, belong):
    """Halves of a fix, each with its features."""
    part, seen = Part(company, its), set()
    for halves in first_halves(part):
        for _ in range(ROUNDS):
            if len(set(halves)) < 2:
                break
            drawn = fixes.belonging(part, halves, (0, 1)) @ belong
            before, halves = halves, drawn.argmax(1)
            if (before == halves).all():
                break
        if len(set(halves)) < 2 or min(company.people(its[halves == half]) for half in (0, 1)) < DRAWING:
            continue
        halves = halves ^ halves[0]
        if halves.tobytes() in seen:
            continue
        seen.add(halves.tobytes())
        labels = np.full(company.count, 2)
        labels[its] = halves
        found, _ = fixes.Groups(company, labels).features(0, np.array([1]))
        drawn = fixes.belonging(part, halves, (0, 1)) @ belong
        margin = np.abs(drawn[:, 0] - drawn[:, 1]).mean()
        sizes = [len(its), np.bincount(halves).min()]
        yield halves, np.array([*found[0, USED], margin, *np.log(sizes)])


def learn(companies, weights, belong):
    features, differ = [], []
    for company in companies:
        groups, _ = fixes.join_all(company, company.pieces(), weights, from_odds=JOINED)
        join_small(company, groups, weights)
        labels = draw(company, groups.labels(), belong)
        for fix in np.unique(labels):
            its = np.where(labels == fix)[0]
            if company.people(its) < 2 * DRAWING:
                continue
            for halves, found in ways(company, its, belong):
                most = [Counter(company.means[its[halves == half]]).most_common(1)[0][0] for half in (0, 1)]
                features.append(found)
                differ.append(most[0] != most[1])
    differ = np.array(differ, dtype=float)
    found = fixes.logistic(np.array(features), differ, prior=0.5)
    print(f"{len(differ)} halved fixes, {differ.mean():.3f} of them rightly; taken apart by, constant first:")
    print(", ".join(f"{name} {value:.2f}" for name, value in zip(["constant", *NAMES], found)))
    return found
