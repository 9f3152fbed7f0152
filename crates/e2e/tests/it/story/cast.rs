//! Who plays: a parcel service of sixty people in three units, what they say, what its customers say.

/// A unit, a role, and the step of the journey at which the role meets customers.
pub const UNITS: [(&str, &str); 3] = [
    ("Depot North", "Driver"),
    ("Depot South", "Sorter"),
    ("Help Desk", "Agent"),
];

/// How work reaches customers.
pub const CHAIN: &str =
    "from,to,weight\nDriver,stage:Delivery,1\nSorter,Driver,1\nAgent,stage:Help,1\n";

/// People of a unit.
const A_UNIT: usize = 20;

/// Of them, those without an e-mail address.
const WITHOUT_EMAIL: usize = 6;

/// What HR's system exports: three header names of its own, people with and without an address.
pub fn people() -> String {
    let mut csv = String::from("Employee Id,Email,Level 1,Level 2,Job Title,Language\n");
    for (place, (unit, role)) in UNITS.iter().enumerate() {
        for number in 0..A_UNIT {
            let id = place * A_UNIT + number + 1;
            let email = if number < A_UNIT - WITHOUT_EMAIL {
                format!("person{id}@parcel.test")
            } else {
                String::new()
            };
            let language = ["en", "es", "en"][number % 3];
            csv.push_str(&format!(
                "P{id:03},{email},Parcel Service,{unit},{role},{language}\n"
            ));
        }
    }
    csv
}

/// What people propose, a line a lever: ways to say it, and what stands in the way.
const LEVERS: [([&str; 4], &str); 4] = [
    (
        [
            "Let agents approve refunds up to 50 euros without asking a manager",
            "Agents should be allowed to approve small refunds without a manager",
            "Give us a refund limit so we can approve refunds on the first call",
            "Approving a small refund should not need a manager",
        ],
        "Every refund needs a manager's signature",
    ),
    (
        [
            "Send customers a text message with a two-hour delivery window",
            "Text the customer a delivery window in the morning",
            "A text message with the delivery window before we set out",
            "Tell customers the delivery window by text message",
        ],
        "The route plan is only ready after we have left",
    ),
    (
        [
            "Put the customer's delivery notes on the driver's handheld",
            "Show delivery notes about the door and floor on the handheld",
            "Delivery notes should reach the driver's handheld",
            "Drivers need the customer's delivery notes on the handheld",
        ],
        "Notes are typed into a system we can't open",
    ),
    (
        [
            "Replace the label printers that smear, so parcels aren't sorted twice",
            "New label printers: smeared labels send parcels to the wrong depot",
            "Fix the label printers, smeared labels cost us hours",
            "Label printers smear and parcels get lost",
        ],
        "The label printers are out of service every week",
    ),
];

/// One employee's answer.
pub struct Answer {
    /// What would help customers.
    pub idea: String,
    /// What stands in the way.
    pub block: String,
    /// Commitment, 1 to 5.
    pub commitment: u8,
}

/// The answer of the nth person.
pub fn answer(number: usize) -> Answer {
    let (ways, block) = LEVERS[number % LEVERS.len()];
    let way = ways[number / LEVERS.len() % ways.len()];
    // No two people use the same words.
    let since = ["", ", please", ", at last", ", every day", ", as others do"];
    Answer {
        idea: format!("{way}{}.", since[number / 16 % since.len()]),
        block: if number.is_multiple_of(3) {
            format!("{block}.")
        } else {
            String::new()
        },
        commitment: u8::try_from(number % 3).unwrap_or_default() + 3,
    }
}

/// What customers say about it, a line a problem: ways to say it, and the score that goes with it.
const PROBLEMS: [([&str; 3], u8); 5] = [
    (
        [
            "I waited two weeks for my refund and had to call three times",
            "The refund took forever, nobody could approve it",
            "Still no refund, the agent had to ask a manager",
        ],
        2,
    ),
    (
        [
            "No idea when the delivery comes, I stayed home all day",
            "They never told me the delivery window, I waited all day",
            "A delivery window by text would be nice, I waited for nothing",
        ],
        4,
    ),
    (
        [
            "The driver ignored my delivery notes and left it at the gate",
            "I wrote delivery notes about the floor, the driver never saw them",
            "Delivery notes are useless, the driver rang the wrong door",
        ],
        3,
    ),
    (
        [
            "My parcel went to the wrong depot because of a smeared label",
            "Parcel lost for a week, they said the label was not readable",
            "The label was smeared and the parcel was sent back",
        ],
        1,
    ),
    (
        [
            "Friendly driver, all went well",
            "Quick and easy, thank you",
            "Good service as always",
        ],
        9,
    ),
];

/// What a store's own survey exports: names that nobody asks for, and a day that is none.
pub fn survey() -> String {
    let mut csv = String::from("Response ID,Name,Date,Store,NPS,Comments\n");
    for said in feedback().into_iter().take(30) {
        csv.push_str(&format!(
            "s-{},Ada Lovelace,{},{},{},\"{}\"\n",
            said.id, said.at, said.unit, said.score, said.comment
        ));
    }
    csv + "s-c99,Ada Lovelace,2026-02-30,Help Desk,3,Never answered\n"
}

/// One customer's feedback.
pub struct Feedback {
    /// An id.
    pub id: String,
    /// The day.
    pub at: String,
    /// The unit that served her.
    pub unit: &'static str,
    /// How likely she is to recommend the company, 0 to 10.
    pub score: usize,
    /// What she says.
    pub comment: &'static str,
}

/// Customers' feedback, as their survey tool has it.
pub fn feedback() -> Vec<Feedback> {
    let one = |number: usize| {
        // Content customers are more than the others, as anywhere.
        let kind = if number.is_multiple_of(2) {
            4
        } else {
            number / 2 % 4
        };
        let (ways, score) = PROBLEMS[kind];
        Feedback {
            id: format!("c{number}"),
            at: format!("2026-{:02}-{:02}", number / 28 % 3 + 7, number % 28 + 1),
            unit: UNITS[number % UNITS.len()].0,
            score: usize::from(score) + number / 7 % 2,
            comment: ways[number / 10 % 3],
        }
    };
    (0..360).map(one).collect()
}
