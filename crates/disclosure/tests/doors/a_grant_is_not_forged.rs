use throughline_disclosure::{Grant, Purpose};

fn main() {
    let _ = Grant { purpose: Purpose::Moderation };
}
