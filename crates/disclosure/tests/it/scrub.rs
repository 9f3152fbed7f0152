use throughline_disclosure::{ends_within_a_name, names_a_person, scrub};

#[track_caller]
fn check(words: &str, expected: &str) {
    assert_eq!(scrub(words), expected);
}

#[test]
fn e_mail_addresses() {
    check(
        "write to jo.bloggs+x@mail.example.co.uk please",
        "write to [e-mail] please",
    );
    check("jo (at) example (dot) com", "[e-mail]");
}

#[test]
fn links_and_handles() {
    check("see https://example.com/a?b=c now", "see [link] now");
    check("it is on www.example.org", "it is on [link]");
    check("example.co.uk/help is down", "[link] is down");
    check("tell @jo_bloggs about it", "tell [handle] about it");
}

#[test]
fn phone_numbers() {
    for number in [
        "020 7946 0000",
        "+44 20 7946 0000",
        "07700 900123",
        "(212) 555-0100",
        "212-555-0100",
        "555-0100",
    ] {
        check(
            &format!("ring me on {number} today"),
            "ring me on [phone] today",
        );
    }
}

#[test]
fn card_and_account_numbers() {
    check(
        "my card 4111 1111 1111 1111 was declined",
        "my card [card] was declined",
    );
    check(
        "IBAN GB82 WEST 1234 5698 7654 32 thanks",
        "IBAN [account] thanks",
    );
    check("sort code 12-34-56", "sort code [number]");
    check("account number 12345678 is blocked", "[number] is blocked");
    check("ref AB1234567 pending", "[number] pending");
}

#[test]
fn names_after_titles_and_introductions() {
    check("Dr. Smith Jones was late", "Dr [name] was late");
    check("mrs patel at reception", "mrs [name] at reception");
    check("spoke to Karen about it", "spoke to [name] about it");
    check("my manager Steve O'Neil shouts", "my manager [name] shouts");
    check("Nurse Abigail was kind", "Nurse [name] was kind");
}

#[test]
fn first_names_without_a_title() {
    check(
        "Get rid of Marta Okafor, worst boss",
        "Get rid of [name], worst boss",
    );
    check(
        "Sinead O'Brien keeps bullying people",
        "[name] keeps bullying people",
    );
    check(
        "I see Natasha and she is kind",
        "I see [name] and she is kind",
    );
    check(
        "dave Smith the engineer was rude",
        "[name] the engineer was rude",
    );
    check("Karen's desk", "[name]'s desk");
    for accented in ["José", "Zoë", "Céline", "Søren", "Łukasz", "Jürgen"] {
        check(
            &format!("spoke to {accented} there"),
            "spoke to [name] there",
        );
    }
    // An accent that is a sign of its own.
    check("saw Zoe\u{308} Wintersgill there", "saw [name] there");
    check("thank you Not good enough", "thank you Not good enough");
    check("Nurse Good left me waiting", "Nurse [name] left me waiting");
}

#[test]
fn labels_lose_what_points_to_a_person() {
    let check = |words: &str, expected: Option<&str>| {
        assert_eq!(
            throughline_disclosure::label(words).as_deref(),
            expected,
            "{words}"
        );
    };
    check("Natasha and waiting", Some("waiting"));
    check("bill and Natasha", Some("bill"));
    check("broadband slows", Some("broadband slows"));
    check("janet ferguson", Some("ferguson"));
    check("Karen", None);
    check("account Gb29nwbk60161331926819", Some("account"));
}

#[test]
fn ordinary_words_stay() {
    for words in [
        "I waited 45 minutes and paid 120.50 for 3 items",
        "Thank you The nurse was kind",
        "the manager said no",
        "spoke to Customer Service twice",
        "open 9-5 on 24/7 basis, 2026-03-01",
    ] {
        check(words, words);
        assert!(!names_a_person(words), "{words}");
    }
}

#[test]
fn nothing_hides_behind_invisible_characters() {
    check("jo\u{200b}@exa\u{202e}mple.com", "[e-mail]");
    check("a\u{0}b\nc", "a b c");
}

#[test]
fn titled_names_however_they_are_written() {
    for (words, expected) in [
        ("Mr.Okonkwoh shouts", "Mr [name] shouts"),
        ("Mr J. Okonkwoh shouts", "Mr [name] shouts"),
        ("Dr. A. K. Okonkwoh shouts", "Dr [name] shouts"),
        ("Prof. Dr. Okonkwoh shouts", "Prof. Dr [name] shouts"),
        ("Mr (Chidi) Okonkwoh", "Mr [name] Okonkwoh"),
        ("Mr \"Okonkwoh\" shouts", "Mr [name] shouts"),
        ("Mr, Okonkwoh shouts", "Mr [name] shouts"),
        ("Mr: Okonkwoh", "Mr [name]"),
        ("Mme Okonkwoh", "Mme [name]"),
        ("Lady Okonkwoh", "Lady [name]"),
        ("dr okonkwoh shouts", "dr [name] shouts"),
        ("karen in dispatch is rude", "[name] in dispatch is rude"),
        ("the dr said it was fine", "the dr said it was fine"),
        ("I miss the old form", "I miss the old form"),
        ("Doctor I saw was kind", "Doctor I saw was kind"),
        (
            "Dr Smith. The ward was clean",
            "Dr [name]. The ward was clean",
        ),
        ("victoria station is far", "victoria station is far"),
    ] {
        check(words, expected);
    }
    assert!(ends_within_a_name("speak to Dr. A. K. "));
    assert!(!ends_within_a_name("speak to the driver. "));
}

#[test]
fn numbers_and_addresses_however_they_are_parted() {
    for (words, expected) in [
        ("jane.smythe AT gmail DOT com", "[e-mail]"),
        ("jane.smythe at gmail.com", "[e-mail]"),
        ("insta ＠jane_s", "insta [handle]"),
        ("insta: jane_92", "insta [handle]"),
        ("4111.1111.1111.1111", "[card]"),
        ("4111/1111/1111/1111", "[card]"),
        ("0 7 7 0 0 9 0 0 1 2 3", "[phone]"),
        ("07700, 900, 123", "[phone]"),
        ("01.23.45.67.89", "[phone]"),
        ("0770 09 00 123", "[phone]"),
        ("0151 – 496 0000", "[phone]"),
        ("7700 900 123", "[phone]"),
        ("8765 4321", "[phone]"),
        ("acc 12345 67890", "[number]"),
        ("sort code 12.34.56", "sort code [number]"),
        ("123-45-6789", "[number]"),
        ("t.me/jane", "[link]"),
        ("bit.ly/3xYz", "[link]"),
        ("ftp://files.example.ch/a", "[link]"),
        ("https:// example.ch/jane", "[link]"),
        (
            "between 2025 2026 and 2019-2020",
            "between 2025 2026 and 2019-2020",
        ),
        (
            "meet at the dot in the middle",
            "meet at the dot in the middle",
        ),
        ("24/7 and/or 0.5, 1.5", "24/7 and/or 0.5, 1.5"),
    ] {
        check(words, expected);
    }
}

#[test]
fn own_names_and_those_who_are_thanked() {
    check(
        "My name sarfraz alam my position fitter",
        "My name [name] my position fitter",
    );
    check("my name is joe bloggs", "my name is [name]");
    check(
        "my name is wrong on the bill",
        "my name is wrong on the bill",
    );
    check("it is in my name and hers", "it is in my name and hers");
    check("Full marks for Grace", "Full marks for [name]");
    check(
        "Ten out of ten to Grace, bless her",
        "Ten out of ten to [name], bless her",
    );
    check(
        "He was kind, Grace was patient",
        "He was kind, [name] was patient",
    );
    check("Mark Osei helped me", "[name] helped me");
    check(
        "Will you mark it? A penny is missing, grace is too",
        "Will you mark it? A penny is missing, grace is too",
    );
    check("Pete was great", "[name] was great");
}
