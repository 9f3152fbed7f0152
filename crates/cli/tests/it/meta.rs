//! `throughline meta` as an analyst runs it.

use crate::run::{Desk, Run, picture, run};

/// The thirteen trials of BCG vaccine (metafor's dat.bcg): log risk ratios and their variances.
const BCG: &str = "trial,yi,vi
Aronson 1948,-0.889311333920205,0.325584765039837
Ferguson 1949,-1.58538865720144,0.19458112139814
Rosenthal 1960,-1.34807314829969,0.415367965367965
Hart 1977,-1.44155119002131,0.0200100319022476
Frimodt-Moller 1973,-0.217547322211296,0.0512101721696309
Stein 1953,-0.786115585818864,0.00690561845590876
Vandiviere 1973,-1.62089822359839,0.223017247572315
TPT Madras 1980,0.0119523335238405,0.00396157929781773
Coetzee 1968,-0.469417648762001,0.0564342104632489
Rosenthal 1961,-1.37134480625706,0.0730247936130289
Comstock 1974,-0.339358828338391,0.0124122139715597
Comstock 1969,0.445913400571379,0.532505845109361
Comstock 1976,-0.0173139482168798,0.0714046596839863
";

fn meta(desk: &Desk, file: &str, flags: &[&str]) -> Run {
    let data = desk.path(file).display().to_string();
    run(&[&["meta", "--data", &data], flags].concat())
}

/// Standard error and degrees of freedom.
const ROBUST: [f64; 2] = [0.17970, 11.04125];

/// metafor 3.8: rma(yi, vi, data = dat.bcg): -0.7145 [-1.0669, -0.3622], tau² 0.3132, Q 152.2330.
#[test]
fn json_equals_the_published_analysis() {
    let desk = Desk::new(&[("bcg.csv", BCG)]);
    let flags = [
        "--effect",
        "yi",
        "--variance",
        "vi",
        "--study",
        "trial",
        "--test",
        "normal",
        "--json",
    ];
    let found = meta(&desk, "bcg.csv", &flags);
    assert_eq!(found.code, 0, "{}", found.stderr);
    let json: serde_json::Value = serde_json::from_str(&found.stdout).expect("JSON alone");
    let near = |got: &serde_json::Value, expected: f64| {
        let got = got.as_f64().expect("a number");
        assert!((got - expected).abs() < 5e-5, "{got} {expected}");
    };
    near(&json["mean"]["estimate"], -0.7145);
    near(&json["mean"]["low"], -1.0669);
    near(&json["mean"]["high"], -0.3622);
    near(&json["tau2"], 0.3132);
    near(&json["q"], 152.2330);
    assert_eq!(json["studies"][3]["name"], "Hart 1977");
    // clubSandwich 0.5.8, vcovCR(fit, cluster = 1:13, type = "CR2"): what is used unasked.
    let unasked = meta(&desk, "bcg.csv", &[&flags[..6], &["--json"]].concat());
    let robust: serde_json::Value = serde_json::from_str(&unasked.stdout).expect("JSON alone");
    assert_eq!(robust["test"], "robust");
    near(&robust["mean"]["estimate"], -0.7145);
    near(&robust["mean"]["se"], ROBUST[0]);
    near(&robust["mean"]["df"], ROBUST[1]);
    assert_eq!(
        (&json["method"], &json["n_studies"]),
        (&"REML".into(), &13.into())
    );
}

#[test]
fn correlations_are_pooled_and_drawn() {
    let text = "line,r,n\nretail,0.31,220\nprivate,0.18,95\nonline,0.25,140\nabroad,,80\n";
    let desk = Desk::new(&[("lines.csv", text)]);
    let plot = desk.path("meta.svg").display().to_string();
    let flags = [
        "--r",
        "r",
        "--n",
        "n",
        "--study",
        "line",
        "--explain",
        "--plot",
        &plot,
    ];
    let found = meta(&desk, "lines.csv", &flags);
    assert_eq!(found.code, 0, "{}", found.stderr);
    for word in [
        "Hunter",
        "credibility",
        "retail",
        "1 row left out",
        "3 studies are few",
    ] {
        assert!(
            found.stdout.contains(word),
            "no `{word}` in: {}",
            found.stdout
        );
    }
    // (220·.31 + 95·.18 + 140·.25) / 455
    assert!(found.stdout.contains("0.264"), "{}", found.stdout);
    picture(&plot, "retail");
    let fisher = meta(
        &desk,
        "lines.csv",
        &["--r", "r", "--n", "n", "--method", "reml", "--json"],
    );
    assert_eq!(fisher.code, 0, "{}", fisher.stderr);
    assert!(fisher.stdout.contains("Fisher's scale"));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let desk = Desk::new(&[
        ("r.csv", "r,n\n0.2,50\n1.2,60\n"),
        ("n.csv", "r,n\n0.2,50\n0.3,2\n"),
        ("v.csv", "y,v\n0.2,0.1\n0.3,0\n"),
        ("one.csv", "y,v\n0.2,0.1\n"),
    ]);
    let check = |file: &str, flags: &[&str], words: &[&str]| {
        let found = meta(&desk, file, flags);
        assert_ne!(found.code, 0, "{file} {flags:?}: {}", found.stdout);
        assert!(found.stdout.is_empty(), "{}", found.stdout);
        for word in words {
            assert!(
                found.stderr.contains(word),
                "no `{word}` in: {}",
                found.stderr
            );
        }
    };
    let (r, y) = (
        ["--r", "r", "--n", "n"],
        ["--effect", "y", "--variance", "v"],
    );
    check("r.csv", &r, &["row 3", "`r`", "between -1 and 1", "hint:"]);
    check("n.csv", &r, &["row 3", "`n`", "4 or more", "hint:"]);
    check("v.csv", &y, &["row 3", "`v`", "above zero", "hint:"]);
    check("one.csv", &y, &["one.csv`: only 1 study has", "hint:"]);
    check("one.csv", &["--r", "y"], &["--n"]);
    check("one.csv", &["--effect", "y"], &["--variance"]);
}

#[test]
fn impossible_correlations_are_called_so() {
    let desk = Desk::new(&[
        ("att.csv", "r,n,a\n.9,10,.5\n.8,9,.5\n.7,50,.3\n"),
        ("two.csv", "r,n\n.5,10\n.2,9\n"),
        ("fine.csv", "r,n\n.31,220\n.18,95\n.25,140\n"),
        ("tau.csv", "e,s\n1,1\n5,.1\n3,1\n"),
    ]);
    let r = ["--r", "r", "--n", "n", "--json"];
    let said = |file: &str, flags: &[&str]| {
        let found = meta(&desk, file, flags);
        assert_eq!(found.code, 0, "{}", found.stderr);
        found.stdout
    };
    let corrected = said("att.csv", &[&r[..], &["--attenuation", "a"]].concat());
    for word in [
        "3 of 3 correlations are beyond",
        "the mean is beyond",
        "an interval reaches beyond",
    ] {
        assert!(corrected.contains(word), "no `{word}` in: {corrected}");
    }
    let two = said("two.csv", &r);
    assert!(two.contains("an interval reaches beyond") && !two.contains("the mean is beyond"));
    assert!(!said("fine.csv", &r).contains("beyond ±1"));
    let tau = ["--effect", "e", "--se", "s", "--test", "normal", "--method"];
    let outside = "tau lies outside its own interval";
    assert!(said("tau.csv", &[&tau[..], &["hs"]].concat()).contains(outside));
}
