"""How much what is known from other companies should weigh beside the meaning of centres, tried on other trades.

    pip install --no-deps -r tools/vector-table/requirements.txt && pip install scikit-learn
    python3 bench/matching/trades.py

Three companies that others wrote (`bench/kinds`: an airline, an insurer, a grocer): problems and fixes grouped by their
writers, of five comments and three answers at least. Printed: average precision of their pairs by the cosine of
centres plus a weight times c'We, W learnt from `tools/bridge` without their trades and near ones.
"""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench/wordings"), str(ROOT / "tools/bridge")]
import learn  # noqa: E402
from hardness import Nearness, unit  # noqa: E402

KINDS = ROOT / "bench/kinds"
NEAR = re.compile("air|rail|bus|holiday|insur|pension|garage|grocer|super")
WEIGHTS = (0, 0.5, 1, 1.5, 2, 3, 4.7)
LEAST = {"problem": 5, "key": 3}


def table(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def centres(nearness, rows, text, key):
    groups = defaultdict(list)
    for row in rows:
        if row[key]:
            groups[row[key]].append(row[text])
    groups = {name: texts for name, texts in groups.items() if len(texts) >= LEAST[key]}
    sums = unit(np.array([np.nan_to_num(nearness.shipped(texts)).sum(axis=0) for texts in groups.values()]))
    return list(groups), unit(sums - sums.mean(axis=0))


def main():
    nearness = Nearness()
    known = learn.learn([sides for trade, sides in learn.read().items() if not NEAR.search(trade)])
    print("| company | problems | fixes | pairs |", " | ".join(f"{weight}" for weight in WEIGHTS), "|")
    print("|---" * (4 + len(WEIGHTS)) + "|")
    found = []
    for path in sorted((KINDS / "pairs").glob("*.csv")):
        staff = [row for row in table(KINDS / path.name) if row["kind"] == "lever"]
        problems, c = centres(nearness, table(KINDS / "customers" / path.name), "comment", "problem")
        fixes, e = centres(nearness, staff, "text", "key")
        right = {(row["lever"], row["problem"]) for row in table(path)}
        truth = np.array([(fix, problem) in right for problem in problems for fix in fixes])
        scores = [(c @ e.T + weight * (c @ known @ e.T)).ravel() for weight in WEIGHTS]
        found.append([average_precision_score(truth, score) for score in scores])
        counts = f"{len(problems)} | {len(fixes)} | {truth.sum()}"
        print(f"| {path.stem} | {counts} |", " | ".join(f"{x:.3f}" for x in found[-1]), "|")
    print("| mean | | | |", " | ".join(f"{x:.3f}" for x in np.mean(found, axis=0)), "|")


if __name__ == "__main__":
    main()
