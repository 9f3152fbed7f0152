"""The likeliest share of praise in a channel, by scipy: reference of `throughline_insight::tone`.

    python3 tools/reference/praise_share.py
"""

import numpy as np
from scipy.optimize import minimize_scalar

RATIOS = np.exp((np.arange(400) % 40) / 4 - 7)


def likeliest(ratios, by_phrase):
    """Maximises a mixture's likelihood, phrases that are praise with .95, and a beta prior worth a hundred comments."""

    def against(share):
        fits = np.log(share * ratios + 1 - share).sum()
        of_praise, of_problems = 25 + 0.95 * by_phrase, 75 + 0.05 * by_phrase
        return -(fits + of_praise * np.log(share) + of_problems * np.log(1 - share))

    found = minimize_scalar(against, bounds=(1e-9, 1 - 1e-9), method="bounded", options={"xatol": 1e-13})
    return found.x


for ratios, by_phrase in ((RATIOS, 0), (RATIOS[:20], 3)):
    share = likeliest(ratios, by_phrase)
    print(f"share {share:.8f}, problems to one {(1 - share) / share:.6f}")
