fn wants<T: for<'de> serde::Deserialize<'de>>() {}

fn main() {
    wants::<throughline_disclosure::Entrusted<u8>>();
}
