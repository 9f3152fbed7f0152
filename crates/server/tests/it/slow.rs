//! Clients that take their time, send too much, or are too many; over a real connection.

use std::time::Duration;
use throughline_server::{Config, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

/// A server with a second's patience and few connections.
struct Server {
    address: std::net::SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    running: tokio::task::JoinHandle<()>,
    folder: tempfile::TempDir,
}

impl Server {
    async fn start() -> Self {
        Self::within(tempfile::tempdir().expect("a folder")).await
    }

    /// In a workspace that isn't there yet.
    async fn within(folder: tempfile::TempDir) -> Self {
        Self::patient(folder, Duration::from_secs(1)).await
    }

    /// With more patience.
    async fn patient(folder: tempfile::TempDir, slow: Duration) -> Self {
        let mut config = Config::of(&folder.path().join("workspace")).expect("settings");
        config.listen = ([127, 0, 0, 1], 0).into();
        config.public_url = "http://127.0.0.1:0".parse().expect("an address");
        config.slow = slow;
        config.connections = 4;
        let (told, ready) = oneshot::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let ready = |ready: throughline_server::Ready| {
                assert!(ready.start.is_some(), "a first start prints a link");
                assert_eq!(ready.public_url.port(), Some(ready.at.port()));
                told.send(ready.at).expect("somebody waits");
            };
            let stop = async {
                let _ = stopped.await;
            };
            serve(config, ready, stop).await.expect("it serves");
        });
        Self {
            address: ready.await.expect("it starts"),
            stop: Some(stop),
            running,
            folder,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("it listens")
    }

    /// Sends bytes, then waits for what comes until the other side closes; at most `seconds`.
    async fn told(&self, sent: &str, seconds: u64) -> String {
        let mut stream = self.connect().await;
        stream.write_all(sent.as_bytes()).await.expect("it is sent");
        let mut said = Vec::new();
        let read = stream.read_to_end(&mut said);
        let closed = tokio::time::timeout(Duration::from_secs(seconds), read).await;
        assert!(
            closed.is_ok(),
            "still open: {}",
            String::from_utf8_lossy(&said)
        );
        String::from_utf8_lossy(&said).into_owned()
    }
}

/// A form whose end doesn't come.
const BODY: &str = "POST /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=";
const GET: &str = "GET /sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_does_not_end_is_shown_out() {
    let server = Server::start().await;
    for start in [
        "",
        "GET /sign-in HTTP/1.1\r\nHost: x\r\n",
        "GET /sign-in HTTP/1.1\r\nX: ",
    ] {
        let said = server.told(start, 10).await;
        assert!(!said.contains("200 OK"), "{said}");
    }
    // A connection that stays open after an answer, too.
    let said = server
        .told("GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n", 10)
        .await;
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_end_is_shown_out() {
    let server = Server::start().await;
    let said = server.told(BODY, 20).await;
    assert!(said.starts_with("HTTP/1.1 4"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_refused() {
    let server = Server::start().await;
    let body = "x".repeat(300 * 1024);
    let post = format!(
        "POST /sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let said = server.told(&post, 10).await;
    assert!(said.starts_with("HTTP/1.1 413"), "{said}");
    let headers: String = (0..200).map(|n| format!("X-{n}: y\r\n")).collect();
    let said = server
        .told(&format!("GET / HTTP/1.1\r\n{headers}\r\n"), 10)
        .await;
    assert!(said.starts_with("HTTP/1.1 431"), "{said}");
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(100_000));
    let said = server.told(&long, 10).await;
    assert!(!said.contains("200 OK"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_hold_connections_do_not_keep_others_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::patient(folder, Duration::from_secs(300)).await;
    let asked = "GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n";
    for start in ["", "GET /sign-in HTTP/1.1\r\nHost: x\r\n", BODY, asked] {
        let mut held = Vec::new();
        for _ in 0..12 {
            let mut stream = server.connect().await;
            // Who had to leave already isn't heard.
            let _ = stream.write_all(start.as_bytes()).await;
            held.push(stream);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        let said = server.told(GET, 10).await;
        assert!(said.starts_with("HTTP/1.1 200"), "{start}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_stops() {
    let mut server = Server::start().await;
    let idle = server.connect().await;
    let stop = server.stop.take().expect("once");
    stop.send(()).expect("it runs");
    let ended = tokio::time::timeout(Duration::from_secs(10), &mut server.running).await;
    ended.expect("it ends in time").expect("without a fault");
    assert!(TcpStream::connect(server.address).await.is_err());
    drop(idle);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_workspace_it_makes_is_its_own_and_what_a_killed_run_left_goes() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let workspace = folder.path().join("workspace");
    let mut server = Server::within(folder).await;
    let mode = std::fs::metadata(&workspace).expect("it is there");
    assert_eq!(mode.permissions().mode() & 0o777, 0o700);
    let stop = server.stop.take().expect("once");
    stop.send(()).expect("it runs");
    (&mut server.running).await.expect("it ends");
    let left = workspace.join("uploads").join("people.csv");
    std::fs::create_dir(workspace.join("uploads")).expect("a folder");
    std::fs::write(&left, "id,unit\n").expect("a file");
    let again = Server::within(server.folder).await;
    assert!(!left.exists());
    drop(again);
}
