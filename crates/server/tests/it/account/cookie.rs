//! The cookie of a session.

use crate::bed::Bed;
use axum::http::header;
use throughline_domain::listen::AccountRole::Owner;

async fn set(url: &str) -> String {
    let bed = Bed::with(|config| config.public_url = url.parse().expect("an address")).await;
    bed.signed_in(Owner).await;
    let token = bed.link().await;
    let response = bed.post(&format!("/sign-in/link/{token}"), "next=").await;
    let set = &response.headers()[header::SET_COOKIE];
    set.to_str().expect("text").to_owned()
}

#[tokio::test]
async fn scripts_and_other_sites_do_not_get_it() {
    let plain = set("http://throughline.test").await;
    for flag in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="] {
        assert!(plain.contains(flag), "{flag}: {plain}");
    }
    assert!(
        !plain.contains("Secure") && !plain.contains("Domain"),
        "{plain}"
    );
    let secure = set("https://throughline.test").await;
    assert!(secure.contains("; Secure"), "{secure}");
    // A name that other hosts of the domain can't set.
    assert!(secure.starts_with("__Host-throughline="), "{secure}");
}

#[tokio::test]
async fn looking_around_sets_none() {
    let bed = Bed::new().await;
    for path in [
        "/",
        "/sign-in",
        "/sign-in/link/nothing",
        "/start/nothing",
        "/nowhere",
        "/static/base.css",
    ] {
        let response = bed.get(path).await;
        assert!(
            !response.headers().contains_key(header::SET_COOKIE),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_database_does_not_hold_it() {
    let bed = Bed::new().await;
    let owner = bed.signed_in(Owner).await;
    let value = owner.cookie.split_once('=').expect("a pair").1.to_owned();
    for entry in std::fs::read_dir(&bed.app.config.workspace).expect("a folder") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&value));
    }
}

#[tokio::test]
async fn over_tls_browsers_are_told_to_stay_there() {
    for (url, told) in [
        ("https://throughline.test", true),
        ("http://throughline.test", false),
    ] {
        let bed = Bed::with(|config| config.public_url = url.parse().expect("an address")).await;
        let response = bed.get("/sign-in").await;
        let found = response
            .headers()
            .contains_key(header::STRICT_TRANSPORT_SECURITY);
        assert_eq!(found, told, "{url}");
    }
}
