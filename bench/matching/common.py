"""What the rules are learnt with: rows of a file, unit rows, how likely counts are, how near answers are to problems."""

import csv
from pathlib import Path

import numpy as np
from scipy.special import gammaln

BRIDGE = Path(__file__).resolve().parents[2] / "crates/insight/src/matches/bridge.bin"
# Weight of topics beside the cosine of meanings, as in `insight::addressed`.
TOPICS = 1.0


def rows(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)


def without_common(x):
    return unit(x - x.mean(0))


def likelihood(counts, base):
    """Dirichlet-multinomial, without the coefficient; 0 for no counts."""
    sums = gammaln(base.sum(-1)) - gammaln(base.sum(-1) + counts.sum(-1))
    return sums + (gammaln(base + counts) - gammaln(base)).sum(-1)


def bridge():
    """What is known of customers' meanings (rows) and employees' that go together."""
    raw = BRIDGE.read_bytes()
    return np.frombuffer(raw, np.int8, offset=4).reshape(256, 256) * np.frombuffer(raw, "<f4", 1)[0]


def near(meanings, leanings, centres, profiles, known):
    """How near answers are to problems, as `insight::addressed::near` says it; all without what their side has in
    common."""
    return meanings @ centres.T + (meanings @ known.T) @ centres.T + TOPICS * leanings @ profiles.T
