"""Reference values for crates/stats `effect`: csdid (a port of R's did and DRDID) for balanced
panels, diff-diff for panels with holes (pairs of rows within units, as here).

Run:  python3 -m venv did-venv && did-venv/bin/pip install csdid==0.4.3 drdid==1.1.7 diff-diff==3.13.0
      did-venv/bin/python tools/reference/effect.py crates/stats/tests/data/effect.json
"""

import contextlib
import io
import json
import sys
import warnings

import numpy as np
import pandas as pd
from csdid.att_gt import ATTgt
from drdid.drdid import drdid_panel
from diff_diff import CallawaySantAnna

warnings.filterwarnings("ignore")


def panel(seed, units, periods, starts, shares, per_cluster=4):
    """Units with a level, a covariate that bends trends and choices, and effects that grow."""
    rng = np.random.default_rng(seed)
    x1, x2 = rng.normal(size=units), rng.normal(size=units)
    order = np.argsort(0.6 * x1 + rng.normal(size=units))
    start = np.zeros(units, dtype=int)
    cut = np.floor(np.cumsum(shares) * units).astype(int)
    for low, high, first in zip(np.r_[0, cut[:-1]], cut, starts):
        start[order[low:high]] = first
    rows = []
    level = rng.normal(size=units) * 2
    weight = rng.integers(1, 6, size=units)
    for i in range(units):
        for t in range(1, periods + 1):
            on = start[i] > 0 and t >= start[i]
            y = level[i] + 0.3 * t + 0.15 * t * x1[i] + 0.5 * rng.normal()
            y += (0.5 + 0.2 * (t - start[i]) + 0.1 * start[i]) if on else 0
            rows.append(
                (i, t, round(y, 4), int(start[i]), round(x1[i], 4), round(x2[i] + 0.1 * t, 4),
                 int(weight[i]), i // per_cluster)
            )
    return pd.DataFrame(rows, columns=["id", "t", "y", "g", "x1", "x2", "w", "c"])


def number(v):
    v = float(np.asarray(v).reshape(-1)[0])
    return v if np.isfinite(v) else None


def asked_csdid(data, formula, method, control, base, anticipation, weights, cluster):
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet):
        fit = ATTgt(
            yname="y", tname="t", idname="id", gname="g", data=data.copy(), xformla=formula,
            control_group=[control], panel=True, allow_unbalanced_panel=False,
            anticipation=anticipation, clustervar=cluster, weights_name=weights,
        ).fit(est_method=method, base_period=base, bstrap=False)
        result = fit.results
        out = {
            "group": [int(v) for v in result["group"]],
            "period": [int(v) for v in result["year"]],
            "att": [number(v) for v in result["att"]],
            "se": [number(v) for v in np.asarray(result["se"]).reshape(-1)],
        }
        for kind in ["simple", "group", "calendar", "dynamic"]:
            a = fit.aggte(typec=kind, na_rm=True, bstrap=False, cband=False).atte
            kind = "cohort" if kind == "group" else kind
            out[kind] = {"att": number(a["overall_att"]), "se": number(a["overall_se"])}
            if kind != "simple":
                out[kind]["at"] = [int(v) for v in a["egt"]]
                out[kind]["each"] = [number(v) for v in a["att_egt"]]
                out[kind]["each_se"] = [number(v) for v in np.asarray(a["se_egt"]).reshape(-1)]
        pretest = (getattr(fit, "MP", None) or result).get("W"), (getattr(fit, "MP", None) or result).get("Wpval")
        out["pretest"] = None if pretest[1] is None else [number(v) for v in pretest]
    return out


def asked_drdid(data, control):
    """Each effect by DRDID's own estimator on units with both rows. diff-diff's doubly robust
    effects on panels with holes reuse a propensity fitted on other units, so they aren't asked."""
    y = data.pivot(index="id", columns="t", values="y")
    g, x = data.groupby("id")["g"].first(), data.groupby("id")["x1"].first()
    out = {"group": [], "period": [], "att": [], "se": []}
    for group in sorted(set(g) - {0}):
        for t in range(2, int(data["t"].max()) + 1):
            base = t - 1 if t < group else group - 1
            other = (g == 0) if control == "never_treated" else (g == 0) | ((g > t) & (g != group))
            used = ((g == group) | other) & y[t].notna() & y[base].notna()
            att, influence = drdid_panel(
                y[t][used].to_numpy(), y[base][used].to_numpy(),
                (g == group)[used].astype(int).to_numpy(), covariates=x[used].to_numpy())
            out["group"].append(int(group))
            out["period"].append(t)
            out["att"].append(number(att))
            out["se"].append(number(np.sqrt((influence**2).sum()) / len(influence)))
    after = [(c, a) for c, t, a in zip(out["group"], out["period"], out["att"]) if t >= c]
    return {**out, "overall": weighted(after, data)}


def weighted(after, data):
    size = data.groupby("id")["g"].first().value_counts()
    total = sum(size[g] for g, _ in after)
    return number(sum(size[g] * effect for g, effect in after) / total)


def asked_diff_diff(data, covariates, method, control):
    fit = CallawaySantAnna(
        control_group=control, estimation_method=method, n_bootstrap=0, cband=False,
        pscore_trim=1e-6,
    ).fit(data.copy(), outcome="y", unit="id", time="t", first_treat="g", covariates=covariates)
    keys = sorted(fit.group_time_effects)
    cells = [fit.group_time_effects[k] for k in keys]
    return {
        "group": [int(k[0]) for k in keys],
        "period": [int(k[1]) for k in keys],
        "att": [number(c["effect"]) for c in cells],
        "se": [number(c["se"]) for c in cells],
        # diff-diff weighs each effect by the units it rests on; did (and we) by the cohort's size.
        "overall": weighted([(k[0], c["effect"]) for k, c in zip(keys, cells) if k[1] >= k[0]], data),
    }


usual = panel(1, 60, 6, [3, 4, 6, 0], [0.2, 0.25, 0.2, 0.35])
no_never = panel(2, 50, 7, [3, 4, 6], [0.35, 0.35, 0.3])
early = panel(3, 60, 6, [1, 3, 5, 0], [0.15, 0.25, 0.25, 0.35])
names = {"usual": usual, "nobody is never treated": no_never, "some from the start": early}
cases = []
X = "y ~ x1 + x2"
for data, formula, method, control, base, anticipation, weights, cluster in [
    ("usual", None, "dr", "nevertreated", "varying", 0, None, None),
    ("usual", None, "reg", "notyettreated", "varying", 0, None, None),
    ("usual", None, "dr", "notyettreated", "universal", 0, None, None),
    ("usual", X, "reg", "nevertreated", "varying", 0, None, None),
    ("usual", X, "ipw", "nevertreated", "varying", 0, None, None),
    ("usual", X, "dr", "nevertreated", "varying", 0, None, None),
    ("usual", X, "reg", "notyettreated", "varying", 0, None, None),
    ("usual", X, "ipw", "notyettreated", "varying", 0, None, None),
    ("usual", X, "dr", "notyettreated", "varying", 0, None, None),
    ("usual", X, "dr", "notyettreated", "universal", 0, None, None),
    ("usual", X, "dr", "notyettreated", "varying", 1, None, None),
    ("usual", None, "dr", "notyettreated", "varying", 1, None, None),
    ("usual", X, "dr", "notyettreated", "varying", 0, "w", None),
    ("usual", X, "ipw", "nevertreated", "varying", 0, "w", None),
    ("usual", X, "reg", "nevertreated", "varying", 0, "w", None),
    ("usual", None, "reg", "nevertreated", "varying", 0, "w", None),
    ("usual", None, "dr", "notyettreated", "varying", 0, None, "c"),
    ("usual", X, "dr", "nevertreated", "varying", 0, None, "c"),
    ("nobody is never treated", None, "dr", "notyettreated", "varying", 0, None, None),
    ("nobody is never treated", X, "reg", "nevertreated", "varying", 0, None, None),
    ("some from the start", None, "dr", "notyettreated", "varying", 0, None, None),
    ("some from the start", X, "dr", "nevertreated", "varying", 0, None, None),
]:
    frame = names[data].copy()
    if cluster:
        # Clusters hold whole units; drawn across cohorts.
        frame["c"] = frame["id"] % 15
    out = asked_csdid(frame, formula, method, control, base, anticipation, weights, cluster)
    cases.append({
        "data": data, "covariates": formula is not None, "method": method, "control": control,
        "base": base, "anticipation": anticipation, "weights": weights is not None,
        "clusters": 15 if cluster else None, **out,
    })

rng = np.random.default_rng(9)
holes = usual[rng.random(len(usual)) > 0.12].copy()
with_holes = []
for covariates, method, control in [
    (None, "reg", "never_treated"),
    (None, "dr", "not_yet_treated"),
    (["x1"], "reg", "not_yet_treated"),
    (["x1"], "ipw", "never_treated"),
    (["x1"], "dr", "not_yet_treated"),
]:
    out = (asked_drdid(holes, control) if method == "dr" and covariates
           else asked_diff_diff(holes, covariates, method, control))
    with_holes.append({"covariates": covariates is not None, "method": method,
                       "control": control, **out})


def asked_bands(data, cluster, runs=16, draws=4999):
    """Simultaneous critical values of csdid's multiplier bootstrap, once a seed: their mean, and
    their spread over seeds, which is the Monte-Carlo error of one run; and the same of the errors
    that come from the draws."""
    out = {"clusters": cluster, "runs": runs, "draws": draws}
    frame = data.copy()
    if cluster:
        frame["c"] = frame["id"] % cluster
    with contextlib.redirect_stdout(io.StringIO()):
        fit = ATTgt(
            yname="y", tname="t", idname="id", gname="g", data=frame, xformla=None,
            control_group=["notyettreated"], panel=True, allow_unbalanced_panel=False,
            clustervar="c" if cluster else None, biters=draws, cband=True,
        ).fit(est_method="reg", base_period="varying", bstrap=False)
        for kind in ["group", "calendar", "dynamic"]:
            made = []
            for seed in range(runs):
                np.random.seed(1000 + seed)
                a = fit.aggte(typec=kind, na_rm=True, bstrap=True, cband=True, biters=draws).atte
                made.append((number(a["crit_val_egt"]), np.asarray(a["se_egt"]).reshape(-1)))
            critical, errors = np.array([m[0] for m in made]), np.array([m[1] for m in made])
            out["cohort" if kind == "group" else kind] = {
                "at": [int(v) for v in a["egt"]],
                "critical": number(critical.mean()), "critical_sd": number(critical.std(ddof=1)),
                "se": [number(v) for v in errors.mean(axis=0)],
                "se_sd": [number(v) for v in errors.std(axis=0, ddof=1)],
            }
    return out


bands = [asked_bands(usual, None), asked_bands(usual, 15)]


def columns(frame):
    return {k: frame[k].tolist() for k in ["id", "t", "y", "g", "x1", "x2", "w"]}

with open(sys.argv[1], "w") as f:
    json.dump({
        "data": {k: columns(v) for k, v in names.items()}, "cases": cases,
        "holes": columns(holes), "with_holes": with_holes, "bands": bands,
    }, f, separators=(",", ":"))
