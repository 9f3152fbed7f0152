//! What customers praise: strengths, each in four independent ways of saying it. A praise that
//! belongs to a step of the journey is not given beside a complaint about the same step.

use super::{Praise, Stage, Wordings};

pub(super) const PRAISE: &[Praise] = &[
    Praise {
        key: "friendly_staff",
        title: "Friendly, helpful staff",
        stage: None,
        words: Wordings {
            making: &[
                &[
                    "[@name|the lady I dealt with|the young man] was [so|really|very] [helpful|friendly|patient]",
                    "[lovely|friendly|polite] staff[, nothing was too much trouble|]",
                ],
                &[
                    "[treated|I was treated] like a [human being|person], [rare these days|made a nice change]",
                    "[can't|I can't] fault the people [I spoke to|there]",
                ],
            ],
            held_out: &[
                &[
                    "[full marks|ten out of ten] [to|for] @name, [a credit to|an asset to] @company",
                    "[warm|kind|cheerful] [team|people]",
                ],
                &[
                    "[whoever|everyone] I [met|dealt with] [was|has been] [courteous|kind|pleasant]",
                    "[service|always get service] with a smile",
                ],
            ],
        },
    },
    Praise {
        key: "tidy_install",
        title: "Tidy, punctual installation",
        stage: Some(Stage::Installation),
        words: Wordings {
            making: &[
                &[
                    "@engineer [came|arrived] [on time|bang on time] and [left|kept] everything [spotless|clean and tidy]",
                    "[neat|very neat] job, [cables hidden|you'd hardly know they'd been]",
                ],
                &[
                    "[in and out|all done] in [an hour|under an hour], [took his shoes off too|no fuss]",
                    "[@name|the fitter] [explained|talked me through] [what he was doing|every step]",
                ],
            ],
            held_out: &[
                &[
                    "[installation|fitting] [went|was] [like clockwork|smooth|without a hitch]",
                    "[careful|respectful] [workers|lads], [hoovered|swept] up after themselves",
                ],
                &[
                    "[professional|top class] [fitter|installer], [knew his stuff|proper craftsman]",
                    "[early|arrived early] even, [finished|done] before [lunch|ten]",
                ],
            ],
        },
    },
    Praise {
        key: "reliable",
        title: "Fast, reliable connection",
        stage: Some(Stage::EverydayUse),
        words: Wordings {
            making: &[
                &[
                    "[fast|really fast] and [reliable|never drops]",
                    "[broadband|internet] [hasn't|has not] let us down [once|in two years]",
                ],
                &[
                    "[four|three] of us [online|streaming] at once, [no problem|not a stutter]",
                    "[does|it does] what it says [on the tin|it should]",
                ],
            ],
            held_out: &[
                &[
                    "[rock solid|very stable] [connection|line]",
                    "[speed|download speed] is [excellent|better than promised]",
                ],
                &[
                    "[works|it just works] [day in day out|every day], [forget|you forget] it's there",
                    "[huge|a big] improvement on [my old supplier|what we had before]",
                ],
            ],
        },
    },
    Praise {
        key: "easy_start",
        title: "Easy to join and get going",
        stage: Some(Stage::SigningUp),
        words: Wordings {
            making: &[
                &[
                    "[signing up|joining] [was easy|took five minutes|was a doddle]",
                    "[switch|the switch] from [my old company|our last provider] was [painless|seamless]",
                ],
                &[
                    "[up and running|online] [the same day|in no time]",
                    "[simple|straightforward] from start to finish",
                ],
            ],
            held_out: &[
                &[
                    "[hassle free|smooth] [changeover|start]",
                    "[they|you] [took care of|sorted] [everything|all the paperwork] [for me|with my old supplier]",
                ],
                &[
                    "[quick|very quick] [and|,] [clear|easy] [application|process]",
                    "[plugged|I plugged] it in and [off we went|away it went]",
                ],
            ],
        },
    },
    Praise {
        key: "value",
        title: "Good value",
        stage: Some(Stage::Choosing),
        words: Wordings {
            making: &[
                &[
                    "[good|great|very good] value[ for money|]",
                    "[saving|we save] [about|] £#8-30 a month [since we switched|on what we paid]",
                ],
                &[
                    "[fair|a fair] price [for what you get|]",
                    "[having|like having] [gas, electric and internet|it all] [with one company|in one place]",
                ],
            ],
            held_out: &[
                &[
                    "[cheaper|a lot cheaper] than [the big names|anyone else round here]",
                    "[reasonable|sensible] [rates|prices]",
                ],
                &[
                    "[worth|well worth] [every penny|the money]",
                    "[bundle|the bundle] works out [well|nicely] for [us|a family]",
                ],
            ],
        },
    },
    Praise {
        key: "quick_fix",
        title: "Problems solved at the first call",
        stage: Some(Stage::GettingHelp),
        words: Wordings {
            making: &[
                &[
                    "[sorted|fixed] [my problem|it] [first time|in one call|within the hour]",
                    "[rang|I rang] [in the morning|at nine], [all|everything] [working|sorted] by [lunch|noon]",
                ],
                &[
                    "[knew|she knew] exactly what [was wrong|to do]",
                    "[answered|picked up] [straight away|in two rings] and [dealt with|solved] [it|everything]",
                ],
            ],
            held_out: &[
                &[
                    "[resolved|dealt with] [quickly|promptly|very efficiently]",
                    "[excellent|brilliant] [support|help desk]",
                ],
                &[
                    "[took|he took] [ownership|the time] and [rang|came] back to [check|make sure]",
                    "[query|my query] [handled|settled] there and then",
                ],
            ],
        },
    },
    Praise {
        key: "happy",
        title: "Generally happy",
        stage: None,
        words: Wordings {
            making: &[
                &[
                    "[very|really|perfectly] [happy|pleased|satisfied] [so far|with everything|]",
                    "[excellent|brilliant|great|first class] [service|company]",
                ],
                &[
                    "[would|I'd] recommend [you|Alder and Finch] to [anyone|my friends]",
                    "[been|we've been] with you #3-12 years, [no complaints|never had a problem]",
                ],
            ],
            held_out: &[
                &[
                    "[no|absolutely no] [grumbles|complaints from me]",
                    "[keep|just keep] [it up|doing what you're doing|up the good work]",
                ],
                &[
                    "[superb|fantastic|spot on|outstanding]",
                    "[couldn't|could not] [ask for more|be better|be happier]",
                ],
            ],
        },
    },
];
