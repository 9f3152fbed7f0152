//! What customers complain of when leaving, renewing or moving home, each in six independent ways
//! of saying it. Wordings only.

use super::{Pain, Season, Stage, Wordings};

pub(super) const PAINS: &[Pain] = &[
    Pain {
        key: "loyal_penalty",
        title: "Loyal customers pay more than new ones",
        stage: Stage::LeavingOrRenewing,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[new customers|people who join] get [better deals|it cheaper|a better price] than [us|loyal customers|those of us who stay]",
                    "[no reward|nothing] for [loyalty|being loyal|staying], [#8-20 years|with you #6-20 years] and [I pay|we pay] [the most|more than next door]",
                ],
                &[
                    "[renewal|my renewal] [quote|offer] was £#8-25 [a month|] [more|dearer] than what [is on your own website|you advertise on TV]",
                    "[had to|I had to] [threaten|say I'd go] to [be offered|get] [a fair price|the decent rate]",
                ],
                &[
                    "[when|once] the [contract|18 months|fixed term] [ends|ended|is up] you [get punished|are fleeced|pay through the nose]",
                    "why [should|must] I haggle [every year|each year], [give|just give] [everybody|old and new] the same",
                ],
            ],
            held_out: &[
                &[
                    "[taken|we're taken|feel taken] for granted, [customer since #1998-2012|been here from the start] and [my neighbour who joined last week|a stranger off the street] [pays|gets it for] less",
                    "[existing|long standing] customers [subsidise|are paying for] [the bargains|the introductory offers]",
                ],
                &[
                    "[only|it's only] when I [rang|phoned] to [quit|go] did [a discount|the good price] [appear|turn up]",
                    "[rolled|you rolled me] onto [the expensive rate|some out of contract price] [without a better offer|as thanks for staying]",
                ],
                &[
                    "[should|it should] be [the other way round|cheaper the longer you stay], [you'd think|surely] keeping [people|us] [is worth something|matters]",
                    "[priced|I've been priced] out by [my own|the] provider, [cheaper|it'd be cheaper] to [leave and come back|cancel and sign up in my wife's name]",
                ],
            ],
        },
    },
    Pain {
        key: "cancel_hard",
        title: "Cancelling is made difficult",
        stage: Stage::LeavingOrRenewing,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[trying to|it's so hard to|took @hours to] cancel[, can't do it online|, have to ring between set hours|]",
                    "[cancelling|cancelling the contract] [was|is] [a nightmare|made as hard as possible|like getting blood from a stone]",
                ],
                &[
                    "[wouldn't|they wouldn't] [let me go|take no for an answer], [kept|just kept] [offering|pushing] [deals|another package] I'd [already|] [refused|said no to]",
                    "[asked|I asked] [@times|in writing] to [stop|end] [the service|it], [still|and still] [the money goes out|you take payments]",
                ],
                &[
                    "[easy to join|so easy to get in], [impossible to|try to] [get out|leave]",
                    "[had to|I had to] [go through|sit through] [three|four] [people|advisers] [each|all] [asking why|wanting a reason] before [they'd|anyone would] [close|shut] [the|my] account",
                ],
            ],
            held_out: &[
                &[
                    "[my mother died and closing her|my father passed away and ending his] contract took [#4-9 calls|two months of phone calls], [heartless|shameful]",
                    "[buried|well hidden], the page where you can [terminate|give notice]. [I never found it|Found it in the end through a forum]",
                ],
                &[
                    "[retention|your retention] [people|desk|team] [are rude|won't listen], [I'd made my mind up|no means no]",
                    "[notice|thirty days notice] [has to|must] be [by letter|by post], [in this century|who has stamps]?",
                ],
                &[
                    "[they|you] [pretend|claim] [not to have got|to have lost] my [request|letter] [so|and] [another month|a further month] is [billed|owed]",
                    "[switched|I switched] [to another supplier|elsewhere] [in @month|weeks ago], [you lot|and you] [carry on|are still] [charging|billing] [as if|like] [nothing happened|I never left]",
                ],
            ],
        },
    },
    Pain {
        key: "moving_home",
        title: "Moving home goes wrong",
        stage: Stage::LeavingOrRenewing,
        season: Season::Autumn,
        words: Wordings {
            making: &[
                &[
                    "[moved house|we moved house|moving house] and [it was|you made it] [chaos|a mess|a nightmare], [services|the services] [at the new place|] [not|weren't] [switched on|transferred]",
                    "[gave|I gave] you [a month's|six weeks] notice of [the|our] move and [on the day|day one] [nothing worked|there was nothing]",
                ],
                &[
                    "[paying|I'm paying] for [two houses|both addresses|the old flat as well], [you've not|nobody has] [closed|stopped] the [old one|first]",
                    "[cut off|they cut off] the [old place|flat] [@days|a week] [too early|before we'd left] and [connected|started] the [new|other one] [late|a fortnight late]",
                ],
                &[
                    "[change of address|new address] [sounds|should be] simple. [Broadband knew, energy didn't|Half of you knew, the other half didn't]",
                    "[mail still goes|letters keep going|bills still go] to [our last house|where we used to live], [they said|was told] it was [all updated|sorted]",
                ],
            ],
            held_out: &[
                &[
                    "[relocated|we relocated] [to the coast|across town|to a bungalow] in @month, [still|and still] [untangling|sorting out] [the account|who supplies what]",
                    "[taking|tried to take] our [contract|package] with us, [told|they said] we'd [need to|have to] [start|sign] a [fresh|new] one and pay [a penalty|to leave]",
                ],
                &[
                    "[previous|the previous] [tenant|owner]'s [debts|readings|name] [landed|ended up] on [our|my] [bill|account] when we [got the keys|took over the house]",
                    "[boxes|surrounded by boxes], [no heating|no electric], [no idea|nobody could say] whose job it was to [turn it on|move us across]",
                ],
                &[
                    "[handing over|when we handed over] [the|my] [flat|rental], [final reading|the last reading] [got lost|went missing], [they billed|you billed] the wrong [people|person]",
                    "[three|two] [order numbers|reference numbers], [two|four] [teams|departments], one [removal van|house move]. [It should be one call|Why not one form]",
                ],
            ],
        },
    },
];
