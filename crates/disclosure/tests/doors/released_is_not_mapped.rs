use throughline_disclosure::Released;

fn change(released: Released<u8>) -> Released<u16> {
    released.map(u16::from)
}

fn main() {}
