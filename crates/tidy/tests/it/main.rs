//! The house's rules, read off the workspace.

mod licences;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use throughline_tidy::{BESIDE, EMPTY_NAMES, FLOORS, MOST_LINES, PURE, floor};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("");
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn all_rust_files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    rust_files(&root().join("crates"), &mut found);
    assert!(found.len() > 20, "the crates were not found");
    found
}

#[test]
fn a_crate_uses_only_crates_on_floors_below() {
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata runs");
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::new();
    for package in &metadata.packages {
        let name = package.name.to_string();
        if BESIDE.contains(&name.as_str()) {
            continue;
        }
        let Some(own) = floor(&name) else {
            wrong.push(format!("{name} has no floor"));
            continue;
        };
        seen.insert(name.clone(), own);
        for dependency in &package.dependencies {
            // `lake` may use its neighbours below; `report` sees disclosure; tests are no floor.
            if let Some(other) = floor(&dependency.name)
                && other >= own
                && dependency.kind == cargo_metadata::DependencyKind::Normal
            {
                wrong.push(format!(
                    "{name} (floor {own}) uses {} (floor {other})",
                    dependency.name
                ));
            }
        }
    }
    assert_eq!(seen.len(), FLOORS.len(), "{seen:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_stay_small_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for path in all_rust_files() {
        let text = std::fs::read_to_string(&path).expect("a source file is readable");
        let lines = text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
        let in_src = path.components().any(|part| part.as_os_str() == "src");
        if in_src && !text.starts_with("//!") {
            wrong.push(format!("{}: no //! at its head", path.display()));
        }
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or("");
        if EMPTY_NAMES.contains(&stem) {
            wrong.push(format!("{}: a name that says nothing", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pure_crates_do_no_io() {
    let mut wrong = Vec::new();
    for name in PURE {
        let mut files = Vec::new();
        rust_files(&root().join("crates").join(name).join("src"), &mut files);
        for path in files {
            let text = std::fs::read_to_string(&path).expect("a source file is readable");
            for word in [
                "std::fs",
                "std::net",
                "std::env::var",
                "SystemTime",
                "Instant::now",
                "tokio::",
            ] {
                if text.contains(word) {
                    wrong.push(format!("{}: {word}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn dependencies_are_declared_once() {
    let mut wrong = Vec::new();
    for (name, _) in FLOORS {
        let folder = name.trim_start_matches("throughline-");
        let path = root().join("crates").join(folder).join("Cargo.toml");
        let text = std::fs::read_to_string(&path).expect("a manifest is readable");
        let mut inside = false;
        for line in text.lines() {
            if line.starts_with('[') {
                inside = line.contains("dependencies");
            } else if inside && line.contains('=') && !line.contains("workspace = true") {
                wrong.push(format!("{name}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_datafusion_door_is_shut() {
    // `lake` may use DataFusion and Arrow; nobody else names them.
    let mut wrong = Vec::new();
    for path in all_rust_files() {
        let inside = path
            .components()
            .any(|part| part.as_os_str() == "lake" || part.as_os_str() == "tidy");
        let text = std::fs::read_to_string(&path).expect("a source file is readable");
        if !inside
            && (text.contains("datafusion::")
                || text.contains("arrow::")
                || text.contains("parquet::"))
        {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
