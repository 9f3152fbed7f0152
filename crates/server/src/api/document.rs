//! The description of the API, generated from its handlers.

use super::{briefs, rounds, signals};
use crate::state::App;
use axum::http::header;
use axum::response::IntoResponse;
use std::sync::LazyLock;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What isn't said by a handler.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Throughline",
        description = "For machines: push customers' feedback, read rounds and released briefs. \
                       Nothing here says who answered, or what anybody answered. Errors are \
                       `application/problem+json` (RFC 9457).",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    modifiers(&Bearer)
)]
struct Head;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token that an owner made, `tl_…`; each is for some scopes alone.",
            ))
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The routes with their description.
pub(super) fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(signals::write))
        .routes(routes!(rounds::list))
        .routes(routes!(rounds::read))
        .routes(routes!(rounds::progress))
        .routes(routes!(briefs::list))
        .routes(routes!(briefs::read))
}

/// The description.
pub fn document() -> Document {
    described().into_openapi()
}

/// `GET /api/v1/openapi.json`
pub(super) async fn show() -> impl IntoResponse {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        // A description that is made of names and texts is always JSON.
        document().to_json().unwrap_or_default()
    });
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, TEXT.as_str())
}
