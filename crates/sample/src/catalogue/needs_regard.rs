//! What staff need of those above them (managers, recognition, career, training, security), as they
//! say it when asked for an idea and when asked what blocks them.
//! Wordings only.

use super::{Need, Wordings};

pub(super) const NEEDS: &[Need] = &[
    Need {
        key: "managers",
        title: "How managers lead",
        idea: Wordings {
            making: &[
                &[
                    "[our|my] [boss|manager] should [sit with us|work a shift with us] [once a month|now and again] [instead of|rather than] sending [mails|messages] about [targets|numbers] from [behind a door|upstairs]",
                ],
                &[
                    "[managers|bosses] [should|need to] [listen|come down and listen] [to us|to staff] [for once|]",
                    "[train|teach] [managers|team leads] how to [treat|talk to] people",
                ],
                &[
                    "[less|stop the] [micromanaging|micro management], [trust us to|let us] [do|get on with] [our|the] [job|work]",
                    "[same|one set of] rules for [all|everyone], no [favourites|favouritism]",
                ],
            ],
            held_out: &[
                &[
                    "[we want|we need] team leaders who [have time for|take an interest in] [people|their people] and [can say|know how to say] sorry when they [got|have got] it wrong",
                ],
                &[
                    "[leadership|the leadership] [that is|should be] [visible|seen] [on the floor|now and then]",
                    "[honest|open] [communication|answers] from [the top|above], [we|staff] [hear|learn] [things|news] [last|from the paper]",
                ],
                &[
                    "[a boss|one boss] who [backs|stands up for] [his|the] [team|people]",
                    "[choose|pick] supervisors [for|by] [people skills|how they handle people], not [years|sales figures]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[every|each] [suggestion|question] is [taken|treated] as [an attack|criticism], so [people|most of us] [keep their heads down|say nothing] and [wait|count the days] for [five o'clock|the weekend]",
                ],
                &[
                    "managers don't [listen|care what we think]",
                    "[my|our] [line manager|manager] [changes|changed] every [few months|half year]",
                ],
                &[
                    "[constant|the constant] [control|checking up], [treated|we're treated] like [children|schoolkids]",
                    "[decisions|things] [are|get] [made|announced] [over our heads|without asking us]",
                ],
            ],
            held_out: &[
                &[
                    "[directors|the bosses upstairs] [announce|decide] something new every [quarter|season], [nobody|none of them] [asks|comes to ask] [those|the people] who have to [do it|live with it]",
                ],
                &[
                    "[favouritism, |][the boss's friends|the same faces] get [everything|the good jobs]",
                    "[shouted at|being shouted at] in front of [everyone|colleagues]",
                ],
                &[
                    "[politics|office politics] [and|,] [blame|finger pointing] [from above|]",
                    "[superiors|those above] [never|don't] [say|explain] why[, just do it|]",
                ],
            ],
        },
    },
    Need {
        key: "recognition",
        title: "Recognition",
        idea: Wordings {
            making: &[
                &[
                    "[when|if] a customer [writes|sends] something nice [about|to] one of us, [read it out|pass it on], [we|I] only [ever|] see [the complaints|the bad ones]",
                ],
                &[
                    "[say|a] thank you [now and then|once in a while]",
                    "[show|some] [appreciation|recognition] for [good|hard] work[, it costs nothing|]",
                ],
                &[
                    "[employee|colleague] of the month [picked|chosen] by [the team|us]",
                    "[praise|celebrate] [us|people] when things go well, [not|don't] only [moan|complain] when they don't",
                ],
            ],
            held_out: &[
                &[
                    "[send|write] a [short|proper] note to the [person|colleague] who stayed [late|on] [in the storm|when the system went down], [it would mean a lot|that means more than a mug]",
                ],
                &[
                    "[notice|see] [the quiet ones|those of us in the back office]",
                    "[a word|one kind word] of [praise|acknowledgement] goes a long way",
                ],
                &[
                    "[long service|a long service] [award|day off] [like we used to|as before]",
                    "[credit|give credit] where [it's due|credit is due]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[you can|one can] [save|rescue] [a day|ten customers] and [hear nothing|nobody says a word], [make|but make] one [slip|mistake] and there is a [meeting|letter] about it",
                ],
                &[
                    "[no|never any] [thanks|recognition] [for what we do|whatever you do]",
                    "[nobody|no one] [notices|sees] [the effort|how much we put in]",
                ],
                &[
                    "[only|you only] hear [something|from them] when [it's wrong|you make a mistake]",
                    "[feel|I feel] like a number [here|]",
                ],
            ],
            held_out: &[
                &[
                    "[ten|twelve] of us [kept the place going|worked through] [at Christmas|during the floods] and [the thanks|what we got] was [a generic email|pizza for head office]",
                ],
                &[
                    "[not|we're not] [valued|appreciated]",
                    "[others take|someone else takes] the [credit|applause] for [my|our] [work|ideas]",
                ],
                &[
                    "[invisible|back office is invisible] [until|till] [something|it] breaks",
                    "[years|#9-25 years] of [loyal|] service, not [a card|so much as a handshake]",
                ],
            ],
        },
    },
    Need {
        key: "career",
        title: "Career and promotion",
        idea: Wordings {
            making: &[
                &[
                    "[show|tell] me what I [would have to|must] [learn|do] to become [a team leader|a planner], [nobody|no one] has [ever|] talked with me about [it|where I want to go]",
                ],
                &[
                    "[give|offer] [people|us] a [chance|way] to [move up|be promoted]",
                    "[advertise|post] [jobs|vacancies] [internally|inside] [first|before going outside]",
                ],
                &[
                    "[career|clear career] [paths|path] for [technicians|agents|back office staff|people like me]",
                    "[a|have a] [real|proper] [yearly|] talk about [my future|where I could go next]",
                ],
            ],
            held_out: &[
                &[
                    "[let|why not let] [agents|back office people] [apply|try] for jobs in [other departments|head office] without their [boss|manager] having a veto",
                ],
                &[
                    "[promote|hire] [from within|our own people]",
                    "[job|let us try job] [rotation|swaps] [so you can|to] [grow|develop]",
                ],
                &[
                    "[transparent|fair] criteria for [who gets|getting] [the next grade|senior posts]",
                    "[mentors|a mentor] for [young|ambitious] [staff|people]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[I have|I've] [trained|shown] [three|four] people who are now [above me|my bosses], [because|as] they [came with a degree|were friends of somebody]",
                ],
                &[
                    "[no|there is no] [promotion|career] [prospects|here]",
                    "[stuck|I've been stuck] in the [same|same old] [job|grade] for #5-12 years",
                ],
                &[
                    "[outsiders|people from outside] [get|are given] the [good|better] [posts|positions]",
                    "[promotion|advancement] depends on who you [know|drink with]",
                ],
            ],
            held_out: &[
                &[
                    "[good|young] [colleagues|people] [join|start], [see|find out] that nothing [ever|] [opens up|comes free], and [are gone|leave] [within|in] [a year|eighteen months]",
                ],
                &[
                    "[dead end|it's a dead end] [job|role]",
                    "[nowhere|there's nowhere] to [go|grow] [from here|unless someone retires]",
                ],
                &[
                    "[applied|I applied] [@times|three times], [never got|not even] [an|a proper] [answer|interview]",
                    "[growth|personal growth] is not [wanted|on the agenda]",
                ],
            ],
        },
    },
    Need {
        key: "own_training",
        title: "Training for oneself",
        idea: Wordings {
            making: &[
                &[
                    "[send us on|let me go on] a [real|proper] course [once a year|now and then], not [another|yet another] [slideshow|video] [to click through|with a quiz]",
                ],
                &[
                    "[more|offer more] [training|courses] [for us|for our development]",
                    "[pay|help pay] for [my|a] [qualification|diploma|college course]",
                ],
                &[
                    "[time|give us time] to [learn|study] [in working hours|]",
                    "[proper|a proper] induction for [new people|starters]",
                ],
            ],
            held_out: &[
                &[
                    "[I would|I'd] [love|like] to [do|study for] my [electrician's ticket|bookkeeping exam], [half the fee|two afternoons a month] from you would [do it|be enough]",
                ],
                &[
                    "[certificates that count|a certificate that counts] [elsewhere|outside] too",
                    "[language|excel] [lessons|classes] for [those who want|anyone who wants] them",
                ],
                &[
                    "[budget|a small budget] [each|per head] for [books|conferences|seminars]",
                    "[let us|let me] shadow another [department|team] for a week [to learn|]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[I was|we are] [put|sat] [on the phones|in front of the system] after [two|three] days and [told|expected] to [work it out|learn by listening], [two years later|even now] I [feel unsure|still guess]",
                ],
                &[
                    "[no|never any] training[, thrown in at the deep end|]",
                    "[courses get|training gets] cancelled every [year|time]",
                ],
                &[
                    "[e-learning|online modules] [only|on my own time], [click click|no use at all]",
                    "[skills|my skills] [getting|are getting] [out of date|rusty]",
                ],
            ],
            held_out: &[
                &[
                    "[the money|budget] for [courses|development] goes to [head office|the same few], [we get|for us there's] a [leaflet|link] and [good wishes|a pat on the back]",
                ],
                &[
                    "[asked|I asked] for a [course|seminar] [@times|two years ago], [no budget|still waiting]",
                    "[learned|I learned] everything from [YouTube|a colleague who left]",
                ],
                &[
                    "[nobody|no one] [has time to|can] [show|teach] you [anything|the ropes]",
                    "[development|personal development] plans exist on paper only",
                ],
            ],
        },
    },
    Need {
        key: "job_security",
        title: "Job security",
        idea: Wordings {
            making: &[
                &[
                    "[say|tell us] [once|openly] what the [merger|review] means for [our|this] [office|depot], [people|colleagues] with [mortgages|families] can't [plan|sleep] [like this|on rumours]",
                ],
                &[
                    "[permanent|give us permanent] [contracts|jobs] [instead of|not] [temp|agency] [ones|work]",
                    "[tell us|be open about] whether our [jobs are|site is] safe",
                ],
                &[
                    "[no|an end to] more [restructuring|reorganisations], [let things settle|give us a rest]",
                    "[guarantee|promise] [no|there'll be no] [redundancies|lay offs] [before|until] [2028|the merger is done]",
                ],
            ],
            held_out: &[
                &[
                    "[take on|employ] the [temps|agency people] who have [proved|shown] themselves, they [know|do] the job and [are worried|worry] [every month|each December]",
                ],
                &[
                    "[convert|turn] [fixed term|temporary] [posts|staff] into [permanent ones|open ended ones]",
                    "[honesty|a straight answer] about [outsourcing|the plans for our office]",
                ],
                &[
                    "[stability|some stability], [third|fourth] [reorg|new structure] in [two|three] years",
                    "[stop|quit] [giving our work to contractors|sending the work abroad]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[first|last year] [payroll|the call floor in Hexton] went [abroad|to a contractor], [now|this year] [they measure|consultants measure] [our|everything in our] office, [we can add up|guess what comes next]",
                ],
                &[
                    "[fear of losing our jobs|afraid of losing my job]",
                    "[don't|we don't] know [if|whether] the [office|depot] will [exist|be here] next year",
                ],
                &[
                    "[temporary|rolling] contracts, [renewed|extended] [month by month|at the last minute]",
                    "[rumours|constant rumours] [of|about] [redundancies|outsourcing]",
                ],
            ],
            held_out: &[
                &[
                    "[hard|it's hard] to [give your best|care] when your [own|] contract [runs out|ends] in [March|eight weeks] and [nobody answers|HR won't say] [if|whether] it is [renewed|extended]",
                ],
                &[
                    "[uncertainty|the uncertainty]",
                    "[agency|I'm agency] [staff |]for [#2-5|four] years, [never|still not] [taken on|on the books]",
                ],
                &[
                    "[restructure|reorganisation] after [restructure|reorganisation]",
                    "[colleagues|good people] [leave|go] before [they're|being] [pushed|made redundant]",
                ],
            ],
        },
    },
];
