"""Reads `crates/text/data/topics.bin` as `text::topics` does."""

import struct
from collections import Counter
from pathlib import Path

import numpy as np

from learn import FILE, LENGTH, WIDTH, parts

# How much surer leanings are than the classifier, as in `text::topics`.
SHARPNESS = 1.5


class Topics:
    """The classifier."""

    def __init__(self, path=FILE):
        raw = Path(path).read_bytes()
        _, count, words = struct.unpack("<3I", raw[8:20])
        self.intercepts = np.frombuffer(raw, "<f4", count, 20)
        row = [("scale", "<f4"), ("bytes", "i1", count)]
        part = [("first", "<u4"), ("second", "<u4"), ("idf", "<f4")]
        at = 20 + 4 * count
        of_vector = np.frombuffer(raw, np.dtype(row), WIDTH, at)
        of_parts = np.frombuffer(raw, np.dtype(part + row), words, at + np.dtype(row).itemsize * WIDTH)
        self.of_vector = of_vector["scale"][:, None] * of_vector["bytes"]
        self.of_parts = of_parts["scale"][:, None] * of_parts["bytes"]
        self.idf = of_parts["idf"]
        self.place = {(int(p["first"]), int(p["second"])): at for at, p in enumerate(of_parts)}

    def odds(self, nearness, texts, vectors):
        """Log-odds of each topic; `vectors` are the shipped ones of the texts of one side."""
        odds = (vectors - vectors.mean(axis=0)) @ self.of_vector + self.intercepts
        for row, text in enumerate(texts):
            known = Counter(p for p in parts([int(i) for i in nearness.ids(text)]) if p in self.place)
            if known:
                places = [self.place[part] for part in known]
                weights = self.idf[places] * (1 + np.log(list(known.values())))
                odds[row] += LENGTH * weights / np.linalg.norm(weights) @ self.of_parts[places]
        return odds

    def leanings(self, nearness, texts, vectors):
        """How far texts lean to each topic: roots of probabilities."""
        odds = SHARPNESS * self.odds(nearness, texts, vectors)
        told = np.exp(odds - odds.max(axis=1, keepdims=True))
        return np.sqrt(told / told.sum(axis=1, keepdims=True))


