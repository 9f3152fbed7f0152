"""Learns the rule by which two fixes that were found are told to be one and the same (`insight::alike`).

    cargo run --release -p throughline-engine --example against_truth -- 40 making 0 --votes 0.7 --keep DIR
    pip install --no-deps -r tools/vector-table/requirements.txt && pip install scikit-learn
    python3 bench/matching/alike.py DIR [DIR]

Prints the weights, and how well pairs of companies that weren't learnt from are told.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from common import rows, unit, without_common

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/wordings"))
sys.path.insert(0, str(ROOT / "tools/topics"))
PEOPLE = 5
PARTS = 5


def telling(texts_by_fix, nearness):
    """Words of each fix by roots of the shares of its texts that use them, weighing by how unevenly they are spread."""
    number = {}
    shares = np.zeros((len(texts_by_fix), 20_000))
    for at, texts in enumerate(texts_by_fix):
        used = Counter(piece for text in texts for piece in set(nearness.ids(text).tolist()) if nearness.is_word(piece))
        for piece, count in used.items():
            shares[at, number.setdefault(piece, len(number))] = count / len(texts)
    shares = shares[:, : len(number)]
    p = shares / shares.sum(0)
    entropy = -(p * np.log(np.where(p > 0, p, 1))).sum(0)
    return unit(np.sqrt(shares) * np.maximum(np.log(len(texts_by_fix)) - entropy, 0))


def pairs(folder, nearness, topics):
    """Evidence of every two fixes of a company, and whether they mean the same."""
    said = {row["id"]: row for row in rows(folder / "data/voice.csv")}
    truth = {row["id"]: row["kind"] + row["key"] for row in rows(folder / "data/truth.voice.csv")}
    of = defaultdict(list)
    for row in rows(folder / "voice.assigned.csv"):
        if row["lever"]:
            of[row["lever"]].append(row["id"])
    fixes = sorted(of)
    texts = [[said[id]["text"] for id in of[fix]] for fix in fixes]
    flat = [text for its in texts for text in its]
    told = topics.leanings(nearness, flat, nearness.shipped(flat))
    ends = np.cumsum([len(its) for its in texts])[:-1]
    profiles = without_common(np.array([part.mean(0) for part in np.split(told, ends)]))
    words = telling(texts, nearness)
    number = {role: at for at, role in enumerate(sorted({row["role"] for row in said.values()}))}
    role_of = [{said[id]["respondent"]: number[said[id]["role"]] for id in of[fix]} for fix in fixes]
    people = [len(by) for by in role_of]
    roles = unit(np.array([np.bincount(list(by.values()), minlength=len(number)) for by in role_of], dtype=float))
    means = [Counter(truth[id] for id in of[fix]).most_common(1)[0][0] for fix in fixes]
    for one in range(len(fixes)):
        for other in range(one):
            if min(people[one], people[other]) >= PEOPLE:
                yield [
                    profiles[one] @ profiles[other],
                    words[one] @ words[other],
                    roles[one] @ roles[other],
                    np.log(min(people[one], people[other])),
                ], means[one] == means[other]


def main(places):
    from hardness import Nearness
    from read import Topics

    nearness, topics = Nearness(), Topics()
    x, y, company = [], [], []
    for place in places:
        folders = [folder for folder in Path(place).iterdir() if (folder / "brief.html").exists()]
        for folder in sorted(folders):
            for evidence, same in pairs(folder, nearness, topics):
                x.append(evidence)
                y.append(same)
                company.append(folder)
    x, y = np.array(x), np.array(y)
    number = {folder: at for at, folder in enumerate(dict.fromkeys(company))}
    part = np.array([number[folder] % PARTS for folder in company])
    rule = LogisticRegression(C=10, max_iter=5000)
    told = np.zeros(len(y))
    for held in range(PARTS):
        told[part == held] = rule.fit(x[part != held], y[part != held]).predict_proba(x[part == held])[:, 1]
    rule.fit(x, y)
    print(f"{len(y)} pairs of {len(number)} companies, {y.sum()} the same; average precision", end=" ")
    print(f"{average_precision_score(y, told):.3f}")
    said = told >= 0.5
    print(f"{said.sum()} told to be the same, {y[said].mean():.2f} of these rightly")
    print("constant; topics, words, roles, people:", rule.intercept_.round(2), rule.coef_.round(2))


if __name__ == "__main__":
    main(sys.argv[1:])
