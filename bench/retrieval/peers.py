"""R@10 of the peers on the texts of crates/text/examples/retrieval.rs, whose output is read from stdin.

Peers: MiniLM itself (sentence vectors, the numpy forward pass of tools/vector-table) and TF-IDF
reduced to 200 components. Prints each peer's figure and ours divided by it.
"""

import csv
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools/vector-table"))

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import svds

from minilm import MiniLM, model_dir, unit
from reference_tokens import ids_of, reference

NO_SUBJECT = {"", "NA", "Nothing to improve", "Everything was good/bad", "Nothing was good", "General", "Miscellaneous"}
LONGEST = 254  # wordpieces MiniLM reads


def read(path, text, label):
    with open(path, newline="", encoding="utf-8") as lines:
        return [(row[text], row[label]) for row in csv.DictReader(lines)]


def sets(data: Path):
    bank = [row for file in ("train.csv", "test.csv") for row in read(data / "bank-customers" / file, "text", "category")]
    yield "bank customers, intent", bank
    patients = read(data / "patient-feedback/phase1_text_data.csv", "feedback", "subcategory")
    patients = [(t, s) for t, s in patients if len(t) > 10 and s not in NO_SUBJECT]
    counts = Counter(s for _, s in patients)
    yield "patients, subcategory", [(t, s) for t, s in patients if counts[s] >= 40]


def r_at_10(vectors, labels) -> float:
    vectors = unit(vectors - vectors.mean(0)).astype(np.float32)
    hits = 0
    for at in range(0, len(vectors), 512):
        cosines = vectors[at : at + 512] @ vectors.T
        cosines[np.arange(len(cosines)), np.arange(at, at + len(cosines))] = -9
        nearest = np.argpartition(-cosines, 10, axis=1)[:, :10]
        hits += (labels[nearest] == labels[at : at + 512, None]).sum()
    return hits / (10 * len(vectors))


def tf_idf(ids, components=200):
    row = np.repeat(np.arange(len(ids)), [len(i) for i in ids])
    counts = sparse.csr_matrix((np.ones(len(row)), (row, np.concatenate(ids).astype(int))))
    counts.sum_duplicates()
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    counts.data = 1 + np.log(counts.data)
    weighted = counts @ sparse.diags(np.log(len(ids) / np.maximum(frequency, 1)))
    norm = np.sqrt(np.asarray(weighted.multiply(weighted).sum(1)).ravel())
    weighted = sparse.diags(1 / np.maximum(norm, 1e-9)) @ weighted
    left, size, _ = svds(weighted, k=components, random_state=0)
    return left * size


def main(data: Path) -> None:
    ours = dict(re.findall(r"^(.+): R@10 ([\d.]+)", sys.stdin.read(), re.M))
    tokenizer, model = reference(), MiniLM(model_dir())
    for name, rows in sets(data):
        texts, labels = [t for t, _ in rows], np.unique([s for _, s in rows], return_inverse=True)[1]
        ids = [np.array(i[:LONGEST], int) for i in ids_of(tokenizer, texts)]
        for peer, vectors_of in (("TF-IDF, 200 components", tf_idf), ("MiniLM", model.encode)):
            start = time.process_time()
            vectors = vectors_of(ids)
            rate = len(texts) / (time.process_time() - start)
            figure = r_at_10(vectors, labels)
            ratio = float(ours[name]) / figure
            print(f"{name}: {peer} R@10 {figure:.4f}, ours / theirs {ratio:.3f} ({rate:.0f} texts a CPU-second)", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
