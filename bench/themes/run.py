#!/usr/bin/env python3
"""Themes of `throughline brief` against BERTopic's on the same texts, by people's labels.

    python3 bench/themes/run.py [--binary PATH] [--data DIR] [--work DIR] [--only complaints|bank]

Needs Python 3.11 or later and a release build of throughline. Makes its own virtual environment
under `--work` (a temporary folder unless given; give one to keep it for the next run). What is
compared and how is said in compare.py and in README.md.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def arguments():
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--binary", type=Path, default=target / "release/throughline")
    args.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    args.add_argument("--work", type=Path, help="environment and outputs; outside the repository")
    args.add_argument("--only", choices=("complaints", "bank"), help="one of the two comparisons")
    args.add_argument("--seeds", type=int, default=3, help="BERTopic fits of the complaints, each with its own seed")
    args.add_argument("--resamples", type=int, default=1000, help="bootstrap resamples of the texts")
    return args.parse_args()


def environment(work: Path) -> Path:
    """The Python of the environment under `work`, made and filled unless its marker says it is complete."""
    home, wanted = work / "venv", (HERE / "requirements.txt").read_text()
    python, marker = home / "bin/python", home / "installed.txt"
    if not marker.exists() or marker.read_text() != wanted:
        print("making the Python environment", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "-r", HERE / "requirements.txt"]
        subprocess.run(install, check=True)
        marker.write_text(wanted)
    return python


def main() -> int:
    args = arguments()
    if sys.version_info < (3, 11):
        sys.exit(f"Python `{sys.version.split()[0]}` is too old\nhint: run with Python 3.11 or later")
    if not args.binary.is_file():
        sys.exit(f"no binary at `{args.binary}`\nhint: cargo build --release, or give --binary PATH")
    if not (args.data / "patient-feedback").is_dir():
        print(f"skipped: no data at `{args.data}`", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="themes-") as scratch:
        work = (args.work or Path(scratch)).resolve()
        if work.is_relative_to(ROOT):
            sys.exit(f"`{args.work}` is inside the repository\nhint: give --work a folder outside it")
        work.mkdir(parents=True, exist_ok=True)
        command = [environment(work), HERE / "compare.py", args.binary.resolve(), args.data.resolve(), work]
        command += [str(args.seeds), str(args.resamples), args.only or "both"]
        # One thread everywhere, so that CPU-seconds of both sides mean the same.
        threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "LOKY_MAX_CPU_COUNT")
        clean = {**os.environ, **dict.fromkeys(threads, "1"), "TOKENIZERS_PARALLELISM": "false"}
        return subprocess.run(command, env=clean).returncode


if __name__ == "__main__":
    sys.exit(main())
