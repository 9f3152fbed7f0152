"""How hard the sample company's wordings are to tell apart, beside real files.

For each line: does the nearest line of another wording (another text, in real files) mean the
same? Nearness is by the shipped word vectors and by MiniLM. A sample that is much easier than real
files would flatter the program; one that is much harder would slander it.

    pip install --no-deps -r tools/vector-table/requirements.txt
    python3 bench/wordings/hardness.py [--data ../shared/data]

Prints a table: lines, meanings, and the share of right neighbours; then the same where each meaning has six
texts of different wordings and there are 26 meanings (mean over draws), since more texts of a meaning make a
right neighbour likelier. About two minutes.
"""

import argparse
import csv
import random
import re
import struct
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools/vector-table"))
from minilm import MiniLM, model_dir  # noqa: E402

WORDINGS = ROOT / "crates/sample/src/catalogue"
TEXTS_A_MEANING = 8
MEANINGS = 40
EVEN_TEXTS, EVEN_MEANINGS, EVEN_DRAWS = 6, 26, 40


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


class Nearness:
    """Both kinds of vectors."""

    def __init__(self):
        raw = (ROOT / "crates/text/data/minilm-256-int8.bin").read_bytes()
        _, _, count, self.first, _, words = struct.unpack("<6I", raw[8:32])
        at = 32 + words
        scale = np.frombuffer(raw, "<f4", count, at)
        self.table = np.frombuffer(raw, np.int8, count * 256, at + 4 * count).reshape(count, 256) * scale[:, None]
        self.tokens = Tokenizer.from_file(str(model_dir() / "tokenizer.json"))
        self.tokens.no_padding()
        self.tokens.no_truncation()
        self.minilm = MiniLM(model_dir())

    def is_word(self, piece):
        """Whether a wordpiece holds a letter or a digit."""
        text = self.tokens.id_to_token(int(piece))
        return text != "[UNK]" and any(c.isalnum() for c in text)

    def ids(self, text):
        return np.array(self.tokens.encode(text, add_special_tokens=False).ids[:120])

    def shipped(self, texts):
        rows = [self.table[[i - self.first for i in self.ids(t) if i >= self.first]].sum(0) for t in texts]
        return unit(np.array(rows))

    def sentences(self, texts):
        return self.minilm.encode([self.ids(t) for t in texts])


def right(vectors, meanings, wordings):
    """Share of texts whose nearest of another wording means the same."""
    centred = unit(vectors - vectors.mean(0))
    near = centred @ centred.T
    near[wordings[:, None] == wordings[None]] = -9
    return float(np.mean(meanings[near.argmax(1)] == meanings))


def expanded(template, slots, draw):
    for name, grammar in slots.items():
        template = re.sub("@" + name + r"\b", lambda _: grammar, template)
    template = re.sub(r"#(\d+)-(\d+)", lambda m: str(draw.randint(int(m[1]), int(m[2]))), template)
    while "[" in template:
        template = re.sub(r"\[([^\[\]]*)\]", lambda m: draw.choice(m[1].split("|")), template)
    return re.sub(" +", " ", template).strip(" ,")


def sample(bank, kinds):
    """Each line of a bank, twice."""
    slots = dict(re.findall(r'\(\s*"(\w+)",\s*"([^"]+)",?\s*\)', (WORDINGS / "slots.rs").read_text()))
    draw, key, rows = random.Random(1), "", []
    for number, line in enumerate((WORDINGS / f"wordings/{bank}.txt").read_text().splitlines()):
        if line.startswith("## "):
            key = line[3:]
        elif ": " in line and line.split(": ", 1)[0] in kinds:
            rows += [(key, number, expanded(line.split(": ", 1)[1], slots, draw)) for _ in range(2)]
    return rows


def real(texts, labels):
    """A few texts of each of some labels, as in the sample."""
    draw, by = np.random.default_rng(1), defaultdict(list)
    for i in draw.permutation(len(texts)):
        by[labels[i]].append(i)
    known = sorted(label for label in by if len(by[label]) >= TEXTS_A_MEANING)
    chosen = [known[i] for i in draw.permutation(len(known))[:MEANINGS]]
    return [(label, i, texts[i]) for label in chosen for i in by[label][:TEXTS_A_MEANING]]


def complaints(path):
    texts, labels = [], []
    for row in list(csv.reader(path.open(newline="")))[1:]:
        code = "".join(c for c in row[4] if c.isdigit() or c == "-")
        text = row[3].strip()
        if re.fullmatch(r"-\d+", code) and text not in ("", "NA") and len(text) < 300:
            texts.append(text)
            labels.append(row[2])
    return texts, labels


def even(meanings, wordings, draw):
    """Places of six texts of different wordings of each of 26 meanings."""
    chosen = []
    for meaning in draw.permutation(meanings.max() + 1)[:EVEN_MEANINGS]:
        of = {}
        for at in draw.permutation(np.flatnonzero(meanings == meaning)):
            of.setdefault(wordings[at], at)
        chosen += list(of.values())[:EVEN_TEXTS]
    return np.array(chosen)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    data = parser.parse_args().data
    nearness = Nearness()
    sets = [
        (f"sample, {bank}, {name}", sample(bank, kinds))
        for bank in ("making", "held-out")
        for name, kinds in (("complaints", ("pain",)), ("ideas and blocks", ("idea", "block")))
    ]
    if data.exists():
        rows = list(csv.DictReader((data / "bank-customers/train.csv").open()))
        sets.append(("bank customers' questions", real([r["text"] for r in rows], [r["category"] for r in rows])))
        sets.append(("patients' complaints", real(*complaints(data / "patient-feedback/phase1_text_data.csv"))))
    else:
        print(f"{data} is absent: the sample alone", file=sys.stderr)
    print("| texts | meanings | texts | right, shipped vectors | right, MiniLM | even, shipped | even, MiniLM |")
    print("|---|---|---|---|---|---|---|")
    for name, rows in sets:
        meanings = np.unique([r[0] for r in rows], return_inverse=True)[1]
        wordings = np.array([r[1] for r in rows])
        texts = [r[2] for r in rows]
        figures, evens = [], []
        for vectors in (nearness.shipped(texts), nearness.sentences(texts)):
            figures.append(right(vectors, meanings, wordings))
            draw = np.random.default_rng(1)
            places = [even(meanings, wordings, draw) for _ in range(EVEN_DRAWS)]
            evens.append(np.mean([right(vectors[at], meanings[at], wordings[at]) for at in places]))
        shown = " | ".join(f"{figure:.2f}" for figure in figures + evens)
        print(f"| {name} | {meanings.max() + 1} | {len(texts)} | {shown} |", flush=True)


if __name__ == "__main__":
    main()
