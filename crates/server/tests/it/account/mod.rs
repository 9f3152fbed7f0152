//! Signing in and out, and who has an account.

mod link;
