"""Writes a CSV of signals: id, at, unit, stage, score, comment (about 60 bytes a comment).

Seeded; the same number of rows gives the same bytes. No dependency outside the standard library.
Usage: generate.py ROWS FILE
"""

import datetime
import random
import sys

OPENINGS = ["I waited", "They asked me to wait", "Nobody told me why I waited", "We were sent away and waited",
            "The letter said to wait", "My call was cut off and I waited", "The form was lost and I waited"]
MIDDLES = ["twenty minutes", "three days", "over a week", "until closing time", "most of the morning",
           "far too long", "half an hour"]
ENDINGS = ["for a reply", "for my card", "to speak to someone", "for the refund", "at the counter",
           "for a second visit", "before it was put right, which \"was fine\"", "and then it worked, thank you"]
WAYS = ["by phone", "at the desk", "online", "by post"]
STAGES = ["join", "order", "delivery", "use", "pay", "support", "renew", "leave"]


def main(rows: int, path: str) -> None:
    draw = random.Random(7)
    units = [f"Branch {n:02d}" for n in range(60)]
    day0 = datetime.date(2023, 1, 1)
    days = [(day0 + datetime.timedelta(days=n)).isoformat() for n in range(730)]
    sentences = [f"{a} {b} {c}" for a in OPENINGS for b in MIDDLES for c in ENDINGS]
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("id,at,unit,stage,score,comment\n")
        lines = []
        for n in range(rows):
            # One answer in eight has no words.
            words = f"{draw.choice(sentences)} ({draw.choice(WAYS)}, visit {n % 99_991})" if n % 8 else ""
            if '"' in words or "," in words:
                # As every exporter does: quoted, with quotes doubled.
                words = '"' + words.replace('"', '""') + '"'
            lines.append(f"r{n:09d},{draw.choice(days)},{draw.choice(units)},{draw.choice(STAGES)},"
                         f"{int(draw.random() * 11)},{words}\n")
            if len(lines) == 65536:
                out.write("".join(lines))
                lines.clear()
        out.write("".join(lines))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
