"""Learns which topics texts speak of: `crates/text/data/topics.bin`.

    pip install --no-deps -r tools/vector-table/requirements.txt && pip install scikit-learn
    python3 tools/topics/learn.py            # prints how well it does on trades left out, writes the file
    python3 tools/topics/learn.py --check    # learns again and compares with the file that is there
    python3 tools/topics/learn.py --without "insur|pension" --to FILE    # learns without some trades, tries those

`crates/text/data/topics.tsv` names topics that customers of most trades speak of; `lines.tsv` holds made-up lines of each: customers'
complaints (C), employees' ideas and obstacles (E). `subjects.tsv` says which of the subjects of
`tools/bridge/pairs.tsv` belong to which topic; their lines are examples, too. Features are those of
`throughline_text::classify`: the text's vector less the mean of its side, wordpieces and pairs of them by TF-IDF,
together of length 2. Multinomial logistic regression with a ridge, each topic weighing alike.

The file, little-endian: `TLTOPICS`, version, topics T, words and pairs K; T intercepts as f32; 256 rows of the vector
and K of words and pairs, each a scale as f32 and T signed bytes; before each of the latter its two wordpiece ids (the
second u32::MAX for a word alone) and its TF-IDF weight as f32.
"""

import argparse
import csv
import re
import struct
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "bench/wordings"))
from hardness import Nearness  # noqa: E402

TOPICS = ROOT / "crates/text/data/topics.tsv"
FILE = ROOT / "crates/text/data/topics.bin"
VERSION = 1
WIDTH = 256
HELD_BY = 8
LENGTH = 2.0
RIDGE = 0.3
FOLDS = 4
ALONE = 2**32 - 1
ASKED = ("fifty minutes of music and then they hung up", "let people keep their slot when they ring back")


def table(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read():
    """The topics' keys, and examples: topic, trade, side, text."""
    keys = [row["topic"] for row in table(TOPICS)]
    number = {key: at for at, key in enumerate(keys)}
    rows = [(number[r["topic"]], r["trade"], r["side"], r["text"]) for r in table(HERE / "lines.tsv")]
    topic_of = {(r["trade"], r["subject"]): number[r["topic"]] for r in table(HERE / "subjects.tsv")}
    for r in table(ROOT / "tools/bridge/pairs.tsv"):
        topic = topic_of.get((r["trade"], r["subject"]))
        if topic is not None:
            rows.append((topic, r["trade"], r["side"], r["text"]))
    return keys, rows


def parts(ids):
    return [(a, ALONE) for a in ids] + list(zip(ids, ids[1:]))


class Words:
    """Wordpieces and pairs of them, weighed as `throughline_text::classify` weighs them."""

    def __init__(self, texts):
        held = Counter(part for ids in texts for part in set(parts(ids)))
        self.known = sorted(part for part, count in held.items() if count >= HELD_BY)
        self.place = {part: at for at, part in enumerate(self.known)}
        self.idf = np.array([1 + np.log((1 + len(texts)) / (1 + held[part])) for part in self.known])

    def rows(self, texts):
        data, places, starts = [], [], [0]
        for ids in texts:
            count = Counter(self.place[part] for part in parts(ids) if part in self.place)
            at = sorted(count)
            row = np.array([self.idf[p] * (1 + np.log(count[p])) for p in at])
            data.extend(LENGTH * row / max(np.linalg.norm(row), 1e-9))
            places.extend(at)
            starts.append(len(places))
        return csr_matrix((data, places, starts), shape=(len(texts), len(self.known)))


def fit(vectors, ids, topics):
    words = Words(ids)
    # liblinear's and lbfgs' C is one over the ridge; classes weigh alike.
    model = LogisticRegression(C=1 / RIDGE, class_weight="balanced", max_iter=500, tol=1e-4)
    model.fit(hstack([csr_matrix(vectors), words.rows(ids)]).tocsr(), topics)
    return words, model


def tried(words, model, vectors, ids, topics, side):
    """How often the right topic comes first, and among three, by side."""
    scores = model.decision_function(hstack([csr_matrix(vectors), words.rows(ids)]).tocsr())
    place = (scores > scores[np.arange(len(scores)), topics][:, None]).sum(axis=1)
    of = {name: place[side == name] for name in "CE"}
    return {name: ((of[name] == 0).mean(), (of[name] < 3).mean(), len(of[name])) for name in "CE"}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--without", help="trades to leave out: a regular expression")
    arguments.add_argument("--to", type=Path, default=FILE)
    args = arguments.parse_args()
    if args.without and args.to == FILE:
        sys.exit("--without needs --to: the shipped file knows all trades")
    keys, rows = read()
    nearness = Nearness()
    topics = np.array([row[0] for row in rows])
    trades = [row[1] for row in rows]
    side = np.array([row[2] for row in rows])
    texts = [row[3] for row in rows]
    ids = [[int(i) for i in nearness.ids(text)] for text in texts]
    vectors = np.nan_to_num(nearness.shipped(texts))
    for name in "CE":
        vectors[side == name] -= vectors[side == name].mean(axis=0)
    if args.without:
        parts_ = [np.array([bool(re.search(args.without, trade)) for trade in trades])]
    else:
        names = sorted(set(trades))
        parts_ = [np.isin(trades, names[fold::FOLDS]) for fold in range(FOLDS)]
    if not args.check:
        found = []
        for out in parts_:
            words, model = fit(vectors[~out], [row for row, o in zip(ids, out) if not o], topics[~out])
            there = [row for row, o in zip(ids, out) if o]
            found.append(tried(words, model, vectors[out], there, topics[out], side[out]))
        for name, who in (("C", "customers"), ("E", "employees")):
            counts = [one[name][2] for one in found]
            first, three = (np.average([one[name][at] for one in found], weights=counts) for at in (0, 1))
            print(f"{who} of trades left out: first {first:.3f}, among three {three:.3f} ({sum(counts)} lines)")
    if args.without:
        kept = ~parts_[0]
        vectors, topics = vectors[kept], topics[kept]
        ids = [row for row, keep in zip(ids, kept) if keep]
    words, model = fit(vectors, ids, topics)
    assert list(model.classes_) == list(range(len(keys))), "a topic without an example"
    slopes = model.coef_.T
    scales = np.maximum(np.abs(slopes).max(axis=1), 1e-9) / 127
    bytes_ = np.rint(slopes / scales[:, None]).astype(np.int8)
    file = b"TLTOPICS" + struct.pack("<3I", VERSION, len(keys), len(words.known))
    file += model.intercept_.astype("<f4").tobytes()
    for at in range(WIDTH):
        file += struct.pack("<f", scales[at]) + bytes_[at].tobytes()
    for at, (one, other) in enumerate(words.known):
        file += struct.pack("<2I2f", one, other, words.idf[at], scales[WIDTH + at]) + bytes_[WIDTH + at].tobytes()
    print(len(keys), "topics,", len(ids), "examples,", len(words.known), "words and pairs,", len(file), "bytes")
    if args.check:
        there = np.frombuffer(FILE.read_bytes(), np.int8)
        made = np.frombuffer(file, np.int8)
        apart = np.mean(np.abs(there.astype(int) - made) > 2) if len(there) == len(made) else 1.0
        print(f"bytes more than 2 apart: {apart:.4f}")
        sys.exit(int(apart > 0.05))
    args.to.write_bytes(file)
    rows_ = slopes[:WIDTH], slopes[WIDTH:]
    for text in ASKED:
        row = [int(i) for i in nearness.ids(text)]
        score = nearness.shipped([text])[0] @ rows_[0] + words.rows([row]) @ rows_[1] + model.intercept_
        score = score.ravel()
        told = np.exp(score - score.max())
        told /= told.sum()
        print("for the test:", text, [(keys[t], round(float(told[t]), 3)) for t in np.argsort(-told)[:3]])


if __name__ == "__main__":
    main()
