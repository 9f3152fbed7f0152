//! The page: self-contained, well formed, safe, the same in every run.

use crate::company;
use crate::markup::Page;
use throughline_report::html;

#[test]
fn every_case_is_well_formed() {
    for (name, draft) in company::cases() {
        let page = Page::read(&html::brief(&company::released(draft)));
        assert_eq!(page.problems, Vec::<String>::new(), "{name}");
        assert_eq!(page.repeated_ids(), Vec::<&str>::new(), "{name}");
        assert_eq!(page.broken_references(), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn nothing_is_loaded_and_nothing_runs() {
    for (name, draft) in company::cases() {
        let text = html::brief(&company::released(draft));
        for banned in [
            "<script",
            "http:",
            "https:",
            "//www",
            "@import",
            "<iframe",
            "<object",
            "<embed",
            "<form",
            "javascript:",
        ] {
            assert!(!text.contains(banned), "{name}: {banned}");
        }
        for place in text.match_indices("url(").map(|(at, _)| at + 4) {
            assert!(text[place..].starts_with('#'), "{name}: url() outside");
        }
        for tag in &Page::read(&text).tags {
            assert!(tag.name != "link" && tag.get("src").is_none(), "{name}");
            assert!(
                tag.attributes.iter().all(|(key, _)| !key.starts_with("on")),
                "{name}: a handler in <{}>",
                tag.name
            );
            let link = tag.get("href").unwrap_or("#");
            assert!(link.starts_with('#'), "{name}: {link}");
        }
    }
}

#[test]
fn the_same_brief_gives_the_same_bytes() {
    let page = || html::brief(&company::released(company::full()));
    let first = page();
    // Another chart in between must leave no trace.
    let _ = html::brief(&company::released(company::no_scores()));
    assert_eq!(first, page());
}

#[test]
fn peoples_words_never_become_markup() {
    let text = html::brief(&company::released(company::poor::hostile()));
    let page = Page::read(&text);
    assert_eq!(page.problems, Vec::<String>::new());
    assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("<b>"));
    for shown in [
        "<b>bold words here</b>",
        "Waiting </title></style><script>",
        "Cost $5 & more <img src=x onerror=alert(1)>",
        "A & B <script>",
    ] {
        assert!(page.text.contains(shown), "{shown}");
    }
}

#[test]
fn charts_say_what_they_show() {
    let text = html::brief(&company::released(company::full()));
    let page = Page::read(&text);
    let charts: Vec<_> = page
        .tags
        .iter()
        .filter(|tag| tag.name == "svg" && tag.get("role") == Some("img"))
        .collect();
    assert_eq!(charts.len(), 2, "the standing and the picture");
    for chart in charts {
        assert!(chart.get("viewBox").is_some() && chart.get("aria-labelledby").is_some());
        assert!(chart.get("width").is_none(), "it must scale");
    }
    let silent = page
        .tags
        .iter()
        .filter(|tag| tag.name == "svg" && tag.get("role").is_none());
    for bar in silent {
        assert_eq!(bar.get("aria-hidden"), Some("true"), "its row says it");
    }
    // The numbers in the picture are those of the list.
    let badges = text.matches(r#"<text class="badge""#).count();
    assert_eq!(badges, 5);
}

#[test]
fn every_field_has_a_label_and_every_decision_its_own_choices() {
    let page = Page::read(&html::brief(&company::released(company::full())));
    let choices = |number: usize| {
        let name = format!("decision-{number}");
        page.tags
            .iter()
            .filter(|tag| tag.get("name") == Some(&name))
            .filter_map(|tag| tag.get("value"))
            .collect::<Vec<_>>()
    };
    for number in 1..=5 {
        assert_eq!(choices(number), ["yes", "no", "find-out"]);
    }
    for field in page
        .tags
        .iter()
        .filter(|tag| tag.get("type") == Some("text"))
    {
        let id = field.get("id");
        assert!(
            page.tags
                .iter()
                .any(|tag| tag.name == "label" && tag.get("for") == id)
        );
    }
}

#[test]
fn headings_leave_no_level_out() {
    for (name, draft) in company::cases() {
        let page = Page::read(&html::brief(&company::released(draft)));
        let levels: Vec<u8> = page
            .tags
            .iter()
            .filter_map(|tag| match tag.name.as_bytes() {
                [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
                _ => None,
            })
            .collect();
        assert_eq!(levels.first(), Some(&1), "{name}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        for pair in levels.windows(2) {
            assert!(
                pair[1] <= pair[0] + 1,
                "{name}: h{} after h{}",
                pair[1],
                pair[0]
            );
        }
    }
}
