use throughline_disclosure::{Grant, Purpose};

fn main() {
    let _ = Grant::to_the_owner_of_the_files(Purpose::Moderation);
}
