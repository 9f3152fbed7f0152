fn main() {
    let _ = throughline_disclosure::Released::new(1);
}
