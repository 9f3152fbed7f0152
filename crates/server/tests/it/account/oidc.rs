//! Signing in with a real provider: the npm package `oidc-provider`, a certified one, in a process of
//! its own. A visitor without a browser walks its pages.

use crate::asked::{closed, show_all, vote};
use crate::bed::{Bed, cookie, text};
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use throughline_domain::listen::AccountRole::{Analyst, Owner};
use throughline_domain::listen::{Ballot, VotesBy};
use throughline_ledger::ballot_box::{Kind, Outcome, Payload, Submission, submit};
use throughline_ledger::{accounts, audit, ways_in};
use throughline_server::config::{Oidc, Secret};
use throughline_server::provider::{Back, employees};

const HOME: &str = "http://throughline.test";

/// The package, installed into the target folder once.
fn installed() -> Result<PathBuf, String> {
    static FOLDER: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let install = || {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let target = program.ancestors().nth(3).ok_or("no target folder")?;
        let folder = target.join("npm-oidc");
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        std::fs::write(folder.join("package.json"), "{\"private\":true}")
            .map_err(|error| error.to_string())?;
        if !folder
            .join("node_modules/oidc-provider/package.json")
            .is_file()
        {
            let run = Command::new("npm")
                .args([
                    "install",
                    "--no-save",
                    "--no-package-lock",
                    "--no-audit",
                    "--no-fund",
                    "--prefix",
                ])
                .arg(&folder)
                .arg("oidc-provider@8")
                .output()
                .map_err(|error| format!("npm doesn't start: {error}"))?;
            if !run.status.success() {
                let said = String::from_utf8_lossy(&run.stderr);
                return Err(format!("npm doesn't bring oidc-provider: {}", said.trim()));
            }
        }
        Ok(folder)
    };
    FOLDER.get_or_init(install).clone()
}

/// The provider's process; it ends with this.
struct Provider {
    child: Child,
    issuer: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Provider {
    /// Starts one, or says in a line why the test is skipped.
    fn start(claims: &str) -> Option<Self> {
        let start = || -> Result<Self, String> {
            let folder = installed()?;
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oidc/provider.mjs");
            let mut child = Command::new("node")
                .arg(script)
                .arg(folder)
                .arg(claims)
                .arg(format!("{HOME}/sign-in/callback"))
                .arg(format!("{HOME}{}", employees::BACK))
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .map_err(|error| format!("node doesn't start: {error}"))?;
            let stdout = child.stdout.take().ok_or("no output")?;
            let mut lines = std::io::BufReader::new(stdout).lines();
            let issuer = lines
                .find_map(|line| line.ok().filter(|line| line.starts_with("http://")))
                .ok_or("the provider ends at once")?;
            std::thread::spawn(move || lines.for_each(drop));
            Ok(Self { child, issuer })
        };
        match start() {
            Ok(provider) => Some(provider),
            Err(why) => {
                assert!(
                    std::env::var_os("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_none(),
                    "{why}"
                );
                eprintln!("skipped: {why}");
                None
            }
        }
    }

    async fn bed(&self, change: impl FnOnce(&mut Oidc)) -> Bed {
        let mut oidc = Oidc {
            issuer: self.issuer.clone(),
            client_id: "throughline".to_owned(),
            client_secret: Some(Secret::new("a-secret")),
            ca_file: None,
            name: "Example ID".to_owned(),
            email_is_verified: false,
            employees: true,
        };
        change(&mut oidc);
        Bed::with(|config| config.oidc = Some(oidc)).await
    }

    /// What it says about somebody from now on.
    async fn says(&self, sub: &str, email: &str, verified: Option<bool>) {
        let mut is = serde_json::json!({ "sub": sub, "email": email });
        if let Some(verified) = verified {
            is["email_verified"] = verified.into();
        }
        let url = url::Url::parse_with_params(
            &format!("{}/-/person", self.issuer),
            [("is", is.to_string())],
        );
        let sent = reqwest::get(url.expect("an address")).await;
        assert!(sent.expect("it answers").status().is_success());
    }

    /// Signs in there as somebody and returns the path of ours that it sends back to.
    async fn walk(&self, from: &str, login: &str) -> String {
        let browser = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        let mut url = url::Url::parse(from).expect("an address");
        for _ in 0..20 {
            if let Some(path) = url.as_str().strip_prefix(HOME) {
                return path.to_owned();
            }
            let response = browser.get(url.clone()).send().await.expect("it answers");
            let response = if response.status().is_redirection() {
                response
            } else {
                let page = response.text().await.expect("a page");
                let prompt = if page.contains("name=\"login\"") {
                    "login"
                } else {
                    "consent"
                };
                let form = [("prompt", prompt), ("login", login), ("password", "any")];
                let body = url::form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(form)
                    .finish();
                browser
                    .post(url.clone())
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(body)
                    .send()
                    .await
                    .expect("it answers")
            };
            let to = response.headers().get("location").expect("it leads on");
            url = url.join(to.to_str().expect("text")).expect("an address");
        }
        panic!("it never leads back");
    }
}

fn location(response: &Response<Body>) -> String {
    let to = response
        .headers()
        .get(header::LOCATION)
        .expect("it leads on");
    to.to_str().expect("text").to_owned()
}

async fn get(bed: &Bed, path: &str, cookie: &str) -> Response<Body> {
    let request = Request::get(path).header(header::COOKIE, cookie);
    bed.send(request.body(Body::empty()).expect("a request"))
        .await
}

/// Goes there and back; returns the cookie from before, and our answer.
async fn sign_in(bed: &Bed, provider: &Provider, login: &str) -> (String, Response<Body>) {
    let gone = bed.get("/sign-in/provider?next=%2F%3Fa%3Db").await;
    assert_eq!(gone.status(), StatusCode::SEE_OTHER);
    let before = cookie(&gone).expect("a session");
    let back = provider.walk(&location(&gone), login).await;
    let answer = get(bed, &back, &before).await;
    (before, answer)
}

async fn refused(response: Response<Body>, says: &str) {
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(page.contains(says), "{says}: {page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_time_by_address_then_by_name() {
    for claims in ["in-token", "asked"] {
        let Some(provider) = Provider::start(claims) else {
            return;
        };
        let bed = provider.bed(|_| {}).await;
        bed.signed_in(Analyst).await;
        let page = text(bed.get("/sign-in").await).await;
        assert!(page.contains("Sign in with Example ID"), "{page}");

        provider.says("7", "Analyst@example.org", Some(true)).await;
        let (before, answer) = sign_in(&bed, &provider, "7").await;
        assert_eq!(location(&answer), "/?a=b");
        let after = cookie(&answer).expect("a new cookie");
        assert_ne!(before, after, "the session's id is a new one");
        assert_eq!(get(&bed, "/", &after).await.status(), StatusCode::OK);
        assert_eq!(
            get(&bed, "/", &before).await.status(),
            StatusCode::SEE_OTHER
        );

        // Her address changed, there and for somebody new: names count.
        provider.says("7", "married@example.org", Some(true)).await;
        let (_, answer) = sign_in(&bed, &provider, "7").await;
        assert_eq!(location(&answer), "/?a=b");
        provider.says("8", "analyst@example.org", Some(true)).await;
        let (_, answer) = sign_in(&bed, &provider, "8").await;
        refused(answer, "another identity").await;

        let found = accounts::by_email(&bed.app.ledger, "analyst@example.org").await;
        let found = found.expect("read").expect("there");
        assert_eq!(found.subject, Some(format!("{}|7", provider.issuer)));
        accounts::disable(&bed.app.ledger, "test", found.id)
            .await
            .expect("shut");
        let (_, answer) = sign_in(&bed, &provider, "7").await;
        refused(answer, "no account for you").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_makes_no_accounts_and_believes_no_unverified_address() {
    let Some(provider) = Provider::start("asked") else {
        return;
    };
    let bed = provider.bed(|_| {}).await;
    bed.signed_in(Owner).await;
    let (_, answer) = sign_in(&bed, &provider, "stranger").await;
    refused(answer, "no account for you").await;
    for verified in [Some(false), None] {
        provider.says("eve", "owner@example.org", verified).await;
        let (_, answer) = sign_in(&bed, &provider, "eve").await;
        refused(answer, "no account for you").await;
    }
    assert_eq!(
        accounts::list(&bed.app.ledger).await.expect("read").len(),
        1
    );
    // Where whoever runs it says that addresses are verified: but a `false` stays one.
    let bed = provider.bed(|oidc| oidc.email_is_verified = true).await;
    bed.signed_in(Owner).await;
    provider.says("eve", "owner@example.org", Some(false)).await;
    let (_, answer) = sign_in(&bed, &provider, "eve").await;
    refused(answer, "no account for you").await;
    provider.says("eve", "owner@example.org", None).await;
    let (_, answer) = sign_in(&bed, &provider, "eve").await;
    assert_eq!(location(&answer), "/?a=b");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_belongs_to_who_went() {
    let Some(provider) = Provider::start("asked") else {
        return;
    };
    let bed = provider.bed(|_| {}).await;
    bed.signed_in(Owner).await;
    let gone = bed.get("/sign-in/provider").await;
    let own = cookie(&gone).expect("a session");
    let back = provider.walk(&location(&gone), "owner").await;
    // Somebody lured to it, without or with a session and a flow of her own.
    refused(bed.get(&back).await, "belong to you").await;
    let other = bed.get("/sign-in/provider").await;
    let other_cookie = cookie(&other).expect("a session");
    refused(get(&bed, &back, &other_cookie).await, "belong to you").await;
    // A state that was changed, a code of another flow, an issuer of another name.
    let changed = back.replace("state=", "state=x");
    refused(get(&bed, &changed, &own).await, "belong to you").await;
    let (first, second) = (
        bed.get("/sign-in/provider").await,
        bed.get("/sign-in/provider").await,
    );
    let code = provider.walk(&location(&first), "owner").await;
    let state = provider.walk(&location(&second), "owner").await;
    let part = |path: &str, name: &str| {
        let url = url::Url::parse(&format!("{HOME}{path}")).expect("an address");
        let found = url.query_pairs().find(|(key, _)| key == name);
        found.expect("it is there").1.into_owned()
    };
    let mixed = format!(
        "/sign-in/callback?code={}&state={}",
        part(&code, "code"),
        part(&state, "state")
    );
    let second_cookie = cookie(&second).expect("a session");
    refused(get(&bed, &mixed, &second_cookie).await, "didn't take").await;
    let third = bed.get("/sign-in/provider").await;
    let elsewhere = provider.walk(&location(&third), "owner").await;
    let issuer = part(&elsewhere, "iss");
    assert_eq!(issuer, provider.issuer);
    let elsewhere = format!(
        "{}&iss=https://evil.example",
        elsewhere.split("&iss=").next().expect("a part")
    );
    refused(
        get(&bed, &elsewhere, &cookie(&third).expect("a session")).await,
        "belong to you",
    )
    .await;
    // Twice.
    let (before, answer) = sign_in(&bed, &provider, "owner").await;
    assert_eq!(location(&answer), "/?a=b");
    refused(get(&bed, &back, &before).await, "belong to you").await;
    // Somebody who says no there.
    let fourth = bed.get("/sign-in/provider").await;
    let state = url::Url::parse(&location(&fourth)).expect("an address");
    let state = state
        .query_pairs()
        .find(|(key, _)| key == "state")
        .expect("a state")
        .1
        .into_owned();
    let no = format!("/sign-in/callback?error=access_denied&state={state}");
    refused(
        get(&bed, &no, &cookie(&fourth).expect("a session")).await,
        "signed in there",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn employees_leave_nothing_behind() {
    let Some(provider) = Provider::start("asked") else {
        return;
    };
    let bed = provider.bed(|_| {}).await;
    let answer = |path: &str| -> Back {
        let uri = path.parse().expect("an address");
        let axum::extract::Query(back) =
            axum::extract::Query::try_from_uri(&uri).expect("it reads");
        back
    };
    let went = employees::begin(&bed.app, "round 7".to_owned())
        .await
        .expect("it leads on");
    let set = went.headers()[header::SET_COOKIE]
        .to_str()
        .expect("text")
        .to_owned();
    for flag in [
        "HttpOnly",
        "SameSite=Lax",
        "Max-Age=600",
        &format!("Path={}", employees::BACK),
    ] {
        assert!(set.contains(flag), "{flag}: {set}");
    }
    let back = provider.walk(&location(&went), "mia").await;
    let mut headers = HeaderMap::new();
    assert!(
        employees::finish(&bed.app, &headers, answer(&back))
            .await
            .is_err()
    );
    headers.insert(
        header::COOKIE,
        cookie(&went).expect("a cookie").parse().expect("a value"),
    );
    let (employee, end) = employees::finish(&bed.app, &headers, answer(&back))
        .await
        .expect("she is who she is");
    assert_eq!(
        (employee.email.as_str(), employee.next.as_str()),
        ("mia@example.org", "round 7")
    );
    assert!(end.to_str().expect("text").contains("Max-Age=0"));
    // Twice.
    assert!(
        employees::finish(&bed.app, &headers, answer(&back))
            .await
            .is_err()
    );
    // Nothing of it is on disk: no account, no session, no line, not even the address.
    assert!(!accounts::any(&bed.app.ledger).await.expect("read"));
    assert_eq!(
        audit::lines(&bed.app.ledger, 0, 10).await.expect("read"),
        []
    );
    for entry in std::fs::read_dir(&bed.app.config.workspace).expect("a folder") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("mia@example.org"));
    }
    let off = provider.bed(|oidc| oidc.employees = false).await;
    assert!(employees::begin(&off.app, String::new()).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_is_led_to_the_votes_once() {
    let Some(provider) = Provider::start("asked") else {
        return;
    };
    let bed = provider.bed(|_| {}).await;
    let ideas = [("Call customers back", true), ("One form, not three", true)];
    let round = closed(&bed, 40, &ideas).await;
    show_all(&bed, round.id).await;
    provider.says("p1", "P1@example.org", Some(true)).await;
    let sign_in = async || {
        let went = bed.get("/answer/sign-in?lang=es").await;
        let cookie = cookie(&went).expect("a cookie");
        let back = provider.walk(&location(&went), "p1").await;
        get(&bed, &back, &cookie).await
    };
    let nothing = text(sign_in().await).await;
    assert!(nothing.contains("No hay nada"), "before votes: {nothing}");
    vote(&bed, round.id, VotesBy::Pairs).await;
    let way = location(&sign_in().await);
    let (link, language) = way.split_once("?lang=").expect("a language");
    assert_eq!(language, "es");
    let token = link.strip_prefix("/a/").expect("a link");
    let votes = location(&bed.get(&way).await);
    assert_eq!(votes, format!("/v/{token}?lang=es"));
    let form = bed.get(&votes).await;
    assert_eq!(form.status(), StatusCode::OK);
    assert!(form.headers().get(header::SET_COOKIE).is_none());
    // She has voted: her signing in leads nowhere.
    let today = bed.app.clock.today();
    let way = ways_in::resolve(&bed.app.ledger, token, Kind::Votes, today).await;
    let way = way.expect("it answers").expect("it leads to the votes");
    let submission = Submission {
        round: way.round,
        cell: way.cell,
        mark: way.mark,
        id: uuid::Uuid::new_v4(),
        receipt: None,
        payload: Payload::Votes(Ballot::default()),
    };
    let stored = submit(&bed.app.ledger, submission, today).await;
    assert_eq!(stored.expect("it is stored"), Outcome::Stored);
    let nothing = text(sign_in().await).await;
    assert!(nothing.contains("No hay nada"), "after voting: {nothing}");
}

#[tokio::test]
async fn a_provider_that_is_away_is_said() {
    let bed = Bed::with(|config| {
        config.oidc = Some(Oidc {
            issuer: "http://127.0.0.1:9".to_owned(),
            client_id: "throughline".to_owned(),
            client_secret: None,
            ca_file: None,
            name: "Example ID".to_owned(),
            email_is_verified: false,
            employees: false,
        });
    })
    .await;
    let response = bed.get("/sign-in/provider").await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = text(response).await;
    assert!(
        page.contains("The sign-in provider doesn't answer"),
        "{page}"
    );
    let without = Bed::new().await;
    for path in ["/sign-in/provider", "/sign-in/callback"] {
        assert_eq!(without.get(path).await.status(), StatusCode::NOT_FOUND);
    }
}
