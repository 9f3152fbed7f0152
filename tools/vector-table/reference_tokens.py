"""Writes the reference token ids that the Rust WordPiece is tested against.

    python reference_tokens.py [../../../shared/data]

Two fixtures in crates/text/tests/fixtures/: `wordpiece.json`, ids of strings made here to be
tricky, and `wordpiece_hashes.json`, one xxh3-128 a column of the shared data files (no text of
theirs). The reference is the `tokenizers` package's BertNormalizer, BertPreTokenizer and WordPiece
with MiniLM's vocabulary; added tokens ("[MASK]" and the like in a text) are not recognised.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import xxhash
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from minilm import model_dir

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "crates/text/tests/fixtures"
COLUMNS = [
    ("bank-customers/train.csv", ",", "text"),
    ("bank-customers/test.csv", ",", "text"),
    ("patient-feedback/phase1_text_data.csv", ",", "feedback"),
    ("patient-feedback/phase1_co_multi_label.csv", ",", "feedback"),
    ("bank-employees/employees_opinion_ext.csv", ";", "like"),
    ("bank-employees/employees_opinion_ext.csv", ";", "dislike"),
]
TRICKY = [
    "", " ", "\t\r\n", "Hello, World!", "don't won't it's o'clock", "e-mail: jane.doe@example.org",
    "https://www.example.com/a/b?c=d&e=f#g", "£12.50, 3,000 €, $4, ¥500, 20%", "1st 2nd 3rd 42 007 1999-12-31",
    "café crème brûlée", "cafe\u0301 cre\u0300me", "Zürich Straße GROẞ ß", "İstanbul ISPARTA ıspanak İ", "naïve façade Ångström Łódź øre",
    "ĳssel ﬁne ﬂow ﬀ ﬃ", "ΟΔΥΣΣΕΥΣ Σίσυφος σς", "Привет, мир! Ёлка й", "שָׁלוֹם עֲלֵיכֶם", "مَرْحَبًا بِكُم ٱلله", "हिन्दी में कि क्या", "ไทยภาษา น้ำ", "தமிழ் மொழி", "ကြောင့်",
    "中文字符 mixed中文in英文", "日本語のテキスト カタカナ", "ｶﾞｷﾞ ＡＢＣ１２３！", "한국어 텍스트 각", "豈更車 \uf900\ufa10", "\U00020000\U0002a6d6 \U0002f800", "々〆〇 〻",
    "🙂 great! 😡😡 👍🏽 👩‍👩‍👧 🇬🇧 ❤️ ☎️", "🫠🪿🫨🦖", "\U0001f9ff\U0001fac0 \U0001faf8 new emoji", "a\u200bb zero\u200cwidth\u200djoiner \ufeffbom \u2060x",
    "soft\u00adhyphen no\u00a0break thin\u2009space \u3000wide\u3000", "line\u2028sep para\u2029sep next\u0085line vt\x0bff\x0cend",
    "bell\x07 nul\x00 esc\x1b[31m del\x7f \x1c\x1d\x1e\x1f c1\x80\x9f", "repl\ufffdaced", "private \ue000 use \U000f0000 x\U0010ffffy non\uffffchar \ufdd0",
    "“quotes” ‘single’ «guillemets» „low‟ ‹x›", "dash – em — minus − hyphen ‐ ellipsis … bullet • dot ·", "§ ¶ † ‡ ‰ ′ ″ ※ ‼ ⁇ ¡hola! ¿qué?", "© ® ™ ° ± × ÷ ¬ ¦ ¨ ´ ¸ ª º ² ³ ¹ ½ µ",
    "→ ← ⇒ ∞ ≈ ≤ ≥ √ ∑ ∫", "⁰¹²³ ₀₁₂ Ⅷ ⅷ ① ⓐ ㎏ ㍿ ℃ Ω Å K", "。、「」『』！？：；（）【】", "׃ ؟ ، । ॥ ๏ ༄ ᠀ ⸮ ⁂ ︙ ﹏ ～ ｡", "^ ` ~ | < > = + $ _ snake_case a^b",
    "[CLS] [SEP] [MASK] [UNK] [PAD] [unused7]", "##ing ing## # ## ###", "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "e\u0301" * 100, "x" * 300 + " then more",
    "中" * 120, "𝕳𝖊𝖑𝖑𝖔 𝒲𝑜𝓇𝓁𝒹", "Ⓗⓔⓛⓛⓞ", "h\u0336e\u0336l\u0336l\u0336o Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "\u0301leading mark", "a \u0301 b", "\u1e9b\u0323 \u0344 \u0374 \u037e \u0387 \u2126 \u212b",
    "ǅ ǈ ǋ Ǆ ŉ ǰ ΐ և", "ⰀⰁ Ꙁꙁ ᲐᲑ აბ Ꭰ ꭰ", "𐐀𐐨 𞤀𞤢", "\u0130\u0131\u017f\u212a", "अ\u093e आ\u0902 क्\u200dष", "\u20dd enclosing a\u20dd b\u20e3 1\ufe0f\u20e3", "\u0903 mc \u0bbe",
    "antidisestablishmentarianism supercalifragilisticexpialidocious", "hsbc natwest revolut monzo barclays contactless chargeback", "Covid-19 A&E NHS111 GP's ward7B", "asdfghjkl qwrtzp xkcd", "THE QUICK BROWN FOX", "n/a N/A n.a. -- ... ?!?! :-) ;) <3",
    "one\ntwo\r\nthree\tfour", "  leading and trailing  ", "tel +44 (0)20 7946 0958", "4929-1234-5678-9012", "%20&amp;&#39;&nbsp;<br/>", "\u00c3\u00a9 mojibake â€™ Â£",
]


def reference() -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece.from_file(str(model_dir() / "vocab.txt"), unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def ids_of(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [e.ids for e in tokenizer.encode_batch(texts, add_special_tokens=False)]


def main(data: Path) -> None:
    tokenizer = reference()
    FIXTURES.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({"text": t, "ids": i}) for t, i in zip(TRICKY, ids_of(tokenizer, TRICKY))]
    (FIXTURES / "wordpiece.json").write_text("[\n" + ",\n".join(lines) + "\n]\n")

    hashes = []
    for file, delimiter, column in COLUMNS:
        with open(data / file, newline="", encoding="utf-8") as lines:
            texts = [row[column] or "" for row in csv.DictReader(lines, delimiter=delimiter)]
        stream, count = xxhash.xxh3_128(), 0
        for ids in ids_of(tokenizer, texts):
            # A text ends with u32::MAX, which is no id, so that texts can't run together.
            stream.update(np.array(ids + [0xFFFFFFFF], "<u4").tobytes())
            count += len(ids)
        hashes.append({"file": file, "delimiter": delimiter, "column": column,
                       "texts": len(texts), "ids": count, "xxh3_128": stream.hexdigest()})
        print(hashes[-1])
    (FIXTURES / "wordpiece_hashes.json").write_text(
        "[\n" + ",\n".join(json.dumps(h) for h in hashes) + "\n]\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/data")
