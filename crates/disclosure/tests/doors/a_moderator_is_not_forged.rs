use throughline_disclosure::{FileUse, Grant, Moderator};

fn main() {
    let _ = Moderator { grant: Grant::to_the_owner_of_the_files(FileUse::Review) };
}
