"""Makes crates/text/data/minilm-256-int8.bin; see README.md.

    python make_table.py [--sentences 40000] [--seed 20261121] [--out FILE]
"""

import os

# Before numpy: more threads would sum in another order and change last bits.
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import argparse
import time
from pathlib import Path

import numpy as np
import xxhash

import fit
import table_file
from minilm import MiniLM, model_dir, unit
from sentences import Words, pseudo_sentences

DIMENSIONS = 256
FLATNESS = 20  # added to a word's rank in Zipf's law: the commonest words shan't drown the rest
SHIPPED = Path(__file__).resolve().parents[2] / "crates/text/data/minilm-256-int8.bin"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=20261121)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    options = parser.parse_args()

    folder = model_dir()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:30522]
    model = MiniLM(folder)
    say("model read")
    token_means = model.encode([np.array([i]) for i in range(len(vocabulary))])
    say("wordpieces alone encoded")

    words = Words(vocabulary, model.words, FLATNESS)
    sentences = pseudo_sentences(words, options.sentences, np.random.default_rng(options.seed))
    for sentence in sentences[:5]:
        print("   ", " ".join(vocabulary[i] for i in sentence))
    targets = model.encode(sentences)
    say(f"{len(sentences)} sentences encoded, {np.mean([len(s) for s in sentences]):.1f} wordpieces each")

    # One in fifty is left out, to see how near the table comes on sentences it wasn't fitted to.
    left_out = np.arange(len(sentences)) % 50 == 0
    seen = [s for s, out in zip(sentences, left_out) if not out]
    unseen = [s for s, out in zip(sentences, left_out) if out]
    table, axes = fit.fit_table(seen, targets[~left_out], fit.features(token_means, model.words), DIMENSIONS)
    theirs = unit((targets[left_out] - targets[~left_out].mean(0)) @ axes)
    ours = unit(np.stack([table[s].sum(0) for s in unseen]))
    say(f"fitted; mean cosine with MiniLM on {len(unseen)} sentences left out: {(ours * theirs).sum(1).mean():.4f}")

    size = table_file.write(options.out, vocabulary, table)
    print(f"{options.out.name}: {size} bytes, xxh3-128 {xxhash.xxh3_128(options.out.read_bytes()).hexdigest()}")


def say(what: str) -> None:
    print(f"{time.process_time():6.0f} CPU-s  {what}", flush=True)


if __name__ == "__main__":
    main()
