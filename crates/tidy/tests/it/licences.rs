//! What the program is built of: licences we may pass on, and crates that may not come back.

use crate::root;
use cargo_metadata::{Metadata, MetadataCommand};
use spdx::{Expression, LicenseItem, ParseMode};

/// Licences that ask for no more than their text beside the program.
const ALLOWED: [&str; 10] = [
    "MIT",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "0BSD",
    "BSL-1.0",
];

/// Crate, its licence, why it may stay.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    (
        "webdriver",
        "MPL-2.0",
        "drives browsers in tests; no part of the program, and unchanged",
    ),
    (
        "webpki-roots",
        "CDLA-Permissive-2.0",
        "a list of certificate authorities: permissive, for data",
    ),
    (
        "tiny-keccak",
        "CC0-1.0",
        "given to the public; brings no patent grant, and it is a hash",
    ),
];

/// Crate, why not.
const BANNED: [(&str, &str); 8] = [
    ("openssl-sys", "one TLS: rustls with ring"),
    ("openssl", "one TLS: rustls with ring"),
    ("native-tls", "one TLS: rustls with ring"),
    (
        "aws-lc-sys",
        "one cryptography for TLS: ring builds without cmake",
    ),
    (
        "aws-lc-rs",
        "one cryptography for TLS: ring builds without cmake",
    ),
    (
        "sqlparser",
        "DataFusion's plans are built without SQL; it costs minutes to build",
    ),
    (
        "xz2",
        "unmaintained; its sources were once attacked upstream",
    ),
    ("atty", "unmaintained (RUSTSEC-2021-0145)"),
];

fn everything() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .other_options(vec!["--locked".to_owned()])
        .exec()
        .expect("cargo metadata runs")
}

#[test]
fn every_crate_has_a_licence_that_lets_us_pass_it_on() {
    let mut wrong = Vec::new();
    let mut used = Vec::new();
    let metadata = everything();
    assert!(
        metadata.packages.len() > 100,
        "the dependencies were not found"
    );
    for package in &metadata.packages {
        let name = package.name.to_string();
        let Some(said) = &package.license else {
            wrong.push(format!("{name} says no licence"));
            continue;
        };
        let Ok(expression) = Expression::parse_mode(said, ParseMode::LAX) else {
            wrong.push(format!(
                "{name} says `{said}`, which is no licence expression"
            ));
            continue;
        };
        let exception = EXCEPTIONS.iter().find(|(known, ..)| *known == name);
        let fits = expression.evaluate(|asked| {
            let LicenseItem::Spdx { id, .. } = &asked.license else {
                return false;
            };
            ALLOWED.contains(&id.name)
                || exception.is_some_and(|(_, allowed, _)| *allowed == id.name)
        });
        if !fits {
            wrong.push(format!("{name} is under `{said}`"));
        }
        used.extend(exception.map(|(known, ..)| *known));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (name, ..) in EXCEPTIONS {
        assert!(used.contains(&name), "{name} needs no exception any more");
    }
}

#[test]
fn no_banned_crate_is_back() {
    let metadata = everything();
    // What the lock file names for features that are off isn't built.
    let resolved = metadata
        .resolve
        .as_ref()
        .expect("dependencies are resolved");
    let built: Vec<String> = resolved
        .nodes
        .iter()
        .map(|node| metadata[&node.id].name.to_string())
        .collect();
    assert!(
        built.contains(&"ring".to_owned()),
        "the dependencies were not found"
    );
    for (name, why) in BANNED {
        assert!(!built.contains(&name.to_owned()), "{name} is banned: {why}");
    }
}
