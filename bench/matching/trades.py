"""How much what is known from other companies, and topics, should weigh beside the meaning of centres, tried on other
trades.

    pip install --no-deps -r tools/vector-table/requirements.txt && pip install scikit-learn
    python3 tools/topics/learn.py --without 'air|rail|bus|holiday|insur|pension|garage|grocer|super' --to FILE
    python3 bench/matching/trades.py --topics FILE

Three companies that others wrote (`bench/kinds`: an airline, an insurer, a grocer): problems and fixes grouped by their
writers, of five comments and three answers at least. Printed: average precision of their pairs by the cosine of
centres plus a weight times c'We, W learnt from `tools/bridge` without their trades and near ones; then by both, the
latter weighing 1.5, plus a weight times the cosine of topics.
"""

import argparse
import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench/wordings"), str(ROOT / "tools/topics")]
from hardness import Nearness, unit  # noqa: E402
from read import FILE, Topics  # noqa: E402

sys.modules.pop("learn")
sys.path.insert(0, str(ROOT / "tools/bridge"))
import learn  # noqa: E402

KINDS = ROOT / "bench/kinds"
NEAR = re.compile("air|rail|bus|holiday|insur|pension|garage|grocer|super")
WEIGHTS = (0, 0.5, 1, 1.5, 2, 3, 4.7)
KNOWN = 1.5
OF_TOPICS = (0, 0.5, 1, 2, 3, 4, 8)
LEAST = {"problem": 5, "key": 3}


def table(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def grouped(rows, text, key):
    groups = defaultdict(list)
    for row in rows:
        if row[key]:
            groups[row[key]].append(row[text])
    return {name: texts for name, texts in groups.items() if len(texts) >= LEAST[key]}


def centres(nearness, groups):
    sums = unit(np.array([np.nan_to_num(nearness.shipped(texts)).sum(axis=0) for texts in groups.values()]))
    return unit(sums - sums.mean(axis=0))


def profiles(nearness, topics, rows, text, key, groups):
    texts = [row[text] for row in rows]
    told = topics.leanings(nearness, texts, np.nan_to_num(nearness.shipped(texts)))
    told = np.array([told[[row[key] == name for row in rows]].mean(axis=0) for name in groups])
    return unit(told - told.mean(axis=0))


def row(name, counts, values):
    print(f"| {name} | {counts} |", " | ".join(f"{x:.3f}" for x in values), "|")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--topics", type=Path, default=FILE)
    nearness, topics = Nearness(), Topics(arguments.parse_args().topics)
    known = learn.learn([sides for trade, sides in learn.read().items() if not NEAR.search(trade)])
    weights = [f"{weight}" for weight in WEIGHTS] + [f"topics {weight}" for weight in OF_TOPICS]
    print("| company | problems | fixes | pairs |", " | ".join(weights), "|")
    print("|---" * (4 + len(weights)) + "|")
    found = []
    for path in sorted((KINDS / "pairs").glob("*.csv")):
        staff = [one for one in table(KINDS / path.name) if one["kind"] == "lever"]
        customers = table(KINDS / "customers" / path.name)
        problems, fixes = grouped(customers, "comment", "problem"), grouped(staff, "text", "key")
        c, e = centres(nearness, problems), centres(nearness, fixes)
        of_topics = (
            profiles(nearness, topics, customers, "comment", "problem", problems)
            @ profiles(nearness, topics, staff, "text", "key", fixes).T
        )
        right = {(one["lever"], one["problem"]) for one in table(path)}
        truth = np.array([(fix, problem) in right for problem in problems for fix in fixes])
        scores = [c @ e.T + weight * (c @ known @ e.T) for weight in WEIGHTS]
        scores += [c @ e.T + KNOWN * (c @ known @ e.T) + weight * of_topics for weight in OF_TOPICS]
        found.append([average_precision_score(truth, score.ravel()) for score in scores])
        row(path.stem, f"{len(problems)} | {len(fixes)} | {truth.sum()}", found[-1])
    row("mean", " | | ", np.mean(found, axis=0))


if __name__ == "__main__":
    main()
