use throughline_domain::Words;

fn main() {
    let words = Words::new("ring me on 020 7946 0000");
    println!("{words}");
    println!("{words:?}");
}
