"""Reference for `throughline_text::classify`: scikit-learn on the same features, put together here by numpy.

    pip install --no-deps -r tools/vector-table/requirements.txt && pip install scikit-learn
    python3 tools/reference/classify.py

Reads the examples from the test that holds the values (`crates/text/tests/it/learning.rs`). Features: the text's
vector less the examples' mean (classes weighing alike), a constant, and its wordpieces and pairs of wordpieces that
two examples hold, TF-IDF (1 + ln tf)(1 + ln((1 + n)/(1 + df))), together of length 2. Multinomial logistic regression,
each class weighing alike, ridge/2 times the squares of all coefficients.
"""

import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/wordings"))
from hardness import Nearness  # noqa: E402

RIDGE = 0.1
ASKED = ("increase our wages and annual leave", "let customers refund without a phone call", "no complaints at all")


def keys(ids):
    return [(a, None) for a in ids] + list(zip(ids, ids[1:]))


def main():
    test = (ROOT / "crates/text/tests/it/learning.rs").read_text(encoding="utf-8")
    examples = [(text, int(label)) for text, label in re.findall(r'^    \("(.+)", (\d)\),$', test, re.M)]
    texts, labels = [text for text, _ in examples], np.array([label for _, label in examples])
    nearness = Nearness()
    ids = [[int(i) for i in nearness.ids(text)] for text in texts]
    held = Counter(key for row in ids for key in set(keys(row)))
    known = sorted((key for key, count in held.items() if count >= 2), key=str)
    place = {key: at for at, key in enumerate(known)}
    idf = {key: 1 + np.log((1 + len(texts)) / (1 + held[key])) for key in known}
    weights = len(texts) / (len(set(labels)) * np.bincount(labels)[labels])
    vectors = nearness.shipped(texts)
    mean = (vectors * weights[:, None]).sum(0) / weights.sum()

    def features(text):
        row = np.zeros(len(known))
        for key, count in Counter(keys([int(i) for i in nearness.ids(text)])).items():
            if key in place:
                row[place[key]] = idf[key] * (1 + np.log(count))
        length = np.linalg.norm(row)
        words = 2 * row / length if length else row
        return np.concatenate([nearness.shipped([text])[0] - mean, [1.0], words])

    model = LogisticRegression(C=1 / RIDGE, fit_intercept=False, tol=1e-10, max_iter=100_000)
    model.fit(np.array([features(text) for text in texts]), labels, sample_weight=weights)
    print(len(examples), "examples,", len(known), "words and pairs")
    for text in ASKED:
        print(text, model.predict_proba([features(text)])[0].round(5))


if __name__ == "__main__":
    main()
