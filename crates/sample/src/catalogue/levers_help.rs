//! Fixes that employees propose for help, leaving and moving: each as an idea and, asked backwards,
//! as a block. Wordings only.

use super::{Lever, Wordings};

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        key: "call_back_queue",
        title: "Offer callers a call back instead of the queue",
        answers: &["hold_time"],
        roles: &["call_agent", "billing_agent", "team_leader", "it_support"],
        idea: Wordings {
            making: &[
                &[
                    "[offer|give] [callers|people] a [call back|ring back] [when|if] the [queue|wait] is [over|longer than] [five|ten] minutes",
                ],
                &[
                    "[let|have] [back office|other teams] [pick up|take] [simple|easy] calls at [peak|busy] times, [a tick in the phone system|an hour a day would do]",
                ],
                &[
                    "[tell|show] [them|callers] the [real|honest] waiting time and [the quiet|when the quiet] hours [are|], [nobody likes|no one should be] [holding|sitting there] for [@mins|half an hour]",
                ],
            ],
            held_out: &[
                &[
                    "[a press 1|press 1] [to keep your place|and we'll phone you] [option|feature], [we've got|we already have] the [licence|software] [for it|and don't use it]",
                ],
                &[
                    "[route|send] [password and meter reading|the two minute] [questions|stuff] [to a separate|down a separate] [line|queue], [they're stuck|these sit] behind [half hour|long] [ones|cases]",
                ],
                &[
                    "[shift|move] [our|] lunch breaks, [everyone|the whole team] is [out|away] at [twelve|half twelve] just when [the public|working people] can ring",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[the phone system|our phone system] can't [offer|do] [call backs|a call back], [people|callers] [wait|hang on] [@mins|for ages] and [start angry|are furious before I say hello]",
                ],
                &[
                    "[handle time|average handle time] [is all that counts|is the target] so [we rush|people rush], the [customer|caller] [rings again|is back tomorrow] and the queue [grows|gets longer]",
                ],
                &[
                    "[everything|every question] [goes|comes] into one [queue|line], a [lost password|quick one] [waits|sits] behind [a bereavement|an hour long complaint]",
                ],
            ],
            held_out: &[
                &[
                    "[rota|shifts] [set|fixed] [a quarter ahead|in January], [calls|volumes] [come|peak] on Mondays and [after|when] bills [land|drop], [we're thin|too few of us are in] then",
                ],
                &[
                    "[wrap up|after each call] [takes|is] [six|five] screens, [meanwhile|and in that time] [#20-60|dozens of] [people|callers] [listen to music|are waiting]",
                ],
                &[
                    "[no|there is no] [overflow|backup] [when|if] [lines|the lines] are [jammed|full], [other floors|colleagues upstairs] [can't|aren't set up to] [log in|take any]",
                ],
            ],
        },
    },
    Lever {
        key: "stagger_bills",
        title: "Send bills out over the month",
        answers: &["hold_time"],
        roles: &["billing_clerk", "team_leader", "call_agent"],
        idea: Wordings {
            making: &[
                &[
                    "[send|post] [the|] bills [out|] [over|across] the [whole|] month, [not|instead of] all on the [first|1st], [the lines are jammed|phones melt] for [three|four] days",
                ],
                &[
                    "[spread|stagger] the [billing|invoice] [dates|runs] by [region|letter of surname]",
                ],
                &[
                    "let [team leaders|us] [know|see] before a [mailing|big mailing] goes, [you can't|nobody can] [staff|man] [for|] a [flood|wave] [no one|you] [announced|told us of]",
                ],
            ],
            held_out: &[
                &[
                    "[five|four] [smaller|] [runs|batches] [a month|rather than one], [same work|no extra work for us] and [no more|an end to] [Monday|first week] [chaos|queues on the lines]",
                ],
                &[
                    "let customers [choose|pick] their own [pay|due] day, [it would even out|that evens out] [demand|the load] [on the desk|]",
                ],
                &[
                    "[link|tie] the [letter|bill] [calendar|timetable] [to|with] [resourcing|the call forecast]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[all|everyone's] bills [land|go out] the same day, we [drown|get swamped] for [a week|three days] and [twiddle our thumbs|it's dead] [the rest|after]",
                ],
                &[
                    "[marketing|pricing] sends [#20-60,000|mass] letters without [telling|warning] [the desk|anyone here], [an hour|half an hour] wait [by|before] noon",
                ],
                &[
                    "[month end|the first of the month] [swallows|eats] us, [the calls|callers] [come|arrive] [in one lump|all at once]",
                ],
            ],
            held_out: &[
                &[
                    "[the run date|one run date for all] [comes|dates] from the [old|nineties] mainframe, it could be [split|divided], no one [dares|decides]",
                ],
                &[
                    "[peaks|the peaks] are [home made|self made]: [statements|direct debits], [reminders|arrears letters] and [price|rate] notices [in one|all in the same] week",
                ],
                &[
                    "[nobody|no department] [owns|looks after] [the whole|an overall] [mailing|letter] plan so [everything|all of it] [hits|reaches] [doormats|people] [together|at once]",
                ],
            ],
        },
    },
    Lever {
        key: "shared_notes",
        title: "One shared history of each customer's contacts",
        answers: &["repeat_story"],
        roles: &[
            "call_agent",
            "chat_agent",
            "repair_engineer",
            "shop_adviser",
            "it_support",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[one|a single] [screen|history] with [all|every] [contacts|contact], [whoever|so whoever] picks up [sees|can see] what [was said|the last person did]",
                ],
                &[
                    "let [field and shops|engineers and shops] [write in|use] the same [notes|case notes] as the [phone team|call centre]",
                ],
                &[
                    "[a warm|proper] [hand over|handover]: [stay on the line|speak to the next agent] [until|so] the customer doesn't have to [tell it|say it all] again",
                ],
            ],
            held_out: &[
                &[
                    "[three|two] line [summary|recap] after [each|every] [contact|conversation], [pinned|fixed] to the [account|customer], [same|one] place for [chat, phone and shop|everybody]",
                ],
                &[
                    "[merge|join] the [broadband|internet] and energy [records|files], [we ask|I ask] people [things|for details] [my colleague|the other side] [already knows|has had for years]",
                ],
                &[
                    "[fewer|cut the] transfers: [train|teach] each of us the [five|ten] [commonest|easiest] jobs of [the other desks|our neighbours]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[I can't|we can't] see what [chat|the shop|the other team] [wrote|promised], [customers|people] [have to|must] [explain|repeat] it [all|] [and get cross|to me again]",
                ],
                &[
                    "[four|five] [systems|programs] [open|] for one [customer|call], [none|not one] of them [talks|speaks] to [the others|each other]",
                ],
                &[
                    "[notes|our notes] are capped at [200|250] characters and [vanish|disappear] after [30|60] days",
                ],
            ],
            held_out: &[
                &[
                    "[transfers|when I transfer] [arrive|they go] [cold|with no context], [name and number|the whole story] all over, [embarrassing|it makes us look clueless]",
                ],
                &[
                    "[energy|the energy side] and broadband [keep|have] [separate|their own] [customer files|records], [an address changed|what's changed] in one [stays|is still] wrong in the other",
                ],
                &[
                    "access [depends|is based] on [your team|the department], [so|] I [pass|send] [folk|them] on for [things|something] I could [read out|answer] [if I saw it|myself]",
                ],
            ],
        },
    },
    Lever {
        key: "case_owner",
        title: "One named person sees a case through",
        answers: &["repeat_story", "no_callback"],
        roles: &[
            "call_agent",
            "team_leader",
            "chat_agent",
            "move_coordinator",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[one|a] [named|] [person|owner] [per|for each] [case|complaint] from [start to finish|first call to last], with a direct [number|line]",
                ],
                &[
                    "let us [keep|hold on to] [our own|the difficult] cases [until|till] they're [solved|done] instead of [throwing|putting] them [back in|into] the [pool|pot]",
                ],
                &[
                    "[whoever|the one who] [takes|answers] [it|the first call] [owns|keeps] it, [that's all|simple]. [They|Customers] want [a name|one face], not [a reference|a ticket] number",
                ],
            ],
            held_out: &[
                &[
                    "[personal|have a personal] [work list|tray] [for|of] open [matters|problems], [so someone|and someone] [feels|is] [responsible|answerable] for [ringing|going] back",
                ],
                &[
                    "[small|form small] [pods|teams] [for|per] [a town|region], [you'd know|callers get to know] [each other|who deals with what], [fewer|far fewer] [lost|dropped] [threads|promises]",
                ],
                &[
                    "[don't|never] [close|shut] a ticket [until|before] [the agent who opened it|its owner] has [spoken|talked] to the customer [again|one more time]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[cases go|work goes] back to [a pool|the pool] [at the end of|after] [each|every] [call|shift], [nobody|no one] [owns|feels they own] [anything|them]",
                ],
                &[
                    "[we're|I'm] not [allowed|permitted] to [keep|follow] a [case|customer], next [available|free] agent [takes|gets] it [cold|blind]",
                ],
                &[
                    "[five|six] [people|teams] [touch|handle] one complaint, [each|everyone] [does|thinks they did] [their bit|enough], [the customer|it] [falls|drops] between",
                ],
            ],
            held_out: &[
                &[
                    "[tickets hop|a ticket hops] [between|round] [queues|departments] and [the clock|the timer] [restarts|resets], so on paper [we're|all's] [fine|green]",
                ],
                &[
                    "[no|none of us has a] direct [dial|extension], [people|anyone I helped] [can't|cannot] [reach|come back to] me, [they land|they end up] with [a stranger|somebody else]",
                ],
                &[
                    "[measured|we are measured] on [calls|contacts] [taken|answered], [not|never] on [things|matters] [finished|brought to an end]",
                ],
            ],
        },
    },
    Lever {
        key: "callback_diary",
        title: "Protected time each day to ring customers back",
        answers: &["no_callback"],
        roles: &["call_agent", "billing_agent", "team_leader"],
        idea: Wordings {
            making: &[
                &[
                    "[block|keep] [half an hour|an hour] [a day|each afternoon] [off the phones|] for [promised|the] call backs",
                ],
                &[
                    "[a diary|put a diary] in the [system|phone tool] that [pops up|reminds us] when we [said|told someone] we'd ring",
                ],
                &[
                    "stop promising [24 hours|same day] [if|when] we can't, [say|agree] a [day|time] and [stick|keep] to it",
                ],
            ],
            held_out: &[
                &[
                    "[outbound|ring out] [slot|time] [in|on] [the|every] rota, [today|as it stands] I [phone|ring] people back in my [own break|lunch] or [not at all|never]",
                ],
                &[
                    "[a shared|one] [list|board] of [who we owe a|customers who are owed a] [reply|answer], [checked|gone through] [at four|before home time] by the [team|shift]",
                ],
                &[
                    "[send|let us send] [a short|an] update [text|message] even [if|when] there is [no news|nothing new], [people think|otherwise they think] we [forgot|forgot them]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[no time|there's no time] between calls to [ring|phone] [anyone|people] back, [the next call|another one] [drops in|comes] [straight away|after three seconds]",
                ],
                &[
                    "[I write|we write] call backs on [sticky notes|paper], [if|when] I'm [off|ill] [they|nobody knows and they] don't [happen|get made]",
                ],
                &[
                    "[outgoing|ringing out] [counts|shows] as [idle|unavailable] time [on|in] [my|our] [stats|figures], so [guess what|it isn't done]",
                ],
            ],
            held_out: &[
                &[
                    "[we promise|the script promises] [a reply|to be in touch] [by tomorrow|in a day], [knowing|though] [second line|the back office] [needs|takes] [five|six]",
                ],
                &[
                    "[other|the other] departments [don't let us know|never tell me] when [it's|something's] [fixed|ready], [so|hence] I [can't|have nothing to] [report|pass on]",
                ],
                &[
                    "[reminder|the reminder] [function|box] was [removed|taken out] in [the|last year's] [update|new system], [commitments slip our minds|what we agreed gets forgotten]",
                ],
            ],
        },
    },
    Lever {
        key: "one_step_cancel",
        title: "Close an account in one step",
        answers: &["cancel_hard"],
        roles: &[
            "renewals_adviser",
            "call_agent",
            "online_sales_agent",
            "legal_counsel",
        ],
        idea: Wordings {
            making: &[
                &[
                    "let people [cancel|close] online [in one step|with one form], [no|without the] [second|] transfer to [retention|the save team]",
                ],
                &[
                    "[one|make it one] [offer|question], [then|and then] [let them go|say goodbye] [nicely|with good grace], [some|many] [come|would come] back [later|]",
                ],
                &[
                    "any [agent|of us] [may|should be able to] [close|end] an account [after|for] a [death|bereavement], [no|without a] [maze|retention script]",
                ],
            ],
            held_out: &[
                &[
                    "[end|drop] the [three|two] [tier|stage] [save|keep them] [routine|script], [it makes enemies|those leaving hate us for it]",
                ],
                &[
                    "[accept|take] [notice|a notice] by [email, text, whatever|any channel] and [confirm|send proof] [the same|within a] day",
                ],
                &[
                    "[a leave button|leave button] [beside|next to] the renew [one|button]. [Honest|If we're good they stay]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[I'm|we're] [not allowed|forbidden] to [close|cancel] an account, I [must|have to] [transfer|pass on] even [grieving families|a grieving widow] to [retention|saves]",
                ],
                &[
                    "[our|] [bonus|target] [depends|hangs] on [saving|keeping] [#30-60|50] percent of leavers, so we wear them [down|out]",
                ],
                &[
                    "[cancellation|the closing] [letters|requests] go to [a PO box|one mailbox] [emptied|opened] [twice|once] a week",
                ],
            ],
            held_out: &[
                &[
                    "[the system|it] [asks|wants] [eleven|nine] [reason codes|questions] before [it lets|letting] [me|us] [end|terminate] [anything|a contract]",
                ],
                &[
                    "leaving [online|over the web] was [switched|turned] off [to protect|for the sake of] the [churn|numbers]",
                ],
                &[
                    "[direct debits|payments] [have|need] to be [stopped|ended] [by|in] a different [team|office], [it's forgotten|that step gets lost] and [ex customers|they] [pay on|keep paying]",
                ],
            ],
        },
    },
    Lever {
        key: "move_owner",
        title: "One checklist and one person for a house move",
        answers: &["moving_home"],
        roles: &[
            "move_coordinator",
            "renewals_adviser",
            "billing_clerk",
            "dispatcher",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[one|a single] [checklist|form] for [a house move|movers], [covering|for] energy, broadband and [final bill|closing bill] [together|in one go]",
                ],
                &[
                    "[one|give one] [person|coordinator] [per|for each] [move|moving customer], who [books|sorts] [both|old and new] [addresses|ends]",
                ],
                &[
                    "[trigger|start] the [final|closing] reading and the new [order|connection] from the same [date|click], [today|now] [they|these] are [five|four] [tickets|requests]",
                ],
            ],
            held_out: &[
                &[
                    "a relocation [desk|lead] [with|having] access to [every|all the] [system|tools], so [people|families] aren't [left|sitting] in the dark [with boxes|on day one]",
                ],
                &[
                    "[carry|take] the contract [along|with the person], not [close and reopen|end one and begin another], [penalties|exit fees] and all",
                ],
                &[
                    "[ring|call] [the day|a day] before [they get the keys|completion] and [check|tick off] [power, heat, internet|everything's live]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "a [move|house move] [needs|takes] [four|five] [tickets|orders] in [three|four] systems, [one always|at least one] gets [forgotten|lost]",
                ],
                &[
                    "[broadband|the broadband team] and energy have [different|their own] [cut off|end] dates for the [same|one] [address|house], [we|I] [can't|cannot] [change|align] them",
                ],
                &[
                    "[nobody|no one] [sees|looks at] the [whole|entire] move, [each|every] team [closes|ticks] its own [bit|part]",
                ],
            ],
            held_out: &[
                &[
                    "[the old|old] tenant has to be [ended|closed] before the new [can|one may] [start|be opened], [that takes|which means] [a week|five days] [with|of] no service",
                ],
                &[
                    "[can't|we can't] [book|order] [an engineer|the line] for an address [until|before] billing [creates|has created] it, [billing waits|they wait] for the [keys|date]",
                ],
                &[
                    "[final|the last] readings [reach|get to] us [by post|on paper] [weeks|@weeks] [late|afterwards], so [somebody pays|people pay] for [two homes|a stranger's power]",
                ],
            ],
        },
    },
];
