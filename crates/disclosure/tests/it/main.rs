//! The doors: what may pass, what may not, and that nobody can go around them.

mod draft;
mod few;
mod groups;
mod moderation;
mod release;
mod scrub;

#[test]
fn the_doors_cannot_be_forced() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/doors/*.rs");
}
