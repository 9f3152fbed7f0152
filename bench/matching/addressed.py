"""How likely an answer is to speak of the problem it is nearest to (`insight::addressed`).

    cargo run --release -p throughline-engine --example against_truth -- 6 making 0 --answers 640 --keep DIR/640
    cargo run --release -p throughline-engine --example against_truth -- 6 making 0 --answers 300 --keep DIR/300
    pip install --no-deps -r tools/vector-table/requirements.txt && pip install scikit-learn
    python3 bench/matching/addressed.py --binary target/release/throughline DIR/640 DIR/300

Answers that truly propose a fix, of those companies and of the three that others wrote (`bench/kinds`; BINARY finds
their problems): is the found problem an answer is nearest to one of which a fifth of the comments at least are on a
problem that its fix answers? Printed: how often, by kind of company, and a logistic fit of that on how near the answer
is and how much nearer than to the next, both kinds weighing alike; then how groups of five answers and more come out
by their mean chance.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench/wordings"), str(ROOT / "tools/topics")]
import common  # noqa: E402
from common import rows as table, unit, without_common as apart  # noqa: E402
from hardness import Nearness  # noqa: E402
from read import Topics  # noqa: E402

KINDS = ROOT / "bench/kinds"
OTHERS = 0.5
ON_IT = 0.2
READ = 6000
GROUPS = ((0, 0.35), (0.35, 0.45), (0.45, 0.55), (0.55, 0.7), (0.7, 1))


def sampled(folder):
    """Comments with found and true problem, answers with their fix, and what each fix answers."""
    found = {row["id"]: row["pain"] for row in table(folder / "signals.assigned.csv")}
    true = {row["id"]: row["pains"].split(";")[0].split("|")[0] for row in table(folder / "data/truth.signals.csv")}
    comments = [(r["comment"], found[r["id"]], true[r["id"]]) for r in table(folder / "data/signals.csv")]
    comments = [row for row in comments if row[0] and row[1]]
    comments = comments[:: max(1, len(comments) // READ)]
    fixes = {row["id"]: row["key"] for row in table(folder / "data/truth.voice.csv") if row["kind"] == "lever"}
    answers = [(row["text"], fixes[row["id"]]) for row in table(folder / "data/voice.csv") if row["id"] in fixes]
    levers = json.loads((folder / "truth.json").read_text())["levers"]
    return comments, answers, {lever["key"]: set(lever["answers"]) for lever in levers}


def written(name, binary):
    """The same of a company that others wrote."""
    customers, staff = table(KINDS / "customers" / name), table(KINDS / name)
    with tempfile.TemporaryDirectory() as out:
        files = ["--signals", KINDS / "customers" / name, "--voice", KINDS / name, "--out", out, "--quiet"]
        subprocess.run([binary, "brief", *files], check=True, capture_output=True)
        found = [row["pain"] for row in table(Path(out) / "signals.assigned.csv")]
    comments = [(row["comment"], pain, row["problem"]) for row, pain in zip(customers, found) if pain]
    answers = [(row["text"], row["key"]) for row in staff if row["kind"] == "lever"]
    fixes = defaultdict(set)
    for row in table(KINDS / "pairs" / name):
        fixes[row["lever"]].add(row["problem"])
    return comments, answers, fixes


def judged(nearness, topics, bridge, company):
    """By answer: nearness to the nearest problem, its lead, whether it is right, and the problem."""
    comments, answers, fixes = company
    pains = sorted({pain for _, pain, _ in comments})
    of = np.array([pain for _, pain, _ in comments])
    vectors = np.nan_to_num(nearness.shipped([text for text, _, _ in comments]))
    told = topics.leanings(nearness, [text for text, _, _ in comments], vectors)
    centres = apart(unit(np.array([vectors[of == pain].mean(axis=0) for pain in pains])))
    profiles = apart(np.array([told[of == pain].mean(axis=0) for pain in pains]))
    right = []
    for pain in pains:
        counts = Counter(true for _, found, true in comments if found == pain)
        right.append({true for true, n in counts.items() if true and n >= ON_IT * counts.total()})
    texts = [text for text, _ in answers]
    raw = np.nan_to_num(nearness.shipped(texts))
    own = apart(raw)
    near = common.near(own, apart(topics.leanings(nearness, texts, raw)), centres, profiles, bridge)
    alike = np.maximum(own @ own.T, 0) ** 3
    np.fill_diagonal(alike, 0)
    near = near + OTHERS * (alike @ near) / alike.sum(axis=1, keepdims=True)
    first, order = near.argmax(axis=1), np.sort(near, axis=1)
    hit = [bool(fixes[key] & right[at]) for (_, key), at in zip(answers, first)]
    return np.column_stack([order[:, -1], order[:, -1] - order[:, -2]]), np.array(hit), first


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--binary", required=True)
    arguments.add_argument("folders", nargs="*", type=Path)
    args = arguments.parse_args()
    nearness, topics = Nearness(), Topics()
    bridge = common.bridge()
    companies = [written(path.name, args.binary) for path in sorted((KINDS / "pairs").glob("*.csv"))]
    kinds = ["written"] * len(companies)
    for folder in args.folders:
        for company in sorted(one for one in folder.iterdir() if (one / "brief.json").exists()):
            companies.append(sampled(company))
            kinds.append("sample")
    parts = [judged(nearness, topics, bridge, company) for company in companies]
    kind = np.concatenate([[name] * len(hit) for name, (_, hit, _) in zip(kinds, parts)])
    x, y = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    for name in dict.fromkeys(kinds):
        print(f"{name}: {y[kind == name].mean():.3f} of {(kind == name).sum()} answers go to the right problem")
    weights = np.array([1 / (kind == name).sum() for name in kind])
    model = LogisticRegression(C=100).fit(x, y, sample_weight=weights * len(y) / weights.sum())
    print("constant, near, lead:", model.intercept_.round(2), model.coef_[0].round(2))
    chance = model.predict_proba(x)[:, 1]
    at, groups = 0, []
    for _, hit, first in parts:
        for pain in set(first):
            here = np.flatnonzero(first == pain)
            if len(here) >= 5:
                groups.append((chance[at + here].mean(), hit[here].mean()))
        at += len(hit)
    said, true = np.array(groups).T
    for low, high in GROUPS:
        here = (said >= low) & (said < high)
        if here.any():
            third = (true[here] >= 1 / 3).mean()
            print(f"groups said {said[here].mean():.2f}: {true[here].mean():.2f} on it, a third in {third:.2f} ({here.sum()})")


if __name__ == "__main__":
    main()
