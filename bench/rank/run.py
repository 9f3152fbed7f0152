"""Bradley-Terry on 1,000,000 votes over 2,000 items: ours and choix's `ilsr_pairwise`, in turn.

Run:  python3 -m venv venv && venv/bin/pip install choix==0.4.1
      cargo build --release -p throughline-stats --example rank
      venv/bin/python bench/rank/run.py [path of the example `rank`]

Times are of the fit alone, votes in memory; ours counts the votes anew each time.
"""

import subprocess
import sys
import tempfile
import time

import choix
import numpy as np

ITEMS, VOTES = 2000, 1_000_000
example = sys.argv[1] if len(sys.argv) > 1 else "target/release/examples/rank"

rng = np.random.default_rng(1)
strength = rng.normal(0, 1, ITEMS)
one = rng.integers(0, ITEMS, VOTES)
other = (one + rng.integers(1, ITEMS, VOTES)) % ITEMS
first = rng.random(VOTES) < 1 / (1 + np.exp(strength[other] - strength[one]))
winner, loser = np.where(first, one, other), np.where(first, other, one)
votes = list(zip(winner.tolist(), loser.tolist()))

with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
    file.writelines(f"{w},{l}\n" for w, l in votes)
    file.flush()
    out = subprocess.run([example, "speed", file.name], capture_output=True, text=True, check=True)
lines = out.stdout.split("\n")
ours = float(lines[0])
mine = np.array([float(x) for x in lines[1 : ITEMS + 1]])

times = []
for _ in range(3):
    start = time.perf_counter()
    theirs = choix.ilsr_pairwise(ITEMS, votes)
    times.append(time.perf_counter() - start)
print(f"ours {ours:.3f} s, choix {min(times):.3f} s, ratio {min(times) / ours:.1f}")
print(f"largest difference {np.abs(mine - theirs).max():.2e}")
