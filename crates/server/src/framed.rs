//! What went wrong, in the office's frame where somebody is signed in: with her places, so that she
//! can go on.

use crate::answer::is_hers;
use crate::error::Failed;
use crate::guard::who;
use crate::page::layout::office;
use crate::state::App;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_sessions::Session;

/// Puts the frame around it. Who reads is asked only where something went wrong, and never on an
/// employee's page.
pub(crate) async fn framed(State(app): State<App>, request: Request, next: Next) -> Response {
    let hers = is_hers(request.uri().path());
    let session = request.extensions().get::<Session>().cloned();
    let response = next.run(request).await;
    let Some(failed) = response.extensions().get::<Failed>().cloned() else {
        return response;
    };
    if hers {
        return response;
    }
    // Where the database doesn't answer nobody is known, and the plain page stays.
    let Ok(Some(who)) = who(&app, session).await else {
        return response;
    };
    let body = failed.body(("/", "Home"));
    (response.status(), office(("", &failed.title), &who, &body)).into_response()
}
