"""Writes crates/text/src/wordpiece/characters.rs: how the reference tokenizer treats every character.

Asked of the `tokenizers` package itself, code point by code point, since its Unicode
tables are older than Rust's own and the ids must agree.

    python characters.py
"""

import subprocess
from pathlib import Path

from tokenizers import normalizers, pre_tokenizers

TARGET = Path(__file__).resolve().parents[2] / "crates/text/src/wordpiece/characters.rs"
POINTS = [p for p in range(0x110000) if not 0xD800 <= p < 0xE000]


def normaliser(**only):
    off = {"clean_text": False, "handle_chinese_chars": False, "strip_accents": False, "lowercase": False}
    return normalizers.BertNormalizer(**(off | only))


def ranges(belongs) -> list[tuple[int, int]]:
    found: list[list[int]] = []
    for point in POINTS:
        if belongs(chr(point)):
            if found and found[-1][1] == point - 1:
                found[-1][1] = point
            else:
                found.append([point, point])
    return [(a, b) for a, b in found]


def main() -> None:
    clean, chinese = normaliser(clean_text=True), normaliser(handle_chinese_chars=True)
    accents, split = normaliser(strip_accents=True), pre_tokenizers.BertPreTokenizer()
    tables = {
        "DROPPED": ("removed before anything else: controls, format characters, unassigned points",
                    lambda c: clean.normalize_str(f"a{c}a") == "aa"),
        "SPACE": ("a space",
                  lambda c: clean.normalize_str(f"a{c}a") == "a a"),
        "IDEOGRAPH": ("a word of its own: Chinese characters",
                      lambda c: chinese.normalize_str(c) == f" {c} "),
        "MARK": ("removed after decomposition: accents (category Mn)",
                 lambda c: accents.normalize_str(f"a{c}") == "a"),
        "PUNCTUATION": ("a word of its own: ASCII punctuation and categories P*",
                        lambda c: len(split.pre_tokenize_str(f"a{c}a")) == 3),
    }
    lines = [
        "//! How the reference tokenizer treats each character, as sorted inclusive ranges.",
        "//! Made by `tools/vector-table/characters.py`; don't edit by hand.",
        "",
    ]
    for name, (meaning, belongs) in tables.items():
        found = ranges(belongs)
        lines.append(f"/// {meaning[0].upper()}{meaning[1:]}.")
        lines.append(f"pub(super) const {name}: [(u32, u32); {len(found)}] = [")
        lines += [f"    (0x{a:X}, 0x{b:X})," for a, b in found]
        lines += ["];", ""]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(lines[:-1]) + "\n")
    subprocess.run(["rustfmt", "--edition", "2024", TARGET], check=True)


if __name__ == "__main__":
    main()
