fn main() {
    let _ = throughline_disclosure::Released { inner: 1 };
}
