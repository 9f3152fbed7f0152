"""Learns which of customers' meanings go with which of employees': `crates/insight/src/matches/bridge.bin`.

    pip install --no-deps -r tools/vector-table/requirements.txt
    python3 tools/bridge/learn.py            # prints how well it does on trades left out, writes the file
    python3 tools/bridge/learn.py --check    # learns again and compares with the file that is there

`pairs.tsv` holds 1,200 made-up subjects of 48 trades: three lines as customers feel it (C) and three as employees
would cure it or be kept from it (E). Every side of a subject is the mean of its lines' vectors (the shipped ones, of
length 1, the mean of its side taken out). Learnt is a matrix W of 256 x 256 such that among the 25 subjects of a trade

    tau (c . e + c' W e)

is highest for the e that cures c, and the other way round (a softmax each way, a ridge on W). Convex, so the start
plays no part. Stored as one scale and 65,536 signed bytes, rows for customers' sides.
"""

import argparse
import csv
import struct
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/wordings"))
from hardness import Nearness, unit  # noqa: E402

FILE = ROOT / "crates/insight/src/matches/bridge.bin"
WIDTH = 256
TAU = 12.0
RIDGE = 10.0
FOLDS = 4


def read():
    """Trades, and by trade the vectors of its subjects' two sides, row by row."""
    with open(Path(__file__).with_name("pairs.tsv"), newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    vectors = np.nan_to_num(Nearness().shipped([row["text"] for row in rows]))
    side = np.array([row["side"] for row in rows])
    for name in "CE":
        vectors[side == name] -= vectors[side == name].mean(axis=0)
    vectors = unit(vectors)
    sums = defaultdict(lambda: defaultdict(lambda: {"C": np.zeros(WIDTH), "E": np.zeros(WIDTH)}))
    for row, vector in zip(rows, vectors):
        sums[row["trade"]][row["subject"]][row["side"]] += vector
    return {
        trade: tuple(unit(np.array([sides[name] for sides in subjects.values()])) for name in "CE")
        for trade, subjects in sums.items()
    }


def learn(trades):
    def loss(flat):
        w = flat.reshape(WIDTH, WIDTH)
        value, slope = 0.0, np.zeros((WIDTH, WIDTH))
        for c, e in trades:
            score = TAU * (c @ e.T + c @ w @ e.T)
            for axis in (0, 1):
                p = np.exp(score - score.max(axis, keepdims=True))
                p /= p.sum(axis, keepdims=True)
                value -= np.log(np.diag(p)).sum()
                slope += TAU * c.T @ (p - np.eye(len(c))) @ e
        return value + RIDGE * TAU / 2 * (w**2).sum(), (slope + RIDGE * TAU * w).ravel()

    found = minimize(loss, np.zeros(WIDTH * WIDTH), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    assert found.success, found.message
    return found.x.reshape(WIDTH, WIDTH)


def standing(trades, w):
    """How often the right side comes first among its trade's, and the mean of one over its place."""
    ranks = []
    for c, e in trades:
        score = c @ e.T + c @ w @ e.T
        for one in (score, score.T):
            ranks.extend((one > np.diag(one)[:, None]).sum(axis=1))
    ranks = np.array(ranks)
    return (ranks == 0).mean(), (1 / (1 + ranks)).mean()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--check", action="store_true")
    check = arguments.parse_args().check
    by_trade = read()
    names = sorted(by_trade)
    if not check:
        print("vectors alone: first %.3f, mean of 1/place %.3f" % standing(by_trade.values(), np.zeros((WIDTH, WIDTH))))
        found = []
        for fold in range(FOLDS):
            w = learn([by_trade[name] for at, name in enumerate(names) if at % FOLDS != fold])
            found.append(standing([by_trade[name] for at, name in enumerate(names) if at % FOLDS == fold], w))
        print("learnt from other trades: first %.3f, mean of 1/place %.3f" % tuple(np.mean(found, axis=0)))
    w = learn(by_trade.values())
    scale = np.abs(w).max() / 127
    bytes_ = np.rint(w / scale).astype(np.int8)
    if check:
        there = FILE.read_bytes()
        apart = np.abs(np.frombuffer(there, np.int8, offset=4).astype(int) - bytes_.ravel())
        was = struct.unpack("<f", there[:4])[0]
        print(f"scale {was:.6f} and {scale:.6f}; bytes apart at most {apart.max()}")
        sys.exit(int(apart.max() > 1 or abs(was / scale - 1) > 0.01))
    FILE.write_bytes(struct.pack("<f", scale) + bytes_.tobytes())
    c, e = by_trade["water"]
    print("for the test: c' W e of the first subject of `water`:", round(float(c[0] @ (bytes_ * scale) @ e[0]), 4))


if __name__ == "__main__":
    main()
