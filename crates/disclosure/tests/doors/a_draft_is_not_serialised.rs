use throughline_domain::brief::{Brief, Candidate};

fn wants<T: serde::Serialize>() {}

fn main() {
    wants::<Brief<Candidate>>();
}
