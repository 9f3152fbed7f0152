//! What customers may complain of, in the order of the journey. How they say it stands in `wordings`.

use super::{Pain, Season, Stage};

pub(super) const PAINS: &[Pain] = &[
    Pain {
        key: "tariff_confusing",
        title: "Plans and tariffs are hard to compare",
        stage: Stage::Choosing,
        season: Season::Level,
    },
    Pain {
        key: "coverage_wrong",
        title: "Promised a speed the address can't get",
        stage: Stage::Choosing,
        season: Season::Level,
    },
    Pain {
        key: "shop_hours",
        title: "Shops are closed when people can come",
        stage: Stage::Choosing,
        season: Season::Level,
    },
    Pain {
        key: "form_loses",
        title: "The order form loses what was typed",
        stage: Stage::SigningUp,
        season: Season::Level,
    },
    Pain {
        key: "hidden_fee",
        title: "Set-up charges nobody mentioned",
        stage: Stage::SigningUp,
        season: Season::Level,
    },
    Pain {
        key: "no_show",
        title: "The engineer did not turn up",
        stage: Stage::Installation,
        season: Season::Winter,
    },
    Pain {
        key: "long_wait",
        title: "Weeks to wait for an installation date",
        stage: Stage::Installation,
        season: Season::Autumn,
    },
    Pain {
        key: "second_visit",
        title: "The job needs a second visit for a missing part",
        stage: Stage::Installation,
        season: Season::Level,
    },
    Pain {
        key: "mess",
        title: "Mess and damage left behind",
        stage: Stage::Installation,
        season: Season::Level,
    },
    Pain {
        key: "setup_unclear",
        title: "Instructions for the new kit are unclear",
        stage: Stage::GettingStarted,
        season: Season::Level,
    },
    Pain {
        key: "meter_silent",
        title: "The smart meter or its display shows nothing",
        stage: Stage::GettingStarted,
        season: Season::Winter,
    },
    Pain {
        key: "evening_slow",
        title: "Broadband slows down in the evening",
        stage: Stage::EverydayUse,
        season: Season::Winter,
    },
    Pain {
        key: "wifi_rooms",
        title: "Wi-Fi does not reach every room",
        stage: Stage::EverydayUse,
        season: Season::Level,
    },
    Pain {
        key: "works_untold",
        title: "Outages and planned works come unannounced",
        stage: Stage::EverydayUse,
        season: Season::Level,
    },
    Pain {
        key: "app_crash",
        title: "The app fails or logs people out",
        stage: Stage::EverydayUse,
        season: Season::Level,
    },
    Pain {
        key: "bill_jump",
        title: "The bill went up without warning",
        stage: Stage::Billing,
        season: Season::Winter,
    },
    Pain {
        key: "bill_unreadable",
        title: "The bill is hard to understand",
        stage: Stage::Billing,
        season: Season::Level,
    },
    Pain {
        key: "refund_slow",
        title: "Refunds take weeks",
        stage: Stage::Billing,
        season: Season::Level,
    },
    Pain {
        key: "estimated",
        title: "Bills are estimated although readings were given",
        stage: Stage::Billing,
        season: Season::Winter,
    },
    Pain {
        key: "hold_time",
        title: "Long waits on the phone",
        stage: Stage::GettingHelp,
        season: Season::Winter,
    },
    Pain {
        key: "repeat_story",
        title: "Passed around and asked to explain again",
        stage: Stage::GettingHelp,
        season: Season::Level,
    },
    Pain {
        key: "no_callback",
        title: "Promised calls back never come",
        stage: Stage::GettingHelp,
        season: Season::Level,
    },
    Pain {
        key: "chatbot",
        title: "The chat robot blocks the way to a person",
        stage: Stage::GettingHelp,
        season: Season::Level,
    },
    Pain {
        key: "loyal_penalty",
        title: "Loyal customers pay more than new ones",
        stage: Stage::LeavingOrRenewing,
        season: Season::Level,
    },
    Pain {
        key: "cancel_hard",
        title: "Cancelling is made difficult",
        stage: Stage::LeavingOrRenewing,
        season: Season::Level,
    },
    Pain {
        key: "moving_home",
        title: "Moving home goes wrong",
        stage: Stage::LeavingOrRenewing,
        season: Season::Autumn,
    },
];
