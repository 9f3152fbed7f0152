//! The company itself: regions, units and roles, who serves whom, and spending lines. A regional
//! provider of broadband and home energy that does not exist.

use super::Stage;

/// The company's name.
pub(crate) const NAME: &str = "Alder & Finch Home";

/// Regions, each with a tag of HR's and four towns with a shop.
pub(crate) const REGIONS: [(&str, &str, [&str; 4]); 5] = [
    (
        "Northmoor",
        "N",
        ["Thornby", "Kelder", "Ravensett", "Oakhaugh"],
    ),
    (
        "Harbour Coast",
        "H",
        ["Saltham", "Port Merrow", "Quayford", "Wrackness"],
    ),
    (
        "Midvale",
        "M",
        ["Ashbury Cross", "Tillingford", "Marl Bridge", "Hexton"],
    ),
    (
        "Eastfold",
        "E",
        ["Fen Holme", "Barley Green", "Wyke St Mary", "Stourden"],
    ),
    (
        "Southdown",
        "S",
        ["Chalkhurst", "Linden Park", "Downley", "Abbots Ferry"],
    ),
];

/// A kind of unit.
pub(crate) struct Kind {
    /// `{}` stands for the town or region.
    pub name: &'static str,
    /// HR's name, where it differs: `{}` for the place, `{tag}` for the region's tag.
    pub hr_name: Option<&'static str>,
    /// Steps of the journey where it meets customers, with their shares; none in the back office.
    pub stages: &'static [(Stage, f64)],
    /// Customers' responses, relative to a shop.
    pub volume: f64,
    /// Share of its feedback that is support tickets.
    pub tickets: f64,
    /// People, in a company of about 1,200.
    pub people: f64,
    /// Roles and their shares of the people.
    pub roles: Shares,
}

use Stage::{
    Billing, Choosing, EverydayUse, GettingHelp, GettingStarted, Installation, LeavingOrRenewing,
    SigningUp,
};

/// The shop in each town.
pub(crate) const SHOP: Kind = Kind {
    name: "{} shop",
    hr_name: Some("Retail {tag} - {}"),
    stages: &[
        (Choosing, 0.4),
        (SigningUp, 0.3),
        (LeavingOrRenewing, 0.2),
        (GettingStarted, 0.1),
    ],
    volume: 1.0,
    tickets: 0.0,
    people: 12.0,
    roles: &[("shop_adviser", 0.87), ("shop_manager", 0.13)],
};

/// The units that each region has.
pub(crate) const REGIONAL: [Kind; 4] = [
    Kind {
        name: "{} installation crew",
        hr_name: Some("Field Services {tag}1"),
        stages: &[(Installation, 0.75), (GettingStarted, 0.25)],
        volume: 2.6,
        tickets: 0.0,
        people: 36.0,
        roles: &[
            ("installer", 0.62),
            ("meter_fitter", 0.28),
            ("team_leader", 0.1),
        ],
    },
    Kind {
        name: "{} repair crew",
        hr_name: None,
        stages: &[(EverydayUse, 0.5), (GettingHelp, 0.5)],
        volume: 1.6,
        tickets: 0.1,
        people: 26.0,
        roles: &[("repair_engineer", 0.9), ("team_leader", 0.1)],
    },
    Kind {
        name: "{} help desk",
        hr_name: Some("Contact Centre {tag} / Care"),
        stages: &[
            (GettingHelp, 0.5),
            (EverydayUse, 0.3),
            (GettingStarted, 0.15),
            (Billing, 0.05),
        ],
        volume: 2.2,
        tickets: 0.28,
        people: 30.0,
        roles: &[("call_agent", 0.88), ("team_leader", 0.12)],
    },
    Kind {
        name: "{} billing desk",
        hr_name: None,
        stages: &[(Billing, 0.9), (GettingHelp, 0.1)],
        volume: 2.0,
        tickets: 0.2,
        people: 20.0,
        roles: &[("billing_agent", 0.88), ("team_leader", 0.12)],
    },
];

/// Units that serve all regions.
pub(crate) const CENTRAL: [Kind; 5] = [
    Kind {
        name: "Online sales team",
        hr_name: Some("Digital Sales"),
        stages: &[(Choosing, 0.45), (SigningUp, 0.55)],
        volume: 4.0,
        tickets: 0.0,
        people: 28.0,
        roles: &[("online_sales_agent", 0.9), ("team_leader", 0.1)],
    },
    Kind {
        name: "Chat team",
        hr_name: None,
        stages: &[(GettingHelp, 0.5), (EverydayUse, 0.3), (Billing, 0.2)],
        volume: 2.6,
        tickets: 0.3,
        people: 26.0,
        roles: &[("chat_agent", 0.9), ("team_leader", 0.1)],
    },
    Kind {
        name: "Renewals desk",
        hr_name: Some("Customer Retention"),
        stages: &[(LeavingOrRenewing, 0.9), (Choosing, 0.1)],
        volume: 3.4,
        tickets: 0.05,
        people: 24.0,
        roles: &[("renewals_adviser", 0.9), ("team_leader", 0.1)],
    },
    Kind {
        name: "Home moves desk",
        hr_name: None,
        stages: &[(LeavingOrRenewing, 0.8), (SigningUp, 0.2)],
        volume: 1.8,
        tickets: 0.15,
        people: 12.0,
        roles: &[("move_coordinator", 1.0)],
    },
    Kind {
        name: "Business customers desk",
        hr_name: None,
        stages: &[(GettingHelp, 0.4), (EverydayUse, 0.3), (Billing, 0.3)],
        volume: 1.4,
        tickets: 0.2,
        people: 18.0,
        roles: &[
            ("call_agent", 0.6),
            ("billing_agent", 0.3),
            ("team_leader", 0.1),
        ],
    },
];

/// Roles of a unit with their shares of its people.
type Shares = &'static [(&'static str, f64)];

/// Back-office units: name, people, roles.
pub(crate) const BACK_OFFICE: [(&str, f64, Shares); 15] = [
    ("Billing operations", 40.0, &[("billing_clerk", 1.0)]),
    ("Pricing", 14.0, &[("tariff_analyst", 1.0)]),
    ("IT support", 36.0, &[("it_support", 1.0)]),
    ("Digital products", 30.0, &[("web_developer", 1.0)]),
    ("Dispatch", 28.0, &[("dispatcher", 1.0)]),
    ("Stores and logistics", 40.0, &[("stock_keeper", 1.0)]),
    ("Network planning", 18.0, &[("network_planner", 1.0)]),
    ("Network operations", 36.0, &[("network_technician", 1.0)]),
    ("Procurement", 10.0, &[("buyer", 1.0)]),
    (
        "People team",
        18.0,
        &[("hr_partner", 0.6), ("payroll_clerk", 0.4)],
    ),
    ("Training", 12.0, &[("trainer", 1.0)]),
    ("Legal", 8.0, &[("legal_counsel", 1.0)]),
    ("Knowledge and content", 10.0, &[("knowledge_editor", 1.0)]),
    ("Records", 12.0, &[("records_keeper", 1.0)]),
    ("Internal audit", 7.0, &[("internal_auditor", 1.0)]),
];

/// Roles: key, name in files, title.
pub(crate) const ROLES: [(&str, &str, &str); 28] = [
    (
        "shop_adviser",
        "shop adviser",
        "Sales and service adviser, shop",
    ),
    ("shop_manager", "shop manager", "Shop manager"),
    (
        "online_sales_agent",
        "online sales agent",
        "Online sales agent",
    ),
    ("installer", "installer", "Installation engineer"),
    ("meter_fitter", "meter fitter", "Smart meter fitter"),
    ("repair_engineer", "repair engineer", "Repair engineer"),
    ("call_agent", "call agent", "Customer care agent, phone"),
    ("billing_agent", "billing agent", "Billing agent, phone"),
    ("chat_agent", "chat agent", "Customer care agent, chat"),
    ("renewals_adviser", "renewals adviser", "Renewals adviser"),
    (
        "move_coordinator",
        "move coordinator",
        "Home move coordinator",
    ),
    ("team_leader", "team leader", "Team leader"),
    ("billing_clerk", "billing clerk", "Billing clerk"),
    ("tariff_analyst", "tariff analyst", "Tariff analyst"),
    ("it_support", "IT support analyst", "IT support analyst"),
    ("web_developer", "web developer", "Web and app developer"),
    ("dispatcher", "dispatcher", "Field dispatcher"),
    ("stock_keeper", "stock keeper", "Stock keeper"),
    ("network_planner", "network planner", "Network planner"),
    (
        "network_technician",
        "network technician",
        "Network technician",
    ),
    ("buyer", "buyer", "Procurement buyer"),
    ("hr_partner", "HR partner", "HR partner"),
    ("payroll_clerk", "payroll clerk", "Payroll clerk"),
    ("trainer", "trainer", "Trainer"),
    ("legal_counsel", "legal counsel", "Legal counsel"),
    ("knowledge_editor", "knowledge editor", "Knowledge editor"),
    ("records_keeper", "records keeper", "Records keeper"),
    ("internal_auditor", "internal auditor", "Internal auditor"),
];

/// Where a role's work goes.
pub(crate) enum To {
    Role(&'static str),
    Stage(Stage),
}

use To::{Role, Stage as At};

/// How work reaches customers. Internal auditors serve nobody who serves customers, and records
/// keepers serve only them: two roles whose way to the customer nobody has named.
pub(crate) const CHAIN: &[(&str, To, f64)] = &[
    ("shop_adviser", At(Choosing), 0.4),
    ("shop_adviser", At(SigningUp), 0.4),
    ("shop_adviser", At(LeavingOrRenewing), 0.2),
    ("shop_manager", Role("shop_adviser"), 1.0),
    ("online_sales_agent", At(Choosing), 0.5),
    ("online_sales_agent", At(SigningUp), 0.5),
    ("installer", At(Installation), 0.8),
    ("installer", At(GettingStarted), 0.2),
    ("meter_fitter", At(Installation), 0.6),
    ("meter_fitter", At(GettingStarted), 0.4),
    ("repair_engineer", At(EverydayUse), 0.5),
    ("repair_engineer", At(GettingHelp), 0.5),
    ("call_agent", At(GettingHelp), 0.8),
    ("call_agent", At(GettingStarted), 0.2),
    ("billing_agent", At(Billing), 0.8),
    ("billing_agent", At(GettingHelp), 0.2),
    ("chat_agent", At(GettingHelp), 1.0),
    ("renewals_adviser", At(LeavingOrRenewing), 1.0),
    ("move_coordinator", At(LeavingOrRenewing), 0.8),
    ("move_coordinator", At(SigningUp), 0.2),
    ("team_leader", Role("call_agent"), 0.5),
    ("team_leader", Role("billing_agent"), 0.3),
    ("team_leader", Role("installer"), 0.2),
    ("billing_clerk", Role("billing_agent"), 0.7),
    ("billing_clerk", Role("call_agent"), 0.3),
    ("tariff_analyst", Role("billing_clerk"), 0.5),
    ("tariff_analyst", Role("shop_adviser"), 0.3),
    ("tariff_analyst", Role("online_sales_agent"), 0.2),
    ("it_support", Role("call_agent"), 0.4),
    ("it_support", Role("billing_clerk"), 0.3),
    ("it_support", Role("shop_adviser"), 0.3),
    ("web_developer", At(EverydayUse), 0.3),
    ("web_developer", Role("online_sales_agent"), 0.7),
    ("dispatcher", Role("installer"), 0.5),
    ("dispatcher", Role("meter_fitter"), 0.25),
    ("dispatcher", Role("repair_engineer"), 0.25),
    ("stock_keeper", Role("installer"), 0.5),
    ("stock_keeper", Role("meter_fitter"), 0.3),
    ("stock_keeper", Role("repair_engineer"), 0.2),
    ("network_planner", Role("network_technician"), 0.5),
    ("network_planner", Role("shop_adviser"), 0.3),
    ("network_planner", Role("online_sales_agent"), 0.2),
    ("network_technician", At(EverydayUse), 1.0),
    ("buyer", Role("stock_keeper"), 1.0),
    ("hr_partner", Role("team_leader"), 0.6),
    ("hr_partner", Role("shop_manager"), 0.4),
    ("payroll_clerk", Role("hr_partner"), 1.0),
    ("trainer", Role("call_agent"), 0.4),
    ("trainer", Role("shop_adviser"), 0.3),
    ("trainer", Role("installer"), 0.3),
    ("legal_counsel", Role("tariff_analyst"), 0.6),
    ("legal_counsel", Role("buyer"), 0.4),
    ("knowledge_editor", Role("call_agent"), 0.5),
    ("knowledge_editor", At(GettingStarted), 0.5),
    ("records_keeper", Role("internal_auditor"), 1.0),
];

/// Spending lines: id, name, kind, pounds, year, people who could use it per 1,200 employees, and
/// the share who do.
pub(crate) const INITIATIVES: [(&str, &str, &str, f64, &str, f64, f64); 12] = [
    (
        "I-01",
        "New customer data platform",
        "technology",
        1_850_000.0,
        "2025",
        640.0,
        0.31,
    ),
    (
        "I-02",
        "Chat robot on the website",
        "technology",
        420_000.0,
        "2025",
        120.0,
        0.72,
    ),
    (
        "I-03",
        "Field scheduling software",
        "technology",
        610_000.0,
        "2025",
        360.0,
        0.44,
    ),
    (
        "I-04",
        "Speech analytics in the contact centre",
        "technology",
        380_000.0,
        "2026",
        290.0,
        0.18,
    ),
    (
        "I-05",
        "Self-service app, second edition",
        "technology",
        930_000.0,
        "2026",
        400.0,
        0.52,
    ),
    (
        "I-06",
        "Listening skills for agents",
        "people",
        65_000.0,
        "2025",
        420.0,
        0.63,
    ),
    (
        "I-07",
        "Coaching for team leaders",
        "people",
        90_000.0,
        "2026",
        85.0,
        0.58,
    ),
    (
        "I-08",
        "Volunteer customer champions",
        "people",
        15_000.0,
        "2026",
        1_200.0,
        0.06,
    ),
    (
        "I-09",
        "Billing terms in plain words",
        "process",
        40_000.0,
        "2026",
        150.0,
        0.35,
    ),
    (
        "I-10",
        "Shorter approval paths",
        "process",
        10_000.0,
        "2026",
        700.0,
        0.12,
    ),
    (
        "I-11",
        "Morning stand-ups of dispatch and stores",
        "process",
        5_000.0,
        "2025",
        110.0,
        0.81,
    ),
    (
        "I-12",
        "Tablets for field crews",
        "technology",
        270_000.0,
        "2025",
        330.0,
        0.77,
    ),
];
