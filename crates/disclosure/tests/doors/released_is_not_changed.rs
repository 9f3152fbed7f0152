use throughline_disclosure::Released;

fn change(mut released: Released<Vec<u8>>) {
    released.push(1);
}

fn main() {}
