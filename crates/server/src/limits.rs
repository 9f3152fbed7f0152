//! Tries, counted: who tries too often waits.
//!
//! Counts live in memory alone, under a hash of the address with a key of this process: neither
//! disk nor log ever holds an address. An office shares one address, so what lets people in is
//! counted by its failures, not by its uses; a try that is refused for the count isn't looked at.

use crate::config::Network;
use crate::error::Failure;
use axum::extract::ConnectInfo;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// One-time links and the first start's link.
    Link,
    /// Asking for a link by letter, or for the provider.
    SignIn,
    /// Letters to one mailbox.
    Mailbox,
    /// Slips, codes and personal links of respondents; receipts: by their failures.
    Code,
    /// What a whole office does at once from one address, and costs us something: employees
    /// who go to the provider, taps after sending.
    Crowd,
}

/// Of each: tries at once, and milliseconds after which one more is free.
const DOORS: [(Door, u32, u64); 5] = [
    (Door::Link, 20, 15_000),
    (Door::SignIn, 20, 6_000),
    (Door::Mailbox, 3, 600_000),
    (Door::Code, 30, 5_000),
    (Door::Crowd, 5_000, 20),
];

/// Checks after which what is long past is forgotten.
const SWEEP: u32 = 1_024;

type Key = [u8; 16];

struct Counted {
    door: Door,
    limiter: DefaultKeyedRateLimiter<Key>,
    shut: Mutex<HashMap<Key, Instant>>,
}

/// The counts. Cheap to clone.
#[derive(Clone)]
pub struct Limits(Arc<Inside>);

struct Inside {
    key: [u8; 32],
    doors: Vec<Counted>,
    checks: AtomicU32,
    trusted: Vec<Network>,
}

impl Limits {
    /// Nothing counted yet.
    pub fn new(trusted: &[Network]) -> Self {
        let mut key = [0; 32];
        for half in key.chunks_exact_mut(16) {
            half.copy_from_slice(Uuid::new_v4().as_bytes());
        }
        let counted = |(door, burst, milliseconds): (Door, u32, u64)| {
            let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::with_period(Duration::from_millis(milliseconds))
                .unwrap_or_else(|| Quota::per_minute(burst));
            Counted {
                door,
                limiter: RateLimiter::keyed(quota.allow_burst(burst)),
                shut: Mutex::default(),
            }
        };
        Self(Arc::new(Inside {
            key,
            doors: DOORS.into_iter().map(counted).collect(),
            checks: AtomicU32::new(0),
            trusted: trusted.to_vec(),
        }))
    }

    /// Before something that only counts when it fails: whether it may be tried.
    ///
    /// # Errors
    /// Where too many failed.
    pub fn open(&self, door: Door, client: Client) -> Result<(), Failure> {
        let Some(counted) = self.counted(door) else {
            return Ok(());
        };
        let key = self.key(&client.bytes());
        let mut shut = counted.shut.lock().unwrap_or_else(PoisonError::into_inner);
        match shut.get(&key) {
            Some(until) if Instant::now() < *until => Err(Failure::TooMany),
            Some(_) => {
                shut.remove(&key);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// It failed: counted. Where that was one too many, the door is shut for a while.
    pub fn failed(&self, door: Door, client: Client) {
        let Some(counted) = self.counted(door) else {
            return;
        };
        let key = self.key(&client.bytes());
        if let Err(not_until) = counted.limiter.check_key(&key) {
            let wait = not_until.wait_time_from(DefaultClock::default().now());
            let mut shut = counted.shut.lock().unwrap_or_else(PoisonError::into_inner);
            shut.insert(key, Instant::now() + wait);
        }
        self.sweep();
    }

    /// Counts something that is dear whether it succeeds or not.
    ///
    /// # Errors
    /// Where it is one too many.
    pub fn take(&self, door: Door, client: Client) -> Result<(), Failure> {
        self.take_bytes(door, &client.bytes())
    }

    /// The same for a mailbox.
    ///
    /// # Errors
    /// Where it is one too many.
    pub fn take_mailbox(&self, email: &str) -> Result<(), Failure> {
        self.take_bytes(Door::Mailbox, email.as_bytes())
    }

    fn take_bytes(&self, door: Door, bytes: &[u8]) -> Result<(), Failure> {
        let key = self.key(bytes);
        let free = self
            .counted(door)
            .is_none_or(|counted| counted.limiter.check_key(&key).is_ok());
        self.sweep();
        if free { Ok(()) } else { Err(Failure::TooMany) }
    }

    fn counted(&self, door: Door) -> Option<&Counted> {
        self.0.doors.iter().find(|counted| counted.door == door)
    }

    fn key(&self, bytes: &[u8]) -> Key {
        let mut short = [0; 16];
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0.key) {
            mac.update(bytes);
            let long = mac.finalize().into_bytes();
            short.copy_from_slice(&long[..16]);
        }
        short
    }

    fn sweep(&self) {
        if !self
            .0
            .checks
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(SWEEP)
        {
            return;
        }
        let now = Instant::now();
        for counted in &self.0.doors {
            counted.limiter.retain_recent();
            let mut shut = counted.shut.lock().unwrap_or_else(PoisonError::into_inner);
            shut.retain(|_, until| now < *until);
        }
    }
}

/// Who tries: an address that is never kept, printed or compared with anything.
#[derive(Clone, Copy)]
pub struct Client(IpAddr);

impl Client {
    /// What counts as one: an IPv4 address, or the network that a household or office has in IPv6.
    fn bytes(self) -> Vec<u8> {
        match self.0.to_canonical() {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets()[..8].to_vec(),
        }
    }

    fn of(peer: IpAddr, forwarded: &str, trusted: &[Network]) -> Self {
        let believed = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
        if !believed(peer) {
            return Self(peer);
        }
        // From the right, where our own proxies wrote; what stands left of the first stranger
        // anyone may have made up.
        let mut last = peer;
        for part in forwarded.rsplit(',') {
            let Ok(address) = part.trim().parse::<IpAddr>() else {
                break;
            };
            last = address;
            if !believed(address) {
                break;
            }
        }
        Self(last)
    }
}

impl FromRequestParts<crate::state::App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &crate::state::App,
    ) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |info| info.0.ip());
        let forwarded: Vec<&str> = parts
            .headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        Ok(Self::of(peer, &forwarded.join(","), &app.limits.0.trusted))
    }
}

#[cfg(test)]
mod tests {
    use super::{Client, Door, Limits};
    use crate::config::Network;

    fn client(text: &str) -> Client {
        Client(text.parse().expect("an address"))
    }

    fn check(peer: &str, forwarded: &str, expected: &str) {
        let trusted = [Network::parse("10.0.0.0/8").expect("a network")];
        let found = Client::of(peer.parse().expect("an address"), forwarded, &trusted);
        assert_eq!(found.0.to_string(), expected, "{peer} {forwarded}");
    }

    #[test]
    fn only_our_own_proxies_are_believed() {
        check("203.0.113.1", "198.51.100.1", "203.0.113.1");
        check("10.0.0.1", "198.51.100.1", "198.51.100.1");
        check("10.0.0.1", "192.0.2.1, 198.51.100.1", "198.51.100.1");
        check("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1");
        check("10.0.0.1", "", "10.0.0.1");
        check("10.0.0.1", "rubbish", "10.0.0.1");
        check("10.0.0.1", "192.0.2.1, rubbish", "10.0.0.1");
    }

    #[test]
    fn failures_shut_a_door_for_that_client_alone() {
        let limits = Limits::new(&[]);
        let (one, other) = (client("192.0.2.1"), client("192.0.2.2"));
        for _ in 0..1_000 {
            assert!(
                limits.open(Door::Code, one).is_ok(),
                "successes don't count"
            );
        }
        let mut tries = 0;
        while limits.open(Door::Code, one).is_ok() && tries < 1_000 {
            limits.failed(Door::Code, one);
            tries += 1;
        }
        assert_eq!(tries, 31);
        assert!(limits.open(Door::Code, other).is_ok());
        assert!(limits.open(Door::Link, one).is_ok());
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        let limits = Limits::new(&[]);
        let taken = (0..100)
            .filter(|n| {
                let one = client(&format!("2001:db8::{n:x}"));
                limits.take(Door::SignIn, one).is_ok()
            })
            .count();
        assert_eq!(taken, 20);
        assert!(limits.take(Door::SignIn, client("2001:db8:0:1::1")).is_ok());
    }
}
