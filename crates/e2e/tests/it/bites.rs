//! The checks of `look` find what they are for: a page with a fault of each kind has them all found,
//! its mended twin has none.

use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use throughline_e2e::{Driver, Screen, screens};

const FAULTY: &str =
    "<!doctype html><html lang=en><meta name=viewport content='width=device-width'>
    <title>Faulty</title><link rel=stylesheet href=/faulty.css>
    <main><h1>Faulty</h1><p class=pale>Hard to read</p><p class=dusk>Hard to read at night</p>
    <input name=unlabelled><button class=small>Ok</button><div class=wide>Wide</div>
    <p style='color:red'>Refused</p></main></html>";

const MENDED: &str =
    "<!doctype html><html lang=en><meta name=viewport content='width=device-width'>
    <title>Mended</title><link rel=stylesheet href=/mended.css>
    <main><h1>Mended</h1><p>Easy to read</p>
    <label>Name <input name=labelled></label><button>Ok</button></main></html>";

const FAULTY_CSS: &str = ":root { color-scheme: light dark } :focus { outline: none }
    input { width: 200px; height: 50px; display: block } .small { width: 30px; height: 30px; padding: 0 }
    .pale { color: #bbb; background: #fff } .wide { width: 800px }
    @media (prefers-color-scheme: dark) { .dusk { color: #333; background: #000 } }";

const MENDED_CSS: &str = ":root { color-scheme: light dark } :focus-visible { outline: 3px solid }
    input, button { min-width: 50px; height: 50px; display: block }";

async fn site() -> std::net::SocketAddr {
    let css = |text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, "text/css")], text) })
    };
    let page = |text: &'static str| {
        get(move || async move {
            let policy = "default-src 'none'; style-src 'self'";
            ([(header::CONTENT_SECURITY_POLICY, policy)], Html(text)).into_response()
        })
    };
    let router = Router::new()
        .route("/faulty", page(FAULTY))
        .route("/mended", page(MENDED))
        .route("/faulty.css", css(FAULTY_CSS))
        .route("/mended.css", css(MENDED_CSS));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
    let listener = listener.expect("a port is free");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn every_check_bites() {
    let Some(driver) = Driver::start() else {
        return;
    };
    let site = site().await;
    let browser = driver.open(Screen::Phone).await;
    browser.goto(format!("http://{site}/faulty")).await;
    let found = screens::faults(&browser, "check-faulty").await.join("\n");
    for kind in [
        "too wide at 390",
        "too small at 390: 30 x 30",
        "axe at 390: color-contrast",
        "axe at 390: label",
        "axe in the dark: color-contrast at `[\".dusk\"]`",
        "axe at 1280: label",
        "focus unseen: <input",
        "the browser complains",
    ] {
        assert!(found.contains(kind), "`{kind}` isn't among\n{found}");
    }
    browser.goto(format!("http://{site}/mended")).await;
    let left = screens::faults(&browser, "check-mended").await;
    assert!(left.is_empty(), "{left:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_can_be_switched_off() {
    let Some(driver) = Driver::start() else {
        return;
    };
    let page = "<!doctype html><title>Off</title><p id=said>without</p>
        <script>document.getElementById('said').textContent = 'with'</script>";
    let router = Router::new().route("/", get(move || async move { Html(page) }));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
    let listener = listener.expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    for (screen, said) in [
        (Screen::Phone, "with"),
        (Screen::PhoneWithoutScripts, "without"),
    ] {
        let browser = driver.open(screen).await;
        browser.goto(&address).await;
        assert_eq!(browser.text().await, said);
    }
}
