//! Bringing people: what is shown before, what is stored after, and what is refused.

use crate::bed::{Bed, Visitor, company, text};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use throughline_domain::listen::AccountRole;
use throughline_ledger::people::count;
use throughline_ledger::{audit, roles};

/// Sends a file as a form would.
pub async fn upload(
    visitor: &Visitor<'_>,
    path: &str,
    field: &str,
    name: &str,
    bytes: &[u8],
) -> Response<Body> {
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         Content-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body));
    visitor.send(request.expect("a request")).await
}

async fn people(visitor: &Visitor<'_>, text: &str) -> Response<Body> {
    upload(
        visitor,
        "/people/upload",
        "people",
        "people.csv",
        text.as_bytes(),
    )
    .await
}

pub fn place(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let to = response.headers()[header::LOCATION].to_str();
    to.expect("a place").to_owned()
}

const FILE: &str = "Employee Id,Name,Email,Department,Manager Email,Job Title\n\
     1,Ada,ada@example.org,Board,,Head\n\
     2,Kay,kay@example.org,Shops,ada@example.org,Cook\n\
     3,Sam,,Shops,kay@example.org,Cook\n\
     3,Sam,,Shops,kay@example.org,=1+1\n";

#[tokio::test]
async fn a_file_is_looked_at_and_then_stored() {
    let bed = Bed::new().await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let preview = place(&people(&hr, FILE).await);
    let page = text(hr.get(&preview).await).await;
    for word in [
        "3 people",
        "come new",
        "1 row",
        "the id came before, on row 4",
        "never read",
        "Name",
    ] {
        assert!(page.contains(word), "{word}");
    }
    assert!(!page.contains("Ada<"), "names are never read");
    assert_eq!(count(&bed.app.ledger).await.expect("a count").active, 0);
    let refused = text(hr.get(&format!("{preview}/refused")).await).await;
    assert!(refused.contains("5,Employee Id,3,"), "{refused}");
    let done = place(&hr.post(&preview, "").await);
    assert_eq!(done, "/people?done=true");
    assert_eq!(count(&bed.app.ledger).await.expect("a count").active, 3);
    let page = text(hr.get(&done).await).await;
    assert!(page.contains("Shops") && page.contains("Done."), "{page}");
    // It is done once.
    assert_eq!(
        hr.post(&preview, "").await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn nobody_else_sees_a_file_that_waits() {
    let bed = Bed::new().await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let owner = bed.signed_in(AccountRole::Owner).await;
    let preview = place(&people(&hr, FILE).await);
    for response in [
        owner.get(&preview).await,
        owner.get(&format!("{preview}/refused")).await,
        owner.post(&preview, "").await,
    ] {
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn an_import_that_is_stopped_is_the_owners_to_let_through() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 40).await;
    let part = "id,unit\np0,North 1\np1,North 1\n";
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let preview = place(&people(&hr, part).await);
    let page = text(hr.get(&preview).await).await;
    assert!(page.contains("38 of 40 people would be gone"), "{page}");
    assert!(!page.contains("Store these changes"));
    assert!(page.contains("can bring the same file and let it through"));
    let tried = hr.post(&preview, "let_through=yes").await;
    assert_eq!(tried.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let owner = bed.signed_in(AccountRole::Owner).await;
    let preview = place(&people(&owner, part).await);
    let careless = owner.post(&preview, "").await;
    assert_eq!(careless.status(), StatusCode::UNPROCESSABLE_ENTITY);
    place(&owner.post(&preview, "let_through=yes").await);
    assert_eq!(count(&bed.app.ledger).await.expect("a count").active, 2);
    let line = &audit::lines(&bed.app.ledger, 0, 1).await.expect("lines")[0];
    assert!(
        line.act.detail.contains("let through by the owner"),
        "{line:?}"
    );
}

#[tokio::test]
async fn files_that_are_none_are_refused_in_words() {
    let bed = Bed::new().await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    for (file, word) in [
        ("", "no file was chosen"),
        ("Name,Unit\nAda,North\n", "the employee&#39;s id"),
        ("id^unit\n1^North\n", "one column"),
        ("id,unit\n", "no rows"),
    ] {
        let response = people(&hr, file).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{word}"
        );
        let page = text(response)
            .await
            .to_lowercase()
            .replace(['\u{2019}', '\''], "&#39;");
        assert!(page.contains(word), "{word}: {page}");
    }
}

#[tokio::test]
async fn a_file_may_be_as_large_as_the_setting_says() {
    let bed = Bed::with(|config| config.upload_bytes = 3_000_000).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let of = async |bytes: usize| {
        let mut file = b"id,unit\n1,North\n".to_vec();
        file.resize(bytes, b'\n');
        let response = upload(&hr, "/people/upload", "people", "people.csv", &file).await;
        (response.status(), text(response).await)
    };
    assert_eq!(of(3_000_000).await.0, StatusCode::SEE_OTHER);
    for bytes in [3_000_001, 4_000_000] {
        let (status, page) = of(bytes).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bytes}");
        assert!(page.contains("larger than 3 MB"), "{page}");
    }
}

#[tokio::test]
async fn what_is_brought_lies_in_the_workspace_for_the_program_alone() {
    let bed = Bed::new().await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    place(&people(&hr, FILE).await);
    let folder = bed.app.config.workspace.join("uploads");
    let left = std::fs::read_dir(&folder).expect("it is there").count();
    assert_eq!(left, 0, "what was read is gone");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&folder)
            .expect("it is there")
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o700);
    }
    let parts: String = (0..13)
        .map(|n| format!("--edge\r\nContent-Disposition: form-data; name=\"f{n}\"\r\n\r\nx\r\n"))
        .collect();
    let request = Request::post("/people/upload")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(format!("{parts}--edge--\r\n")))
        .expect("a request");
    let many = text(hr.send(request).await).await;
    assert!(many.contains("more parts than ours"), "{many}");
}

#[tokio::test]
async fn a_unit_gets_other_names() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 40).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let units = throughline_ledger::units::all(&bed.app.ledger)
        .await
        .expect("units");
    let unit = units
        .iter()
        .find(|unit| unit.name == "North 1")
        .expect("a unit");
    let path = format!("/people/units/{}", unit.id);
    assert!(text(hr.get(&path).await).await.contains("Under North"));
    let taken = hr.post(&path, "names=South+1").await;
    assert_eq!(taken.status(), StatusCode::UNPROCESSABLE_ENTITY);
    place(
        &hr.post(&path, "names=Store+12%0D%0A%0D%0Astore++12%0D%0A%3Cb%3E")
            .await,
    );
    let page = text(hr.get("/people").await).await;
    assert!(page.contains("Store 12; &lt;b&gt;"), "{page}");
}

#[tokio::test]
async fn a_chain_takes_the_place_of_the_one_there_was() {
    let bed = Bed::new().await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let send =
        async |file: &str| upload(&cx, "/chain", "chain", "chain.csv", file.as_bytes()).await;
    place(&send("from,to\nCook,Waiter\nWaiter,stage:Dinner\n").await);
    let page = text(cx.get("/chain?done=true").await).await;
    assert!(page.contains("Dinner") && page.contains("Done."), "{page}");
    let said = text(send("from,to\nCook,Waiter\nCook,Cook\n").await).await;
    assert!(said.contains("serve itself"), "{said}");
    assert_eq!(
        roles::chain(&bed.app.ledger).await.expect("a chain").len(),
        1
    );
    let circle = send("from,to\nA,B\nB,A\n").await;
    assert_eq!(circle.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // Titles alone leave the chain.
    place(&send("role,title\nCook,Chef\n").await);
    assert_eq!(
        roles::chain(&bed.app.ledger).await.expect("a chain").len(),
        1
    );
    assert!(text(cx.get("/chain").await).await.contains("Chef"));
}

#[tokio::test]
async fn a_slip_in_the_chain_is_seen_and_can_be_taken_away() {
    let bed = Bed::new().await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let send =
        async |file: &str| upload(&cx, "/chain", "chain", "chain.csv", file.as_bytes()).await;
    // Before people are known nobody holds anything: that is no slip.
    place(&send("from,to\nNurse,stage:Ward\n").await);
    assert!(!text(cx.get("/chain").await).await.contains("nobody"));
    company(&bed.app.ledger, 40).await;
    assert!(
        !text(cx.get("/chain").await)
            .await
            .contains("nobody has this")
    );
    place(&send("from,to\nNurze,stage:Ward\nClerk,Nurze\n").await);
    let page = text(cx.get("/chain").await).await;
    assert!(page.contains("1 role of the chain that nobody"), "{page}");
    assert!(page.contains("nobody has this role"), "{page}");
    let all = roles::all(&bed.app.ledger).await.expect("roles");
    let of = |name: &str| {
        all.iter()
            .find(|role| role.name == name)
            .expect("a role")
            .id
    };
    let remove = async |name: &str| {
        let response = cx
            .post(&format!("/chain/roles/{}/remove", of(name)), "")
            .await;
        response.status()
    };
    // In the chain, or somebody's: it stays.
    for used in ["Nurze", "Nurse"] {
        assert_eq!(
            remove(used).await,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{used}"
        );
    }
    place(&send("from,to\nNurse,stage:Ward\nClerk,Nurse\n").await);
    let page = text(cx.get("/chain").await).await;
    assert!(page.contains("Remove Nurze"), "{page}");
    assert!(!page.contains("Remove Nurse"), "{page}");
    assert_eq!(remove("Nurze").await, StatusCode::SEE_OTHER);
    assert!(!text(cx.get("/chain").await).await.contains("Nurze"));
    let line = &audit::lines(&bed.app.ledger, 0, 1).await.expect("lines")[0];
    assert_eq!(
        (&*line.act.act, &*line.act.subject),
        ("role.remove", "Nurze")
    );
}
