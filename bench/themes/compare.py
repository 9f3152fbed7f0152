"""Runs both sides and prints the tables; started by run.py inside its environment.

(a) complaints: patients' answers coded as complaints, against 44 subcategories given by people. Ours is
    run on the whole file (judged on the complaints alone) and on the complaints alone; BERTopic on the
    complaints alone. Ours takes its default seed; a BERTopic variant is judged by its best seed.
(b) bank: customers' questions of a bank, against 77 intents.
"""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np

import judge
import peer
import texts

PATIENTS_MAP = ["signals.comment=feedback", "signals.score=criticality", "signals.unit=organization"]
KEPT = {"kept": "outliers one topic", "placed": "outliers placed"}


def table(head: list[str], lines: list[list[str]]) -> None:
    print("\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for line in lines:
        print("| " + " | ".join(line) + " |")
    print(flush=True)


def themes_of(ours: texts.Ours, ids: list[str]) -> list[str]:
    """Themes in the order of `ids`; a row that was refused has none."""
    return [ours.themes.get(i, "") for i in ids]


def name(wanted: int | None, outliers: str) -> str:
    return f"{'defaults' if wanted is None else f'nr_topics for {wanted}'}, {KEPT[outliers]}"


def complaints(binary: Path, data: Path, work: Path, seeds: int, resamples: int) -> None:
    answers = texts.patients(data)
    said = texts.complaints(answers)
    ids, comments = [a["id"] for a in said], [a["feedback"] for a in said]
    truth = judge.codes([a["subcategory"].strip() for a in said])
    print(f"complaints: {len(said)} texts, {truth.max() + 1} subcategories", flush=True)

    whole = texts.write(work / "whole/phase1_text_data.csv", answers)
    alone = texts.write(work / "alone/complaints.csv", [{"id": a["id"], "comment": a["feedback"]} for a in said])
    runs = {
        "whole file": texts.brief(binary, whole, work / "whole/out", PATIENTS_MAP),
        "complaints alone": texts.brief(binary, alone, work / "alone/out", []),
    }
    figures, counts, lines = {}, {}, []
    for run, ours in runs.items():
        found = np.array(themes_of(ours, ids))
        counts[run] = len(set(found.tolist()) - {""})
        coded = judge.codes(found)
        figures[run] = {m: (judge.score(m, truth, coded), judge.resampled(m, truth, coded, resamples)) for m in ("AMI", "ARI")}
        placed = (found != "").mean()
        lines.append([run, str(counts[run]), f"{placed:.1%}", *(f"{figures[run][m][0]:.4f}" for m in ("AMI", "ARI")), f"{ours.cpu:.1f}"])
    table(["throughline on", "themes", "placed", "AMI", "ARI", "CPU s"], lines)

    embeddings, vector_cpu = peer.vectors(comments)
    by_seed = [peer.variants(comments, embeddings, vector_cpu, s, sorted(set(counts.values()))) for s in range(1, seeds + 1)]
    peers, lines = {}, []
    for key in by_seed[0]:
        fits = [found[key] for found in by_seed]
        scores = {m: [judge.score(m, truth, f.topics) for f in fits] for m in ("AMI", "ARI")}
        best = {m: int(np.argmax(scores[m])) for m in scores}
        peers[key] = {m: (scores[m][best[m]], judge.resampled(m, truth, fits[best[m]].topics, resamples)) for m in scores}
        topics = sorted({f.count for f in fits})
        lines.append(
            [name(*key), "-".join(map(str, dict.fromkeys((topics[0], topics[-1])))), f"{np.mean([f.placed for f in fits]):.1%}"]
            + [f"{np.mean(scores[m]):.4f} ({max(scores[m]):.4f})" for m in scores]
            + [f"{np.mean([f.cpu for f in fits]):.1f}"]
        )
    print(f"{vector_cpu:.1f} of BERTopic's CPU-seconds are MiniLM's; mean of {seeds} seeds, best in brackets")
    table(["BERTopic", "topics", "placed", "AMI", "ARI", "CPU s"], lines)

    lines, lowest = [], {"AMI": [9.0, 9.0], "ARI": [9.0, 9.0]}
    for run in runs:
        for key, theirs in peers.items():
            if key[0] not in (None, counts[run]):
                continue
            cells = []
            for m in ("AMI", "ARI"):
                d = judge.difference(figures[run][m], theirs[m])
                lowest[m] = [min(lowest[m][0], d["low"]), min(lowest[m][1], d["basic_low"])]
                ratio = figures[run][m][0] / theirs[m][0]
                basic = f"basic {d['basic_low']:+.4f} to {d['basic_high']:+.4f}"
                cells += [f"{ratio:.2f}", f"{d['value']:+.4f} ({d['low']:+.4f} to {d['high']:+.4f}; {basic})"]
            lines.append([run, name(*key), *cells])
    head = ["ours", "BERTopic, best seed", "AMI ratio", "AMI difference (95%)", "ARI ratio", "ARI difference (95%)"]
    table(head, lines)
    for m, (percentile, basic) in lowest.items():
        print(f"lowest end of any {m} interval: {percentile:+.4f} (percentile), {basic:+.4f} (basic bootstrap)")


def bank(binary: Path, data: Path, work: Path) -> None:
    questions = texts.bank(data)
    comments, truth = [q["text"] for q in questions], judge.codes([q["category"] for q in questions])
    print(f"\nbank: {len(questions)} texts, {truth.max() + 1} intents", flush=True)
    file = texts.write(work / "bank/questions.csv", [{"id": q["id"], "comment": q["text"]} for q in questions])
    ours = texts.brief(binary, file, work / "bank/out", [])
    found = np.array(themes_of(ours, [q["id"] for q in questions]))
    count, coded = len(set(found.tolist()) - {""}), judge.codes(found)
    own = {m: judge.score(m, truth, coded) for m in ("NMI", "ARI")}
    lines = [["throughline", str(count), f"{(found != '').mean():.1%}", f"{own['NMI']:.4f}", f"{own['ARI']:.4f}", "", "", f"{ours.cpu:.1f}"]]

    embeddings, vector_cpu = peer.vectors(comments)
    for key, fit in peer.variants(comments, embeddings, vector_cpu, 1, [count]).items():
        theirs = {m: judge.score(m, truth, fit.topics) for m in own}
        ratios = [f"{own[m] / theirs[m]:.2f}" for m in own]
        figures = [f"{theirs[m]:.4f}" for m in own]
        lines.append([f"BERTopic, {name(*key)}", str(fit.count), f"{fit.placed:.1%}", *figures, *ratios, f"{fit.cpu:.1f}"])
    print(f"{vector_cpu:.1f} of BERTopic's CPU-seconds are MiniLM's; one seed")
    table(["", "themes", "placed", "NMI", "ARI", "NMI ours / peer", "ARI ours / peer", "CPU s"], lines)


def main() -> None:
    binary, data, work = map(Path, sys.argv[1:4])
    seeds, resamples, only = int(sys.argv[4]), int(sys.argv[5]), sys.argv[6]
    packages = ("bertopic", "umap-learn", "hdbscan", "scikit-learn", "numpy")
    print(f"{os.cpu_count()} cores of {platform.machine()}, Python {platform.python_version()}, " + ", ".join(f"{p} {version(p)}" for p in packages))
    peer.warm_up()
    if only in ("both", "complaints"):
        complaints(binary, data, work, seeds, resamples)
    if only in ("both", "bank"):
        bank(binary, data, work)


if __name__ == "__main__":
    main()
