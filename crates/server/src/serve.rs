//! Listens and answers until it is told to stop.
//!
//! Slow clients are shown out: a head has seconds to arrive, a body a minute, a connection some
//! minutes; connections are counted, and where there are too many, the idle ones go (`seats`).

use crate::calendar;
use crate::config::Config;
use crate::error::ServerError;
use crate::page::upload;
use crate::routes::app;
use crate::seats::{Seat, Seats};
use crate::state::App;
use crate::totals;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use throughline_ledger::alone::alone;
use throughline_ledger::{ballot_box, sessions};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;
use tower_http::timeout::DeadlineBody;
use url::Url;

/// How long a connection may last.
const CONNECTION: Duration = Duration::from_secs(600);
/// How long requests under way have once the server was told to stop.
const ENDING: Duration = Duration::from_secs(20);
/// How often what ended is taken away.
const SWEEP: Duration = Duration::from_secs(3_600);
/// Connections that may wait to be accepted (the system may allow fewer). Past that one is dropped
/// though its caller believes it made, and what she sends is repeated for up to a quarter of a minute.
const BACKLOG: u32 = 4_096;
/// Headers that a request may have.
const HEADERS: usize = 64;
/// Bytes that its head may have.
const HEAD_BYTES: usize = 32 * 1024;

/// How many are borne with, and how long.
#[derive(Clone, Copy)]
struct Patience {
    /// Connections at once.
    connections: usize,
    /// For the head of a request, and for a connection between two.
    head: Duration,
    /// For a body.
    body: Duration,
}

fn listening(at: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if at.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    // A server that starts anew waits for no connection of the one before; as `TcpListener::bind` does.
    socket.set_reuseaddr(true)?;
    socket.bind(at)?;
    socket.listen(BACKLOG)
}

/// What is said once it answers.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Where it listens.
    pub at: SocketAddr,
    /// Where people reach it.
    pub public_url: Url,
    /// The one-time link for the owner, where there is no account yet.
    pub start: Option<Url>,
}

/// Serves until `stop` is done; requests under way are then finished.
///
/// # Errors
/// Where it can't start.
pub async fn serve(
    mut config: Config,
    ready: impl FnOnce(Ready),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    config
        .make_workspace()
        .map_err(|source| ServerError::Start {
            what: format!("can't make the workspace `{}`", config.workspace.display()),
            source,
            hint: "name a folder you may write to with `--workspace`",
        })?;
    crate::log::start(config.log_format, &config.log_level);
    let listen = config.listen;
    let cannot = |source| ServerError::Start {
        what: format!("can't listen on `{listen}`"),
        source,
        hint: "another program may use it: choose another with `--listen`",
    };
    let listener = listening(listen).map_err(cannot)?;
    let at = listener.local_addr().map_err(cannot)?;
    if config.public_url.port() == Some(0) {
        // The system chose the port; an address of the web always takes one.
        let _ = config.public_url.set_port(Some(at.port()));
    }
    let patience = Patience {
        connections: config.connections,
        head: config.slow,
        body: config.slow * 4,
    };
    let state = App::open(config).await?;
    // First: of a server that runs, nothing is taken away.
    let _alone = alone(&state.ledger).await?;
    upload::empty(&state.config.workspace).map_err(|source| ServerError::Start {
        what: "can't remove what an earlier run left of uploads".to_owned(),
        source,
        hint: "let the user that Throughline runs as write to the workspace",
    })?;
    let start = state.start.begin(&state).await?;
    ready(Ready {
        at,
        public_url: state.config.public_url.clone(),
        start,
    });
    let ledger = state.ledger.clone();
    let tasks = [
        tokio::spawn(sweep(state.clone())),
        tokio::spawn(calendar::keep(state.clone())),
        tokio::spawn(ballot_box::keep_moving(ledger.clone())),
    ];
    accept(listener, app(state), patience, stop).await;
    for task in tasks {
        task.abort();
    }
    // What came last is stirred, too; where it can't be, the next start does it.
    if let Err(error) = ballot_box::settle(&ledger).await {
        tracing::warn!(%error, "the inbox couldn't be stirred");
    }
    if let Err(error) = ballot_box::write_marks(&ledger).await {
        tracing::warn!(%error, "marks of use couldn't be written");
    }
    Ok(())
}

/// Takes away what ended: sessions that nobody signed out of, sign-ins that nobody came back from, files
/// that nobody confirmed, single times that were counted.
async fn sweep(state: App) {
    let mut hours = tokio::time::interval(SWEEP);
    loop {
        hours.tick().await;
        let now = state.clock.now();
        state.uploads.sweep(now);
        state.feedback.sweep(now);
        if let Some(provider) = &state.provider {
            provider.sweep(now);
        }
        totals::upkeep();
        if let Err(error) = sessions::sweep(&state.ledger, now).await {
            tracing::warn!(%error, "ended sessions weren't taken away");
        }
    }
}

async fn accept(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    stop: impl Future<Output = ()>,
) {
    let seats = Seats::new(patience.connections);
    let (ending, ended) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let accepted = listener.accept().await;
            (accepted, seats.take().await)
        };
        let (accepted, seat) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        match (accepted, seat) {
            (Ok((stream, peer)), Some(seat)) => {
                tokio::spawn(connection(
                    stream,
                    peer,
                    router.clone(),
                    patience,
                    seat,
                    ended.clone(),
                ));
            }
            // Out of files, or the client went: others wait for theirs.
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    drop(ended);
    // Tells all; done when the last connection is.
    let _ = ending.send(());
    let _ = tokio::time::timeout(ENDING, ending.closed()).await;
}

/// One connection on its seat, watching whether the server ends or somebody else needs the seat.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: Patience,
    seat: Seat,
    mut ended: watch::Receiver<()>,
) {
    // Answers are small; waiting to fill a packet only delays them.
    let _ = stream.set_nodelay(true);
    let (asks, answers) = (seat.watch(), seat.watch());
    let service = router
        .map_request(move |request: Request<Incoming>| {
            let within = |body| Body::new(DeadlineBody::new(patience.body, body));
            let mut request = request.map(|body| asks.asked(within(body)));
            request.extensions_mut().insert(ConnectInfo(peer));
            request
        })
        .map_response(move |response: Response| response.map(|body| answers.answers(body)));
    let mut served = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.head)
            .max_headers(HEADERS)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
    );
    let mut last = pin!(tokio::time::sleep(CONNECTION));
    let mut told = false;
    loop {
        let over = tokio::select! {
            // How a connection broke is between the client and its network.
            _ = &mut served => true,
            () = seat.is_needed() => true,
            () = &mut last => told,
            _ = ended.changed(), if !told => false,
        };
        if over {
            break;
        }
        told = true;
        served.as_mut().graceful_shutdown();
        last.as_mut().reset(tokio::time::Instant::now() + ENDING);
    }
    drop(seat);
}
