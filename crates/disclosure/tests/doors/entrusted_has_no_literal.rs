use throughline_disclosure::{Entrusted, Purpose};

fn main() {
    let _ = Entrusted { inner: 1, purpose: Purpose::Moderation };
}
