//! What acts are called on the page.

/// An act in words; one that isn't known is said as it is written, so that none is ever left out.
pub(super) fn words(act: &str) -> String {
    let known = match act {
        "account.create" => "Made an account",
        "account.change" => "Changed an account's role",
        "account.disable" => "Shut an account",
        "account.enable" => "Opened an account again",
        "account.bind" => "Signed in with the company account for the first time",
        "account.link" => "Made a link to sign in",
        "account.sign_in" => "Signed in",
        other => {
            let said = other.replace(['.', '_'], " ");
            let mut letters = said.chars();
            return letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            });
        }
    };
    known.to_owned()
}
