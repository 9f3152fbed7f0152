//! Writes the brief of a made-up insurer, full and with less to go on, so that a change to the
//! page can be looked at: `cargo run -p throughline-report --example preview -- FOLDER`.

#[path = "../tests/it/company/mod.rs"]
mod company;

use std::path::PathBuf;
use throughline_report::{html, json};

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "preview".into()));
    std::fs::create_dir_all(&folder)?;
    for (name, draft) in company::cases() {
        let brief = company::released(draft);
        std::fs::write(folder.join(format!("{name}.html")), html::brief(&brief))?;
        std::fs::write(folder.join(format!("{name}.json")), json::brief(&brief))?;
    }
    println!("{}", folder.display());
    Ok(())
}
