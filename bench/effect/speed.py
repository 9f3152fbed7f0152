"""10,000 units x 24 periods, 999 draws: ours, diff-diff and csdid on the same rows, in one run.

    python bench/effect/speed.py target/release/examples/effect_speed

Peers: pip install diff-diff==3.13.0 csdid==0.4.3. Times are medians of five (csdid: of one), data
already in memory, everything counted from rows to bands.
"""

import contextlib
import io
import subprocess
import sys
import tempfile
import time
import warnings

import pandas as pd
from csdid.att_gt import ATTgt
from diff_diff import CallawaySantAnna

warnings.filterwarnings("ignore")


def median(times):
    return sorted(times)[len(times) // 2]


def ask_diff_diff(frame):
    times = []
    for seed in range(5):
        start = time.perf_counter()
        fit = CallawaySantAnna(
            control_group="not_yet_treated", estimation_method="reg", n_bootstrap=999, seed=seed
        ).fit(frame, outcome="y", unit="id", time="t", first_treat="g", aggregate="all")
        times.append(time.perf_counter() - start)
    return median(times), fit.overall_att


def ask_csdid(frame):
    with contextlib.redirect_stdout(io.StringIO()):
        start = time.perf_counter()
        fit = ATTgt(yname="y", tname="t", idname="id", gname="g", data=frame,
                    control_group=["notyettreated"], biters=999, cband=True).fit(
                        est_method="reg", bstrap=True)
        fit.aggte(typec="dynamic")
        took = time.perf_counter() - start
        simple = fit.aggte(typec="simple", bstrap=False, cband=False).atte
    return took, simple["overall_att"]


print("| starts | ours | diff-diff | csdid | diff-diff / ours | csdid / ours |")
print("|---|---|---|---|---|---|")
for starts in [3, 6, 18]:
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        out = subprocess.run([sys.argv[1], str(starts), file.name], capture_output=True, text=True,
                             check=True).stdout.split()
        frame = pd.read_csv(file.name)
    ours, value = float(out[0]), float(out[1])
    peer, peer_value = ask_diff_diff(frame)
    other, other_value = ask_csdid(frame)
    assert abs(value - peer_value) < 1e-8 and abs(value - other_value) < 1e-8, (value, peer_value, other_value)
    print(f"| {starts} | {ours:.3f} s | {peer:.3f} s | {other:.2f} s | {peer / ours:.1f} | {other / ours:.1f} |")
