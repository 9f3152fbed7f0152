#!/usr/bin/env python3
"""Small files: problems of a few hundred comments against the subjects their writers had in mind.

    pip install --no-deps -r tools/vector-table/requirements.txt && pip install scikit-learn
    python3 bench/small/run.py [--binary PATH] [--data ../shared/data]

Three companies' comments (`bench/kinds/customers`: an airline, an insurer, a grocer, by writers who saw neither the
program nor its examples), four draws of 440 of a bank's questions (20 intents each; skipped without the data) and
four of 200 to 1,000 of the patients' complaints. Printed: adjusted mutual information (AMI) with the subjects, over
comments that have one; ours from `signals.assigned.csv`, a comment in no problem being a group of its own kind, and
k-means (the mean of five starts, as many groups as subjects, 40 at most) on MiniLM's own vectors and on the shipped
ones. Last the share of comments in a problem, or group, that isn't mainly of their subject: ours, and MiniLM's.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score as ami

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/wordings"))
from hardness import Nearness, unit  # noqa: E402

COMPANIES = ROOT / "bench/kinds/customers"
STARTS = 5
MOST_GROUPS = 40


def table(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def files(data):
    """Name, rows of (score, comment, subject)."""
    for path in sorted(COMPANIES.glob("*.csv")):
        yield path.stem, [(row["score"], row["comment"], row["problem"]) for row in table(path)]
    if not (data / "patient-feedback").is_dir():
        print(f"no data at {data}: made-up companies alone", file=sys.stderr)
        return
    draw = np.random.default_rng(1)
    bank = [tuple(row.values())[:2] for row in table(data / "bank-customers/test.csv")]
    intents = sorted({intent for _, intent in bank})
    for number in range(4):
        chosen = set(draw.choice(intents, 20, replace=False))
        rows = [("", text, intent) for text, intent in bank if intent in chosen]
        yield f"bank {number + 1}", [rows[at] for at in draw.choice(len(rows), 440, replace=False)]
    patients = table(data / "patient-feedback/phase1_text_data.csv")
    coded = [(row["criticality"], row["feedback"], row["subcategory"]) for row in patients]
    complaints = [row for row in coded if row[0].startswith("-") and row[1]]
    for number, count in enumerate((200, 440, 440, 1000)):
        rows = [complaints[at] for at in draw.choice(len(complaints), count, replace=False)]
        yield f"patients {number + 1}", rows


def ours(binary, rows, folder):
    scored = any(score for score, _, _ in rows)
    signals = folder / "signals.csv"
    with open(signals, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "comment"] + ["score"] * scored)
        for at, (score, comment, _) in enumerate(rows):
            writer.writerow([f"r{at}", comment] + [score] * scored)
    brief = folder / "brief"
    command = [binary, "brief", "--signals", signals, "--out", brief, "--quiet"]
    subprocess.run(command, check=True, capture_output=True)
    found = {row["id"]: row["pain"] for row in table(brief / "signals.assigned.csv")}
    return [found.get(f"r{at}", "") for at in range(len(rows))]


def strayed(subjects, groups):
    """Share of grouped items whose group is mainly of another subject."""
    counts = defaultdict(Counter)
    for subject, group in zip(subjects, groups):
        if group != "":
            counts[group][subject] += 1
    main = sum(max(of.values()) for of in counts.values())
    return 1 - main / sum(sum(of.values()) for of in counts.values())


def k_means(vectors, subjects):
    """Agreement, and share strayed."""
    centred = unit(np.nan_to_num(vectors) - np.nan_to_num(vectors).mean(axis=0))
    groups = min(len(set(subjects)), MOST_GROUPS)
    starts = [KMeans(groups, n_init=1, random_state=start).fit_predict(centred) for start in range(STARTS)]
    return tuple(float(np.mean([of(subjects, labels) for labels in starts])) for of in (ami, strayed))


def main():
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", type=Path, default=target / "release/throughline")
    arguments.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    args = arguments.parse_args()
    if not args.binary.is_file():
        sys.exit(f"no binary at `{args.binary}`\nhint: cargo build --release, or give --binary PATH")
    nearness = Nearness()
    print("| file | comments | subjects | placed | problems | ours | MiniLM, k-means | shipped vectors, k-means | strayed, ours | MiniLM's |")
    print("|---" * 10 + "|")
    for name, rows in files(args.data):
        with tempfile.TemporaryDirectory(prefix="small-") as folder:
            found = ours(args.binary.resolve(), rows, Path(folder))
        kept = [(comment, subject, pain) for (_, comment, subject), pain in zip(rows, found) if subject]
        comments, subjects, pains = zip(*kept)
        placed = sum(bool(pain) for pain in pains) / len(pains)
        (minilm, away), (shipped, _) = (
            k_means(vectors(comments), subjects) for vectors in (nearness.sentences, nearness.shipped)
        )
        figures = [ami(subjects, pains), minilm, shipped, strayed(subjects, pains), away]
        counts = f"{len(kept)} | {len(set(subjects))} | {placed:.2f} | {len(set(pains) - {''})}"
        print(f"| {name} | {counts} | {' | '.join(f'{figure:.3f}' for figure in figures)} |", flush=True)


if __name__ == "__main__":
    main()
