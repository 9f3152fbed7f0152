"""Times the import of a CSV of signals against DuckDB's COPY of the same file, in turn.

Ours: CSV -> checked, deduplicated Parquet, synced to disk. DuckDB: `COPY (SELECT * FROM read_csv(…))
TO … (FORMAT parquet)`, which checks types alone and doesn't sync. Both with as many threads as the
machine has (or --threads). Prints seconds (median and all), the ratio, and how time grows from a
tenth of the rows.

Usage: run.py [--rows 10000000] [--repeats 3] [--threads N] [--work FOLDER]
Needs Python 3.9 or later and cargo; makes its own virtual environment for DuckDB.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DUCKDB = "duckdb==2.0.*"
COPY = """
import sys, time, duckdb
source, target, threads = sys.argv[1:]
link = duckdb.connect()
link.execute(f"SET threads = {threads}")
link.execute("SET enable_progress_bar = false")
start = time.perf_counter()
link.execute(f"COPY (SELECT * FROM read_csv('{source}')) TO '{target}' (FORMAT parquet)")
print(time.perf_counter() - start)
"""


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float, str]:
    cpu, start = children_cpu(), time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    wall = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return wall, children_cpu() - cpu, done.stdout


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=10_000_000)
    asked.add_argument("--repeats", type=int, default=3)
    asked.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    asked.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "throughline-bench-import")
    asked.add_argument("--binary", type=Path, help="an import example that is already built")
    asked = asked.parse_args()
    work = asked.work
    work.mkdir(parents=True, exist_ok=True)

    python = work / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(work / "venv", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", DUCKDB], check=True)
    binary = asked.binary
    if binary is None:
        subprocess.run(["cargo", "build", "--release", "-p", "throughline-lake", "--example", "import"], cwd=ROOT, check=True)
        target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        binary = target / "release" / "examples" / "import"

    environment = dict(os.environ, RAYON_NUM_THREADS=str(asked.threads))
    medians = {}
    for rows in (asked.rows // 10, asked.rows):
        source = work / f"signals-{rows}.csv"
        if not source.exists():
            subprocess.run([sys.executable, HERE / "generate.py", str(rows), source], check=True)
        walls = {"ours": [], "duckdb": []}
        cpus = {"ours": [], "duckdb": []}
        for _ in range(asked.repeats):
            copy = work / "copy.parquet"
            copy.unlink(missing_ok=True)
            _, cpu, out = timed([str(python), "-c", COPY, str(source), str(copy), str(asked.threads)], environment)
            walls["duckdb"].append(float(out.split()[-1]))
            cpus["duckdb"].append(cpu)
            facts = work / "facts"
            shutil.rmtree(facts, ignore_errors=True)
            wall, cpu, _ = timed([str(binary), str(facts), "--quiet", f"signals={source}"], environment)
            walls["ours"].append(wall)
            cpus["ours"].append(cpu)
        print(f"{rows:,} rows, {source.stat().st_size / 1e6:,.0f} MB, {asked.threads} threads, in turn {asked.repeats} times")
        for name in ("ours", "duckdb"):
            each = ", ".join(f"{wall:.2f}" for wall in walls[name])
            print(f"  {name:7} {statistics.median(walls[name]):7.2f} s  (each {each}; CPU {statistics.median(cpus[name]):.2f} s)")
        medians[rows] = statistics.median(walls["ours"])
        print(f"  ratio   {medians[rows] / statistics.median(walls['duckdb']):7.2f}  (at most 2)")
    few, many = sorted(medians)
    print(f"ten times the rows: {medians[many] / medians[few]:.1f} times the time (at most 11)")


if __name__ == "__main__":
    main()
