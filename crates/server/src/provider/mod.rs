//! Signing in with an `OpenID` Connect provider: authorization code, PKCE, state and nonce.
//!
//! It says who somebody is and nothing else; what that opens is decided by whoever asked. The
//! provider is looked up when it is first needed, and again when it signs with a key we don't know.

pub mod employees;

use crate::config::Oidc;
use crate::error::Failure;
use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreJwsSigningAlgorithm, CoreProviderMetadata,
    CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, reqwest,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{OnceCell, RwLock};
use url::Url;

/// How long one call to the provider may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long what it says about itself is believed.
const FRESH: Duration = Duration::from_secs(3_600);
/// How long somebody may take to sign in there.
pub(crate) const MINUTES: i64 = 10;

/// How it may sign: with keys that only it has. Never `none`, nor with a secret that we share.
const SIGNED: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What has to be remembered while somebody is with the provider.
#[derive(Clone, Serialize, Deserialize)]
pub struct Flow {
    state: String,
    nonce: String,
    verifier: String,
    started_at: DateTime<Utc>,
    /// What it is for: where to go on to.
    pub next: String,
}

/// What the provider sends back in the address.
#[derive(Default, Deserialize)]
pub struct Back {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    /// Who answers (RFC 9207).
    iss: Option<String>,
}

/// Who somebody is.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider's name for her, with the provider's own; never another's.
    pub subject: String,
    /// Her address, in lower case, if the provider verified it.
    pub email: Option<String>,
}

/// The provider. Cheap to clone.
#[derive(Clone)]
pub struct Provider(Arc<Inside>);

struct Inside {
    oidc: Oidc,
    about: RwLock<Option<(Instant, CoreProviderMetadata)>>,
    employees: employees::Flows,
    http: OnceCell<reqwest::Client>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Provider")
    }
}

fn unavailable(why: impl std::fmt::Display) -> Failure {
    Failure::Away {
        what: "the sign-in provider",
        why: why.to_string(),
    }
}

fn again(what: &str) -> Failure {
    Failure::refused(what, "Go back to the first page and sign in again.")
}

impl Provider {
    /// By these settings; nothing is asked of it yet.
    pub fn new(oidc: &Oidc) -> Self {
        Self(Arc::new(Inside {
            oidc: oidc.clone(),
            about: RwLock::default(),
            employees: employees::Flows::default(),
            http: OnceCell::new(),
        }))
    }

    /// Forgets employees who didn't come back in time.
    pub(crate) fn sweep(&self, now: DateTime<Utc>) {
        self.0.employees.sweep(now);
    }

    /// Its name on the button.
    pub fn name(&self) -> &str {
        &self.0.oidc.name
    }

    /// Whether employees may sign in with it to answer.
    pub fn for_employees(&self) -> bool {
        self.0.oidc.employees
    }

    /// What asks it: made once, when it is first needed.
    async fn http(&self) -> Result<reqwest::Client, Failure> {
        let made = self.0.http.get_or_try_init(|| async {
            let inside = Arc::clone(&self.0);
            let making = tokio::task::spawn_blocking(move || inside.oidc.http());
            making.await.map_err(unavailable)?
        });
        made.await.cloned()
    }

    async fn about(&self, http: &reqwest::Client) -> Result<CoreProviderMetadata, Failure> {
        if let Some((at, about)) = self.0.about.read().await.as_ref()
            && at.elapsed() < FRESH
        {
            return Ok(about.clone());
        }
        let issuer = IssuerUrl::new(self.0.oidc.issuer.clone()).map_err(unavailable)?;
        let about = CoreProviderMetadata::discover_async(issuer, http)
            .await
            .map_err(unavailable)?;
        *self.0.about.write().await = Some((Instant::now(), about.clone()));
        Ok(about)
    }

    fn client(&self, about: CoreProviderMetadata, back: &Url) -> Client {
        let secret = self.0.oidc.client_secret.as_ref();
        CoreClient::from_provider_metadata(
            about,
            ClientId::new(self.0.oidc.client_id.clone()),
            secret.map(|secret| ClientSecret::new(secret.reveal().to_owned())),
        )
        .set_redirect_uri(RedirectUrl::from_url(back.clone()))
    }

    /// Where to send somebody to sign in, and what to remember until she is `back`.
    ///
    /// # Errors
    /// Where the provider doesn't answer.
    pub async fn begin(
        &self,
        back: &Url,
        next: String,
        now: DateTime<Utc>,
    ) -> Result<(Url, Flow), Failure> {
        let http = self.http().await?;
        let client = self.client(self.about(&http).await?, back);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state, nonce) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let flow = Flow {
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
            started_at: now,
            next,
        };
        Ok((url, flow))
    }

    /// Who came back.
    ///
    /// # Errors
    /// Where she isn't the one who went, didn't sign in, or the provider doesn't prove it.
    pub async fn finish(
        &self,
        flow: Flow,
        answer: Back,
        back: &Url,
        now: DateTime<Utc>,
    ) -> Result<Identity, Failure> {
        let state = answer.state.unwrap_or_default();
        let fresh = now - flow.started_at < chrono::Duration::minutes(MINUTES);
        let issuer = answer.iss.is_none_or(|iss| iss == self.0.oidc.issuer);
        if state != flow.state || !fresh || !issuer {
            return Err(again(
                "this sign-in doesn't belong to you, or took too long",
            ));
        }
        if answer.error.is_some() {
            return Err(again("you weren't signed in there"));
        }
        let code = answer
            .code
            .ok_or_else(|| again("you weren't signed in there"))?;
        let http = self.http().await?;
        let client = self.client(self.about(&http).await?, back);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(unavailable)?
            .set_pkce_verifier(PkceCodeVerifier::new(flow.verifier))
            .request_async(&http)
            .await
            .map_err(|error| refused(&error))?;
        let nonce = Nonce::new(flow.nonce);
        match identity(&client, &tokens, &nonce) {
            Ok(found) => self.addressed(found, &client, &tokens, &http).await,
            // It may have changed its keys since we asked.
            Err(_) => {
                *self.0.about.write().await = None;
                let client = self.client(self.about(&http).await?, back);
                let found = identity(&client, &tokens, &nonce).map_err(|error| {
                    tracing::warn!(error, "the sign-in provider's proof doesn't hold");
                    again("the provider didn't prove who you are")
                })?;
                self.addressed(found, &client, &tokens, &http).await
            }
        }
    }

    /// With the address: from the token, or, as many providers have it, from a further question.
    async fn addressed(
        &self,
        proved: Proved,
        client: &Client,
        tokens: &CoreTokenResponse,
        http: &reqwest::Client,
    ) -> Result<Identity, Failure> {
        let (mut email, mut verified) = (proved.email, proved.verified);
        if email.is_none()
            && let Ok(question) = client.user_info(
                tokens.access_token().clone(),
                Some(openidconnect::SubjectIdentifier::new(
                    proved.subject.clone(),
                )),
            )
        {
            // What is wrong with it may name somebody: it isn't said on.
            let said: CoreUserInfoClaims = question
                .request_async(http)
                .await
                .map_err(|_| unavailable("what it says about somebody can't be read"))?;
            email = said.email().map(|email| email.to_string());
            verified = said.email_verified();
        }
        let believed =
            verified == Some(true) || (verified.is_none() && self.0.oidc.email_is_verified);
        Ok(Identity {
            subject: format!("{}|{}", self.0.oidc.issuer, proved.subject),
            email: email
                .filter(|_| believed)
                .map(|email| email.trim().to_lowercase()),
        })
    }
}

impl Oidc {
    fn http(&self) -> Result<reqwest::Client, Failure> {
        let mut builder = reqwest::Client::builder()
            .timeout(PATIENCE)
            // One that sends us elsewhere could make us ask machines of our own network.
            .redirect(reqwest::redirect::Policy::none());
        if let Some(path) = &self.ca_file {
            let pem = std::fs::read(path).map_err(unavailable)?;
            for certificate in reqwest::Certificate::from_pem_bundle(&pem).map_err(unavailable)? {
                builder = builder.add_root_certificate(certificate);
            }
        }
        builder.build().map_err(unavailable)
    }
}

/// What a token proves.
struct Proved {
    subject: String,
    email: Option<String>,
    verified: Option<bool>,
}

fn identity(client: &Client, tokens: &CoreTokenResponse, nonce: &Nonce) -> Result<Proved, String> {
    let token = tokens.id_token().ok_or("there is no identity token")?;
    let verifier = client.id_token_verifier().set_allowed_algs(SIGNED);
    let claims = token
        .claims(&verifier, nonce)
        .map_err(|error| error.to_string())?;
    if let Some(expected) = claims.access_token_hash() {
        let found = token
            .signing_alg()
            .map_err(|error| error.to_string())
            .and_then(|algorithm| {
                let key = token
                    .signing_key(&verifier)
                    .map_err(|error| error.to_string())?;
                AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
                    .map_err(|error| error.to_string())
            })?;
        if found != *expected {
            return Err("the access token isn't the one it was made with".to_owned());
        }
    }
    Ok(Proved {
        subject: claims.subject().to_string(),
        email: claims.email().map(|email| email.to_string()),
        verified: claims.email_verified(),
    })
}

/// A code that the provider doesn't take is the visitor's matter, a provider that doesn't answer ours.
fn refused<R, T>(error: &openidconnect::RequestTokenError<R, T>) -> Failure
where
    R: std::error::Error + 'static,
    T: openidconnect::ErrorResponse + 'static,
{
    match error {
        openidconnect::RequestTokenError::ServerResponse(_) => {
            again("the provider didn't take what you came back with")
        }
        other => unavailable(other),
    }
}
