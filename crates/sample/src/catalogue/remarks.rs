//! Words that hold no pain, no praise and no proposal: empty answers, vague moans, off-topic
//! remarks, everyday requests to the help desk, a few in other languages, complaints about one
//! named person; and the openers and endings that people put round what they say.

use super::Wordings;

/// Empty answers of customers and employees.
pub(crate) const EMPTY: Wordings = Wordings {
    making: &[&[
        "nothing",
        "n/a",
        "none",
        "no",
        "all fine",
        "nothing to add",
        "all good",
        "no comment",
        "nothing really",
        "everything ok",
        "na",
        "not at the moment",
        "can't think of anything",
        "fine",
        "ok",
    ]],
    held_out: &[&[
        "nope",
        "nil",
        "-",
        "nothing springs to mind",
        "all ok thanks",
        "no problems",
        "not really",
        "N.A.",
        "x",
        "same as last time",
        "nothing in particular",
        "no suggestions",
        "it's fine as it is",
        "no idea",
        ".",
    ]],
};

/// Customers' moans that name no problem.
pub(crate) const VAGUE: Wordings = Wordings {
    making: &[
        &[
            "not great",
            "[very|quite|really] disappointed",
            "[could|should] be [better|a lot better]",
        ],
        &[
            "[expected|I expected] more [from you|]",
            "[gone|you've gone] downhill [lately|]",
            "[not|not very] impressed",
        ],
    ],
    held_out: &[
        &[
            "[so so|average|mediocre]",
            "[poor|bad] [experience|all round]",
        ],
        &[
            "[used|you used] to be [good|better]",
            "[left|leaves] a lot to be desired",
            "meh",
        ],
    ],
};

/// Customers' remarks beside the point.
pub(crate) const ASIDE: Wordings = Wordings {
    making: &[
        &[
            "[your|the] [advert|radio advert] with the [bird|finch] makes [me|the kids] [laugh|smile]",
            "[filling|I'm filling] this in for my [mum|neighbour], she's [84|91]",
            "[these|too many] surveys, [second|third] one this [week|month]",
        ],
        &[
            "[nice|lovely] [weather|sunshine] [today|for it]",
            "[have|do] you [got|have] [any jobs|work] going for [my nephew|a school leaver]?",
            "[only|we only] [joined|moved in] [last week|a few days ago] so [too early|too soon] to say",
        ],
    ],
    held_out: &[
        &[
            "[when|so when] is the [park|town hall] [festival|fair] you [sponsor|support]?",
            "[is|does] a score of [10|ten] [good or bad|mean good]?",
            "[my|our] [dog|cat] [loves|likes] your [van|engineer]",
        ],
        &[
            "[government|the government] should [do|cap] something [about energy|about it all]",
            "[don't|I don't] [usually|normally] [answer|do] these",
            "[ask|best ask] my [wife|husband], [she|he] deals with [that|all this]",
        ],
    ],
};

/// Everyday requests to the help desk that complain of nothing.
pub(crate) const REQUEST: Wordings = Wordings {
    making: &[
        &[
            "[please|could you please] change my [email address|phone number|surname] on the account",
            "[need|I need] a copy of [last year's|my @month] [statement|bill] for [my accountant|the council]",
            "[how do I|where can I] [add|put] my [wife|partner|son] [on|to] the account?",
        ],
        &[
            "[would like|I'd like] to [add|order] [a landline|a TV pack|a second socket]",
            "[what|which] [date|day] [is|will] my [next payment|payment] [due|go out]?",
            "[password|wifi password] [please|reminder], [lost|I've lost] the card",
        ],
    ],
    held_out: &[
        &[
            "[just|] [letting you know|to say] we'll be [abroad|away] [until|from] @month",
            "[can|could] I [pay|settle] [by card|over the phone] [this month|]?",
            "[do|does] [you|the company] [offer|have] [large print|braille|paper] [bills|letters]?",
        ],
        &[
            "[query|question] about [warm home discount|the winter payment], [am I|do I] [eligible|qualify]?",
            "[our|the] [meter|account] [number|reference] please, [for|needed for] [the landlord|a form]",
            "[want|looking] to [upgrade|go up] to the [500|900] [package|meg]",
        ],
    ],
};

/// Customers who write in another language: pleased or beside the point.
pub(crate) const OTHER_LANGUAGE: Wordings = Wordings {
    making: &[&[
        "Todo muy bien, el servicio es rápido y la gente es muy amable con nosotros",
        "Bardzo miła obsługa, wszystko działa bez problemu od samego początku",
        "Très bon accueil au magasin, je suis satisfaite de votre service",
    ]],
    held_out: &[&[
        "Muchas gracias por la ayuda, la señora que me atendió fue muy simpática",
        "Jestem zadowolony, polecam znajomym waszą firmę",
        "Merci beaucoup, la personne au téléphone était patiente et gentille",
    ]],
};

/// Employees' answers that are no proposal and no need.
pub(crate) const STAFF_ASIDE: Wordings = Wordings {
    making: &[
        &[
            "more of everything",
            "[ask|you should ask] [the ones|those] who decide",
            "[good|nice] that you ask",
        ],
        &[
            "[same|exactly what I wrote] as last [year|time]",
            "[will|does] anyone [read|really read] this?",
            "world peace",
        ],
    ],
    held_out: &[
        &[
            "[keep|just keep] going [as we are|]",
            "[where|so where] do I start",
            "[I'm|only] new here, [ask me|come back] in [six months|a year]",
        ],
        &[
            "[everything|pretty much everything]",
            "[what|so what] [happened|came] to last [year's|time's] [answers|ideas]?",
            "be nice to each other",
        ],
    ],
};

/// Complaints about one person by name: no proposal, and never to be shown.
pub(crate) const ABOUT_A_PERSON: Wordings = Wordings {
    making: &[
        &[
            "@name @surname [on|in] [dispatch|billing|our team] is [rude|lazy|a bully] and [everyone knows it|gets away with it]",
        ],
        &[
            "[get rid of|move] @name @surname [, worst boss I ever had|, he makes people cry|, never does a stroke of work]",
        ],
    ],
    held_out: &[
        &[
            "[the problem is|my problem is] [called|] @name @surname, [who shouts at all of us|she plays people off against each other]",
        ],
        &[
            "[as long as|while] @name @surname [runs|is in charge of] [this place|our shop] nothing will [change|get better]",
        ],
    ],
};

/// What people put before a complaint: for low, middling and high scores.
pub(crate) const OPENERS: [&str; 3] = [
    "[honestly |very poor. |not happy. |fed up. |absolutely shocking. |sorry but |disgusted. |awful. |to be blunt, |what a joke. ]",
    "[to be honest |only thing: |one gripe: |main issue - |bit annoyed, |mixed feelings. |well, |hmm. |ok but ]",
    "[small thing: |minor point: |just one thing, |only niggle: |otherwise good, |no big deal but ]",
];

/// What people put after a complaint: for low, middling and high scores.
pub(crate) const ENDINGS: [&str; 3] = [
    "[. Not good enough|. Never again|. Please sort it out|!!|. Shame on you|. Very frustrating|. I expect better|. Ridiculous|. Zero stars if I could| 😡|. Telling everyone I know]",
    "[. Please fix|. Needs looking at|. Bit frustrating|, not ideal|. Hope that helps|. Could do better| :(|. Thanks|. Disappointing|...]",
    "[. Thanks|, not the end of the world|. Otherwise fine|. Just saying|. Hope this helps|. Minor though| 🙂|. No hard feelings]",
];

/// What employees put before an idea.
pub(crate) const IDEA_OPENERS: &str =
    "[simple thing: |my idea: |easy win: |said it for years: |honestly, |not hard: |quick one: ]";

/// What employees put before a block.
pub(crate) const BLOCK_OPENERS: &str = "[biggest hurdle: |what holds us up: |mainly this: |every day the same: |where to start... |the main thing: |frankly, |no surprise: ]";

/// What employees put after an idea.
pub(crate) const IDEA_ENDINGS: &str = "[. Wouldn't cost much|. Please|. Been raised before|. Thanks for asking|. That's it|. I'd help set it up|!|. We talked about it in the team]";

/// What employees put after a block.
pub(crate) const BLOCK_ENDINGS: &str = "[. Been raised before|. Ask anyone here|. Thanks for asking|. It drives us mad|. That's it|. Every week the same|...|. We talked about it in the team]";

/// What people put between two complaints.
pub(crate) const JOINS: &[&str] = &[
    ". Also ",
    ". And ",
    ". Plus ",
    ", and ",
    ". On top of that ",
    ". Then ",
    ". ",
    "; ",
    ", also ",
    ". Another thing: ",
    " - and ",
    ". Oh and ",
];

/// What people put between two praises.
pub(crate) const PRAISE_JOINS: &[&str] = &[". ", ", ", " - ", "! "];

/// What people put between two ways of saying the same.
pub(crate) const MORE_JOINS: &[&str] = &[
    ". ",
    ". ",
    ", ",
    " - ",
    "... ",
    ". Basically ",
    "! ",
    ". I mean, ",
    "; ",
];

/// What employees put between an idea and the block that it would remove.
pub(crate) const NOW_JOINS: &[&str] = &[
    ". At the moment ",
    ". Right now ",
    ". Today ",
    ". The trouble is ",
    " - ",
    ". As it is, ",
    ". ",
];

/// What employees put between a block and the idea that would remove it.
pub(crate) const SO_JOINS: &[&str] = &[
    ". So ",
    ". Better: ",
    ". My suggestion: ",
    " - ",
    ". Why not: ",
    ". ",
];

/// What people put between a praise and a complaint that follows it.
pub(crate) const BUT_JOINS: &[&str] = &[
    ", but ",
    ". But ",
    " but ",
    ". However, ",
    ". Only downside: ",
    ". Shame though, ",
    ", although ",
    ". That said, ",
];

/// What people put between a complaint and a praise that follows it.
pub(crate) const THOUGH_JOINS: &[&str] = &[
    ". To be fair, ",
    ". On the plus side ",
    ". Otherwise ",
    ". Still, ",
    ". In fairness, ",
    ". Good point: ",
];

/// Traces of who wrote: to be scrubbed before anything is shown.
pub(crate) const TRACES: &str = "[. Call me on 07700 900#100-999|. My account is 40#10-99 22#10-99 8#100-999|. Email me: j.@surname#2-99@example.com|. Ref A#10000-99999. Mrs @surname|, Mr @surname]";
