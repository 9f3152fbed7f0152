"""BERTopic with MiniLM's sentence vectors, as its authors' defaults have it, and its variants.

The vectors are MiniLM's own (all-MiniLM-L6-v2, BERTopic's default model) by the numpy forward pass of
tools/vector-table. UMAP and HDBSCAN are BERTopic's defaults but for the seed.
"""

import sys
import time
import warnings
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools/vector-table"))

import numpy as np
from minilm import MiniLM, model_dir
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

warnings.filterwarnings("ignore")
from bertopic import BERTopic  # noqa: E402
from umap import UMAP  # noqa: E402

LONGEST = 254  # wordpieces MiniLM reads
DEFAULT_LEAST = 10  # BERTopic's min_topic_size


@dataclass
class Peer:
    topics: np.ndarray  # topic of each text, -1 = outlier
    cpu: float  # from texts to topics, vectors included

    @property
    def count(self) -> int:
        return len(set(self.topics.tolist()) - {-1})

    @property
    def placed(self) -> float:
        return float((self.topics >= 0).mean())


def vectors(texts: list[str]) -> tuple[np.ndarray, float]:
    """Unit sentence vectors of MiniLM and the CPU-seconds they took."""
    start = time.process_time()
    tokenizer = Tokenizer(models.WordPiece.from_file(str(model_dir() / "vocab.txt"), unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ids = [np.array(e.ids[:LONGEST], int) for e in tokenizer.encode_batch(texts, add_special_tokens=False)]
    return MiniLM(model_dir()).encode(ids), time.process_time() - start


def warm_up() -> None:
    """Lets numba compile what UMAP uses, so that no fit is charged for it."""
    UMAP(n_neighbors=5, random_state=0).fit(np.random.default_rng(0).normal(size=(300, 16)))


def fitted(texts, embeddings, seed: int, least: int) -> tuple[BERTopic, float]:
    start = time.process_time()
    # BERTopic's own default reducer, with a seed.
    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed, low_memory=False)
    model = BERTopic(umap_model=reducer, min_topic_size=least, calculate_probabilities=False)
    model.fit(texts, embeddings)
    return model, time.process_time() - start


def all_placed(model, texts, embeddings, cpu: float) -> Peer:
    """Each outlier put with the topic whose vector is nearest."""
    start = time.process_time()
    topics = list(model.topics_)
    if -1 in topics:
        topics = model.reduce_outliers(texts, topics, strategy="embeddings", embeddings=embeddings)
    return Peer(np.array(topics), cpu + time.process_time() - start)


def variants(texts: list[str], embeddings: np.ndarray, vector_cpu: float, seed: int, counts: list[int]) -> dict:
    """{(wanted number of topics or None, "kept" or "placed"): Peer} for one seed.

    For a wanted number, topics are merged by `nr_topics`; where the defaults find fewer, a smaller
    `min_topic_size` gives enough to merge.
    """
    fits = {DEFAULT_LEAST: fitted(texts, embeddings, seed, DEFAULT_LEAST)}
    found = {}
    for wanted in [None, *counts]:
        least = DEFAULT_LEAST
        model, cpu = fits[least]
        while wanted and len(set(model.topics_) - {-1}) < wanted and least > 2:
            least -= 2
            fits.setdefault(least, None)
            fits[least] = fits[least] or fitted(texts, embeddings, seed, least)
            model, cpu = fits[least]
        if wanted and len(set(model.topics_) - {-1}) > wanted:
            start = time.process_time()
            model = deepcopy(model)
            # nr_topics counts the outliers' topic.
            model.reduce_topics(texts, nr_topics=wanted + (-1 in model.topics_))
            cpu += time.process_time() - start
        found[wanted, "kept"] = Peer(np.array(model.topics_), vector_cpu + cpu)
        found[wanted, "placed"] = all_placed(model, texts, embeddings, vector_cpu + cpu)
    return found
