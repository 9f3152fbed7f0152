use throughline_disclosure::CompanyWords;
use throughline_domain::Words;

fn show(words: &Words) -> CompanyWords {
    CompanyWords::new(words)
}

fn main() {}
