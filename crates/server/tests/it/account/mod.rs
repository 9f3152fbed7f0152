//! Signing in and out, and who has an account.

mod cookie;
mod link;
mod manage;
mod oidc;
mod sign_in;
mod start;
