"""The labelled texts both sides read, and what `throughline brief` makes of them.

Rows get an id of ours (`r0`, `r1`, ...) in a copy of the file, so that `signals.assigned.csv` joins.
Doesn't judge: see judge.py.
"""

import csv
import json
import re
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

COMPLAINT_CODES = {"-1", "-2", "-3", "-4", "-5"}  # the rest of the column's negatives are slips: -o, -9, -6, -NA
SAYS_NOTHING = {"", "na", "none", "no", "nil", "nothing", "nothing really", "nothing at all", "no comment", "nothing to add"}


@dataclass
class Ours:
    themes: dict[str, str]  # id -> theme, "" where none
    cpu: float
    named: int  # problems in brief.json


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, records: list[dict[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    return path


def patients(data: Path) -> list[dict[str, str]]:
    all_rows = rows(data / "patient-feedback/phase1_text_data.csv")
    return [{"id": f"r{i}", **row} for i, row in enumerate(all_rows)]


def complaints(answers: list[dict[str, str]]) -> list[dict[str, str]]:
    """Answers coded as complaints whose comment says something."""

    def said(comment: str) -> str:
        return " ".join(re.findall(r"[^\W_]+", comment.lower().replace("n/a", "na")))

    return [a for a in answers if a["criticality"].strip() in COMPLAINT_CODES and said(a["feedback"]) not in SAYS_NOTHING]


def bank(data: Path) -> list[dict[str, str]]:
    both = [row for part in ("train", "test") for row in rows(data / f"bank-customers/{part}.csv")]
    return [{"id": f"r{i}", **row} for i, row in enumerate(both)]


def brief(binary: Path, signals: Path, out: Path, maps: list[str], seed: int = 1) -> Ours:
    """Runs the binary on one file of signals; CPU-seconds are the whole command's, report and all."""
    command = [binary, "brief", "--signals", signals, "--out", out, "--quiet", "--seed", str(seed)]
    for each in maps:
        command += ["--map", each]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    themes = {row["id"]: row["pain"] for row in rows(out / "signals.assigned.csv")}
    return Ours(themes, cpu, len(json.loads((out / "brief.json").read_text(encoding="utf-8"))["pains"]))
