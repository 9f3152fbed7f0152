//! How work reaches customers: the steps of the journey with their problems and the roles that
//! serve them, every role's way, and roles for which no way was named.

use super::figure::{heading, problem_links};
use super::reader::Reader;
use crate::chart::share_bar;
use crate::say;
use maud::{Markup, html};
use throughline_domain::brief::{ChainPicture, RoleWay};

/// The section.
pub(super) fn chain(reader: &Reader<'_>) -> Markup {
    let Some(chain) = &reader.brief.chain else {
        return html! {};
    };
    html! {
        section class="part" aria-labelledby="chain" {
            (heading("chain", "How work reaches customers"))
            p class="lead" {
                "Every role serves customers, directly or through others. These are the ways that were named."
            }
            @if !chain.stages.is_empty() { (steps(reader, chain)) }
            @if !chain.roles.is_empty() { (ways(chain)) }
            @if !chain.unconnected.is_empty() {
                h3 { "No way named" }
                p {
                    (say::list_of_names(&titles(chain, &chain.unconnected)))
                    @if chain.unconnected.len() == 1 { ": no way to customers was named for this role. " }
                    @else { ": no way to customers was named for these roles. " }
                    "That is a hole in the list, not in their work: ask them whom they serve."
                }
            }
        }
    }
}

fn steps(reader: &Reader<'_>, chain: &ChainPicture) -> Markup {
    html! {
        h3 { "Steps of the journey" }
        ol class="journey" {
            @for stage in &chain.stages {
                li {
                    p class="name" { (say::sentence(&stage.stage)) }
                    (share_bar(stage.share))
                    p class="facts" { (say::fixed(stage.share * 100.0, 0)) "% of comments that name a problem" }
                    dl {
                        dt { "Problems felt here" }
                        dd {
                            @if stage.pains.is_empty() { "None stands out." }
                            @else { (problem_links(reader, &stage.pains)) }
                        }
                        dt { "Served by" }
                        dd {
                            @if stage.served_by.is_empty() { "No role was named." }
                            @else { (say::list_of_names(&titles(chain, &stage.served_by))) "." }
                        }
                    }
                }
            }
        }
    }
}

fn ways(chain: &ChainPicture) -> Markup {
    let mut roles: Vec<&RoleWay> = chain
        .roles
        .iter()
        .filter(|role| !role.way.is_empty())
        .collect();
    roles.sort_by_key(|role| (role.steps, name(role).to_lowercase(), role.role.clone()));
    html! {
        h3 { "Every role\u{2019}s way to the customer" }
        table class="stack ways" role="table" aria-label="Every role\u{2019}s way to the customer" {
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { "Role" }
                th role="columnheader" scope="col" { "Its shortest way" }
                th role="columnheader" scope="col" { "Reaches" }
            } }
            tbody role="rowgroup" {
                @for role in roles {
                    tr role="row" {
                        th role="rowheader" scope="row" {
                            (name(role))
                            span class="owned" { (distance(role.steps)) }
                        }
                        td role="cell" data-label="Shortest way" { (way(chain, role)) }
                        td role="cell" data-label="Reaches" class="soft" { (role.reaches.join(", ")) }
                    }
                }
            }
        }
    }
}

fn distance(steps: Option<u32>) -> String {
    match steps {
        None => String::new(),
        Some(0) => "serves customers directly".to_owned(),
        Some(1) => "one step behind".to_owned(),
        Some(steps) => format!("{} steps behind", say::in_words(u64::from(steps))),
    }
}

fn way(chain: &ChainPicture, role: &RoleWay) -> Markup {
    let last = role.way.len().saturating_sub(1);
    html! {
        ol class="way" {
            @for (at, step) in role.way.iter().enumerate() {
                li class=(if at == last { "journey-step" } else { "role" }) {
                    @if at == last { (say::sentence(step)) } @else { (title_of(chain, step)) }
                }
            }
        }
    }
}

fn titles(chain: &ChainPicture, roles: &[String]) -> Vec<String> {
    roles.iter().map(|role| title_of(chain, role)).collect()
}

fn title_of(chain: &ChainPicture, role: &str) -> String {
    chain
        .roles
        .iter()
        .find(|one| one.role == role)
        .map_or_else(|| role.to_owned(), name)
}

fn name(role: &RoleWay) -> String {
    role.title.clone().unwrap_or_else(|| role.role.clone())
}
