//! Numbers about the server for Prometheus: totals alone.
//!
//! Nothing here counts what respondents do: whoever reads a counter every few seconds would learn
//! when somebody answered. So requests are counted on accounts' pages and the API, and elsewhere
//! only faults are.

use crate::health;
use crate::state::App;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;

/// Seconds at which answering times are counted.
const BUCKETS: [f64; 8] = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// One recorder a process.
static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

fn handle() -> &'static PrometheusHandle {
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let builder = builder
            .set_buckets(&BUCKETS)
            .unwrap_or_else(|_| PrometheusBuilder::new());
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        // Where a program around this one counts already, its recorder gets the numbers.
        let _ = metrics::set_global_recorder(recorder);
        handle
    })
}

/// Starts counting.
pub(crate) fn start() {
    let _ = handle();
    metrics::describe_counter!(
        "throughline_requests_total",
        "Requests to accounts' pages and the API; respondents' are not counted"
    );
    metrics::describe_histogram!(
        "throughline_request_seconds",
        metrics::Unit::Seconds,
        "How long they took"
    );
    metrics::describe_counter!(
        "throughline_faults_total",
        "Answers with a status of 500 or more"
    );
    metrics::describe_counter!(
        "throughline_signals_pushed_total",
        "Rows of feedback pushed"
    );
    metrics::describe_counter!("throughline_briefs_released_total", "Briefs released");
    metrics::describe_gauge!("throughline_ready", "Whether database and workspace answer");
    metrics::gauge!("throughline_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}

/// Sums single times up, so that they don't pile up where nobody asks for the totals.
pub(crate) fn upkeep() {
    handle().run_upkeep();
}

/// Counts a request of an account or a machine.
pub(crate) fn request(surface: &'static str, status: u16, took: Duration) {
    let class = match status {
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        500.. => "5xx",
        _ => "1xx",
    };
    metrics::counter!("throughline_requests_total", "surface" => surface, "status" => class)
        .increment(1);
    metrics::histogram!("throughline_request_seconds", "surface" => surface)
        .record(took.as_secs_f64());
}

/// Counts a fault, whoever met it.
pub(crate) fn fault() {
    metrics::counter!("throughline_faults_total").increment(1);
}

/// `GET /metrics`
pub(crate) async fn show(State(app): State<App>) -> impl IntoResponse {
    let ready = health::look(&app).await.is_ready();
    metrics::gauge!("throughline_ready").set(if ready { 1.0 } else { 0.0 });
    upkeep();
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        handle().render(),
    )
}
