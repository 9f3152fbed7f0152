"""The shipped table's bytes: vocabulary, one f32 scale and 256 signed bytes a wordpiece.

Layout, little-endian, no padding (read by crates/text/src/vectors.rs):

    magic       8 bytes   "TLVECTOR"
    version     u32       1
    dimensions  u32       256
    rows        u32       wordpieces that have a row
    first_id    u32       vocabulary id of row 0; ids below it have no row
    unknown_id  u32       id of [UNK]
    words       u32       bytes of the vocabulary
    vocabulary            the rows' wordpieces, each followed by "\\n"
    scales      rows x f32
    rows        rows x dimensions x i8, row-major: value = scale * byte
"""

import struct
from pathlib import Path

import numpy as np

MAGIC, VERSION = b"TLVECTOR", 1
FIRST_ID = 999  # below it: [PAD], [UNK], [CLS], [SEP], [MASK] and 994 [unusedN], none of which a text yields
UNKNOWN_ID = 100
LARGEST_FILE = 8_000_000


def quantise(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of f32 -> (bytes i8, scale f32 a row), the row's largest value at +-127."""
    scale = np.abs(table).max(1) / 127
    scale[scale == 0] = 1
    return np.rint(table / scale[:, None]).astype(np.int8), scale.astype("<f4")


def write(path: Path, vocabulary: list[str], table: np.ndarray) -> int:
    """Writes the rows from FIRST_ID on; returns the file's size in bytes."""
    words = "".join(f"{word}\n" for word in vocabulary[FIRST_ID:]).encode()
    rows, scale = quantise(table[FIRST_ID:])
    head = MAGIC + struct.pack("<6I", VERSION, rows.shape[1], rows.shape[0], FIRST_ID, UNKNOWN_ID, len(words))
    content = head + words + scale.tobytes() + rows.tobytes()
    if len(content) > LARGEST_FILE:
        raise SystemExit(f"the table would have `{len(content)}` bytes, more than `{LARGEST_FILE}`")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return len(content)
