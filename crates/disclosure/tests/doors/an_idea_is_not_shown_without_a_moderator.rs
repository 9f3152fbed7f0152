use throughline_disclosure::{Moderator, Released};
use throughline_domain::Words;

fn show(words: &Words) -> Option<Released<String>> {
    Moderator::choose(words, true, words.for_analysis()).ok()
}

fn main() {}
