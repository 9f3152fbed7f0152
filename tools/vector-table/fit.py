"""Rows for every wordpiece, such that a text's weighted sum of rows comes near MiniLM's vector of it.

Three steps. (1) What MiniLM says of each wordpiece alone: its pooled output beside its input
embedding, 768 numbers. (2) A ridge map from a sentence's weighted mean of these to the first 256
principal components of the sentence's MiniLM vector. (3) A sparse correction of single rows, least
squares with a penalty that keeps rare wordpieces near the map, by conjugate gradients.
The weights are smooth inverse frequency (Arora, Liang & Ma 2017) with Zipf's law of the vocabulary's
order in place of counts, and are folded into the rows.
"""

import numpy as np
import scipy.sparse as sparse

SIF = 1e-4
RIDGE = 1e-3  # of the mean variance of a feature
STAY_NEAR_MAP = 3.0  # in sentences: a wordpiece seen this often goes half way to its own estimate
ITERATIONS = 30


def zipf_weights(count: int) -> np.ndarray:
    chance = 1 / np.arange(2, count + 2)
    return (SIF / (SIF + chance / chance.sum())).astype(np.float32)


def features(token_means: np.ndarray, embeddings: np.ndarray) -> np.ndarray:
    """(wordpieces, 384) twice -> (wordpieces, 768), the embeddings centred and of unit length."""
    centred = embeddings - embeddings.mean(0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    return np.hstack([token_means, centred]).astype(np.float32)


def bags(sentences: list[np.ndarray], weights: np.ndarray) -> sparse.csr_matrix:
    """Sentences x wordpieces: the weights of what a sentence holds, each row of length 1."""
    row = np.repeat(np.arange(len(sentences)), [len(s) for s in sentences])
    column = np.concatenate(sentences)
    counts = sparse.csr_matrix((weights[column], (row, column)), shape=(len(sentences), len(weights)))
    length = np.sqrt(np.asarray(counts.multiply(counts).sum(1)).ravel())
    return (sparse.diags(1 / np.maximum(length, 1e-6).astype(np.float32)) @ counts).tocsr()


def fit_table(sentences, targets, token_features, dimensions: int) -> tuple[np.ndarray, np.ndarray]:
    """Token ids and unit MiniLM vectors of sentences -> (rows, principal axes (384, dimensions))."""
    weights = zipf_weights(len(token_features))
    centred = targets - targets.mean(0)
    axes = np.linalg.eigh(centred.T.astype(np.float64) @ centred)[1][:, ::-1][:, :dimensions]
    # Each axis points where its largest part is positive, so that the signs are nobody's whim.
    axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(dimensions)])
    goal = (centred @ axes).astype(np.float32)

    held = bags(sentences, weights)
    pooled = (held @ token_features).astype(np.float64)
    gram = pooled.T @ pooled
    ridge = RIDGE * np.trace(gram) / len(gram) * np.eye(len(gram))
    rows = token_features @ np.linalg.solve(gram + ridge, pooled.T @ goal).astype(np.float32)
    rows += correction(held, goal - held @ rows)
    return rows * weights[:, None], axes.astype(np.float32)


def correction(held, left_over) -> np.ndarray:
    """argmin |left_over - held x|^2 + STAY_NEAR_MAP |x|^2, every dimension by its own descent."""
    transposed = held.T.tocsr()
    x = np.zeros((held.shape[1], left_over.shape[1]), np.float32)
    residual = transposed @ left_over
    direction, size = residual.copy(), np.square(residual).sum(0)
    for _ in range(ITERATIONS):
        image = transposed @ (held @ direction) + np.float32(STAY_NEAR_MAP) * direction
        step = size / np.maximum((direction * image).sum(0), 1e-12)
        x += step * direction
        residual -= step * image
        before, size = size, np.square(residual).sum(0)
        direction = residual + (size / np.maximum(before, 1e-12)) * direction
    return x
