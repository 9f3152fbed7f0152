//! Small words that many templates share: lengths of time, sums, days, names. A slot is written
//! `@name` in a template and stands for one draw from its grammar.

/// Names and grammars of the slots.
pub(crate) const SLOTS: &[(&str, &str)] = &[
    ("days", "[two|three|four|five|ten|2|3|4|5|10] days"),
    ("weeks", "[two|three|four|five|six|2|3|4|5|6] weeks"),
    ("months", "[two|three|four|2|3|4] months"),
    (
        "mins",
        "[twenty|thirty|forty|fifty|25|30|35|40|45|50|55] [minutes|mins]",
    ),
    (
        "hours",
        "[an hour|over an hour|an hour and a half|two hours|nearly two hours]",
    ),
    (
        "times",
        "[twice|three times|four times|3 times|4 times|five times]",
    ),
    ("day", "[Monday|Tuesday|Wednesday|Thursday|Friday|Saturday]"),
    (
        "month",
        "[January|February|March|April|May|June|July|August|September|October|November|December]",
    ),
    ("bigmoney", "£#62-240"),
    ("smallmoney", "£#14-48"),
    (
        "name",
        "[Dave|Priya|Sam|Karen|Mo|Steve|Joanne|Liam|Aisha|Tom|Becky|Chris|Marta|Owen|Grace|Pete]",
    ),
    (
        "surname",
        "[Hargreaves|Okafor|Patel|Whitlock|Dunne|Kowalski|Fenwick|Osborne|Khan|Marsh]",
    ),
    (
        "engineer",
        "[the engineer|your engineer|the installer|the fitter|your fitter|the technician]",
    ),
    ("device", "[the router|the hub|the box]"),
    (
        "company",
        "[Alder and Finch|Alder & Finch|you|you lot|this company|A&F]",
    ),
];
