//! Where to go after signing in: a place of ours, or home. Never another site.

use serde::Deserialize;
use url::Url;

/// A wish, as it came in an address or a form.
#[derive(Default, Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    next: String,
}

impl Next {
    /// The place, as a path of ours.
    pub(crate) fn path(&self) -> String {
        local(&self.next).unwrap_or_else(|| "/".to_owned())
    }

    /// As the query of an address; nothing for home.
    pub(crate) fn query(&self) -> String {
        let path = self.path();
        if path == "/" {
            return String::new();
        }
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("next", &path)
            .finish();
        format!("?{query}")
    }
}

/// The path, query and fragment of a text that names a place of ours and nothing else. It is read as
/// a browser reads it (`\` is `/`, tabs and line ends fall out), and what a browser would take
/// elsewhere is refused.
fn local(text: &str) -> Option<String> {
    if !text.starts_with('/') || text.contains(['\\', '\t', '\r', '\n']) {
        return None;
    }
    let base = Url::parse("http://here.invalid").ok()?;
    let whole = base.join(text).ok()?;
    let path = &whole[url::Position::BeforePath..];
    let stays = whole.origin() == base.origin()
        && whole.username().is_empty()
        && whole.password().is_none()
        && !path.starts_with("//");
    // Signing in again, or out, is no place to go on to.
    let signs = ["/sign-in", "/sign-out", "/start"];
    let on = !signs.iter().any(|sign| path.starts_with(sign));
    (stays && on).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::local;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(local(text).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn only_places_of_ours() {
        check("/", Some("/"));
        check("/rounds?state=open#top", Some("/rounds?state=open#top"));
        check("/a/../b", Some("/b"));
        check("/ü", Some("/%C3%BC"));
        for elsewhere in [
            "",
            "rounds",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            " //evil.example",
            "/..//evil.example",
            "/.//evil.example",
            "/a/..//evil.example",
            "/sign-out",
            "/sign-in?next=/",
        ] {
            check(elsewhere, None);
        }
    }
}
