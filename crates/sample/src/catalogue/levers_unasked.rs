//! Fixes that employees propose and no customer ever mentions: each as an idea and, asked
//! backwards, as a block. Wordings only.

use super::{Lever, Wordings};

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        key: "status_report",
        title: "Stop the weekly status report",
        answers: &[],
        roles: &[
            "team_leader",
            "tariff_analyst",
            "network_planner",
            "shop_manager",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[scrap|drop] the [weekly|Monday] [status report|slides], [nobody|no one] [reads|opens] the thing",
                ],
                &[
                    "[replace our report pack with|swap the report deck for] one live [dashboard|chart] that [fills|updates] itself",
                ],
                &[
                    "[two|three] [steering|review] meetings [less|fewer], [an e-mail|a note] would do",
                ],
            ],
            held_out: &[
                &[
                    "[ask|check with] each [reader|director] which [figures|numbers] they [use|look at] and [stop|quit] [making|producing] the [others|rest]",
                ],
                &[
                    "[one|a single] [template|format] for [reporting up|progress updates], [not|instead of] [four|six] depending on [who asks|the director]",
                ],
                &[
                    "[cancel|end] the [Thursday|Friday] [read out|round up], [#8-15|twelve] people [listening|hearing] [to what's in the mail|what they know]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[half|most] of [Monday|my Friday] goes [on|into] [filling in|making] [the status report|slides]",
                ],
                &[
                    "[the same|identical] [figures|numbers] [in|go into] [three|four] [reports|decks] for [three|four] [bosses|boards]",
                ],
                &["[meetings|too many meetings] [about|to prepare] [meetings|the next meeting]"],
            ],
            held_out: &[
                &[
                    "[copying|I copy] [charts|tables] [from|out of] one spreadsheet into [another|PowerPoint] for [a pack|an update] [with no|that finds no] [audience|takers]",
                ],
                &[
                    "[director|board] [requests|questions] for [a quick|yet another] [overview|summary] [eat|swallow] [days|the week]",
                ],
                &[
                    "[progress tracking|milestone tracking] takes [longer|more time] than the [progress|milestone]",
                ],
            ],
        },
    },
    Lever {
        key: "purchase_orders",
        title: "Simpler sign-off for small purchases",
        answers: &[],
        roles: &["buyer", "stock_keeper", "shop_manager", "trainer"],
        idea: Wordings {
            making: &[
                &[
                    "let [managers|units] [buy|order] [things|anything] under £[200|300|500] [without|with no] [a purchase order|three quotes]",
                ],
                &["[company|a team] [card|credit card] for [small|everyday] [purchases|buys]"],
                &[
                    "[one|cut to one] [approval|approver] [level|] [below|under] [a thousand|£1,000], not [four|five]",
                ],
            ],
            held_out: &[
                &[
                    "[a catalogue|standing list] of [pre agreed|approved] [items|suppliers] we can [click|order from] [directly|ourselves]",
                ],
                &[
                    "[trust the branch with|give each office] [petty cash|a little float] [for|to get] [bulbs and paper|toner and the like]",
                ],
                &[
                    "[shorten|slim] the [vendor|supplier] [set up|onboarding] [form|papers], [#12-30|fourteen] pages to [get|order] [a whiteboard|a kettle]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[buying|to buy] [a printer cartridge|a chair] [needs|takes] [four|five] [approvals|signatures]",
                ],
                &[
                    "[purchase orders|POs] [get stuck|wait] with [someone|a director] [on holiday|who never opens them]",
                ],
                &["[three|must have three] quotes [for|even for] [a|one] £#30-90 [item|order]"],
            ],
            held_out: &[
                &[
                    "[cost centre|budget] codes [changed|were changed] and [every|each] [requisition|request] [bounces|comes back]",
                ],
                &[
                    "[suppliers|some suppliers] [not paid|unpaid] for months so they [won't|refuse to] [deliver|take our order]",
                ],
                &[
                    "the procurement [portal|screen] [times out|is a maze], [I use|I pay from] my own money and [claim|claim it] [later|back in spring]",
                ],
            ],
        },
    },
    Lever {
        key: "single_sign_on",
        title: "One password for all internal systems",
        answers: &[],
        roles: &[
            "it_support",
            "tariff_analyst",
            "hr_partner",
            "records_keeper",
            "billing_clerk",
        ],
        idea: Wordings {
            making: &[
                &["[one|a single] [password|log on] for all [our |]internal [systems|tools]"],
                &[
                    "[stop making us|no more having to] change [passwords|the password] every [30|28] days",
                ],
                &[
                    "[self service|let us do our own] password [resets|reset], [the IT desk|IT] does nothing else [before ten|on a Monday]",
                ],
            ],
            held_out: &[
                &[
                    "[badge|card] [tap|touch] to [sign in|get into the PC], [like|same as] [the hospital|other firms]",
                ],
                &[
                    "[open|start] [the computer|the laptop] [once|in the morning] and [be|stay] [signed in|let in] [everywhere|to the lot]",
                ],
                &[
                    "keep [me|us] [authenticated|logged in] [through|for] the [shift|day], [not|instead of] [kicking me out|a lock] every [ten|fifteen] minutes",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[nine|seven|eleven] [passwords|log ons] [to start|before I start] [the day|work], [twenty|fifteen] minutes [gone|lost]",
                ],
                &[
                    "[locked out|I get locked out] of [payroll|the intranet|the drive] every [month|few weeks]",
                ],
                &[
                    "[waiting|I wait] [an hour|half a morning] for IT to [reset|unlock] [my|a] [account|login]",
                ],
            ],
            held_out: &[
                &[
                    "[access rights|permissions] [for|of] [new starters|joiners] [take|need] [a fortnight|@weeks] to [come through|be set]",
                ],
                &[
                    "[two|three] [codes|tokens] on my [private|own] [mobile|phone] [just|] to [read|open] [the rota|my mail]",
                ],
                &[
                    "[credentials|user names] [differ|are different] [in|for] [every|each] [program|tool], [nobody remembers|I write them in a notebook]",
                ],
            ],
        },
    },
    Lever {
        key: "expense_claims",
        title: "Quicker, paperless expense claims",
        answers: &[],
        roles: &["hr_partner", "installer", "trainer", "payroll_clerk"],
        idea: Wordings {
            making: &[
                &[
                    "[do|put] [expenses|expense claims] by [phone photo|app], no [paper|stapled] receipts",
                ],
                &[
                    "[pay|repay] [mileage|expenses] with the [same|next] salary instead of [a quarter|three months] [later|on]",
                ],
                &["[approve|auto approve] [claims|expenses] [below|under] £#20-50"],
            ],
            held_out: &[
                &[
                    "[fuel|give us fuel] cards so [nobody has to|we don't have to] front the [petrol|diesel] [money|]",
                ],
                &[
                    "[timesheet|the timesheet] and travel [form|sheet] in one, [they ask|both ask] for [the same|identical] [dates|hours]",
                ],
                &[
                    "[flat|a flat] [daily|meal] [rate|allowance] [rather than|and no more] [collecting|hoarding] [coffee|sandwich] [bills|slips]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[expense|my expense] [claims|forms] [get|are] [returned|sent back] [over|for] a [missing|lost] [receipt|stamp]",
                ],
                &["[waiting|still waiting] for [mileage|£#60-200 expenses] [since|from] @month"],
                &[
                    "[paper|printing] [forms|timesheets], [signed|to be signed] by [someone|a manager] [I see|who's here] once a [fortnight|month]",
                ],
            ],
            held_out: &[
                &[
                    "[train tickets|parking] [out of|from] [my|our] own [wallet|purse] and [a battle|months] to [see|get] it back",
                ],
                &[
                    "[the travel|travel] [policy|rules] [nobody|no one] [understands|can explain], [each|every] [claim|trip] [is|turns into] [a debate|an argument]",
                ],
                &[
                    "[hours|overtime hours] [are|get] [entered|written] [three|two] times: [sheet|on paper], [system|screen], [excel|spreadsheet]",
                ],
            ],
        },
    },
    Lever {
        key: "depot_labels",
        title: "Clear labels and layout in the depot",
        answers: &[],
        roles: &["stock_keeper", "buyer"],
        idea: Wordings {
            making: &[
                &[
                    "[label|relabel] the [racks|shelves] [in|of] the [depot|warehouse] [properly|with barcodes]",
                ],
                &[
                    "[paint|mark] [walkways|lanes] and [a|one] [return|goods in] [area|corner] in the [yard|depot]",
                ],
                &[
                    "[put|move] [fast moving|the heaviest] [pallets|items] [near|by] the [gate|loading bay]",
                ],
            ],
            held_out: &[
                &[
                    "[number|code] [each|every] [bay|bin] to match the number on the [pick|packing] list",
                ],
                &[
                    "[hand scanners|a scanner] for [stock takes|counting], [we count|it's done] [with|in] pencil [now|today]",
                ],
                &[
                    "[a second|one more] [forklift|pallet truck] and [better|brighter] [lamps|lighting] [down|at] [aisle|row] [five|nine]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[finding|looking for] [a pallet|things] in the [depot|warehouse] [takes|wastes] [half|an hour of] [the|each] morning",
                ],
                &[
                    "[deliveries|lorries] [block|stand in] the yard [until|till] [noon|ten], [no|without any] [booking|timetable]",
                ],
                &[
                    "[labels|the labels] [fall off|fade] and [old|the previous] [shelf|rack] [plans|numbers] [hang|are still] [there|up]",
                ],
            ],
            held_out: &[
                &["[one|the only] forklift, [usually|often] [broken|charging]"],
                &[
                    "[returns|returned goods] [mixed|jumbled] with [new|fresh] [goods|deliveries], [sorting|we sort] [on overtime|at weekends]",
                ],
                &[
                    "[inventory|the stock count] [by hand|on clipboards], [off|wrong] by [hundreds|a mile] [each|every] [quarter|year]",
                ],
            ],
        },
    },
    Lever {
        key: "intranet_search",
        title: "An intranet where things can be found",
        answers: &[],
        roles: &[
            "knowledge_editor",
            "hr_partner",
            "records_keeper",
            "trainer",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[fix|mend] the [search|search box] on the intranet, [it finds|all it brings up is] [menus from 2017|nothing but old news]",
                ],
                &[
                    "[delete|clear out] [old|outdated] [policies|documents] and [keep|leave] one [valid|current] [copy|version] [of each|]",
                ],
                &["[a|one] [who does what|phone] [list|directory] that's [right|kept up to date]"],
            ],
            held_out: &[
                &[
                    "put an [owner|author] and [an expiry|a use by] date on [every|each] [internal page|document]",
                ],
                &[
                    "[shared|the shared] [drives|folders] [tidied|weeded] [once a year|each spring], [naming|one naming] [rule|standard] for [files|everything]",
                ],
                &[
                    "[a plain|simple] [a to z|index] of [forms|templates] for [staff|us] [on|from] the [start|home] page",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[can't|never can] find [anything|the right form] on the [intranet|shared drive]",
                ],
                &[
                    "[five|three] versions of [each|the same] [policy|procedure], [who knows|no telling] which [is valid|counts]",
                ],
                &[
                    "[spend|I waste] [an hour|half an hour] a day [asking round|finding out] who [is in charge of|handles] [what|a topic]",
                ],
            ],
            held_out: &[
                &[
                    "[documents|files] [live|sit] in [personal|private] [folders|mailboxes] of [people|colleagues] who've [left|retired]",
                ],
                &[
                    "[links|half the links] on the [staff|home] [pages|site] [are dead|lead nowhere]",
                ],
                &[
                    "[org|the org] [chart|charts] [out of date|two reorganisations old], [I ring|you ring] [@name|somebody] who [sends|points] you to [the next|another]",
                ],
            ],
        },
    },
    Lever {
        key: "contract_templates",
        title: "Standard templates for supplier contracts",
        answers: &[],
        roles: &["legal_counsel", "buyer", "internal_auditor"],
        idea: Wordings {
            making: &[
                &[
                    "[use|agree] [standard|model] [contract|agreement] [templates|clauses] for [suppliers|contractors]",
                ],
                &[
                    "[a|one] [traffic light|checklist] for [which|when] contracts [need|must see] [legal|a lawyer]",
                ],
                &[
                    "[electronic|digital] signatures, [stop|end] [printing|posting] [#30-90|forty] page [agreements|contracts]",
                ],
            ],
            held_out: &[
                &[
                    "[a clause|ready made clause] [library|bank] so [the buyers|colleagues] [draft|write] [their own|the first version]",
                ],
                &[
                    "[renewal|expiry] [reminders|alerts] for [supplier|vendor] [deals|agreements], [we|some] [roll over|renew] [by accident|unread]",
                ],
                &[
                    "bring [legal|counsel] in at the [start|beginning] of a [tender|negotiation], [not|never] the [night|day] before",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[every|each] [supplier|vendor] contract is [written|drafted] [from scratch|anew]",
                ],
                &[
                    "[contracts|agreements] [come|reach us] [for review|] the [day|evening] they should be [signed|in force]",
                ],
                &["[no|there's no] [central|] register of [who signed what|signed contracts]"],
            ],
            held_out: &[
                &[
                    "[wet|ink] signatures from [two|three] directors who are [rarely|never] in [the same|one] [building|town]",
                ],
                &[
                    "[the other side's|supplier's] [paper|terms] [every time|always], [weeks|months] of [red lines|mark ups]",
                ],
                &[
                    "[old|legacy] [deals|framework agreements] [lapse|expire] [unnoticed|and nobody sees]",
                ],
            ],
        },
    },
    Lever {
        key: "van_charging",
        title: "Charging points and care for the vans",
        answers: &[],
        roles: &["installer", "stock_keeper", "dispatcher", "repair_engineer"],
        idea: Wordings {
            making: &[
                &[
                    "[more|put in more] charging [points|posts] for the electric vans [at|in] [the depot|the yard]",
                ],
                &[
                    "[service|look after] the vans [at night|on Sundays] [not|instead of] [in the week|during shifts]",
                ],
                &[
                    "let us [take the van home overnight|charge the van at home], [pay|refund] the [power|electric]",
                ],
            ],
            held_out: &[
                &[
                    "[tyres|winter tyres] and [wipers|bulbs] [changed|checked] on a [plan|schedule], [not|rather than] [once|when] they [fail|fall off]",
                ],
                &[
                    "[a booking|one booking] [board|sheet] for the [plugs|chargers] so [we|crews] don't [fight|queue] [at six|in the dark]",
                ],
                &[
                    "[pool|shared] [cars|vehicles] [washed|cleaned] and [fuelled|charged] by [whoever|the one who] [had|used] them [last|]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &["[two|three] chargers for [#9-20|a dozen] electric vans"],
                &[
                    "[my|the] van [is in the [workshop|garage] again|has been in the [workshop|garage] for @weeks], [sharing|I share] with [@name|a mate]",
                ],
                &[
                    "[range|battery] [drops|falls] to [60|70] miles in [winter|the cold] and [nowhere|no place] to [charge|top up] [up the valley|on the patch]",
                ],
            ],
            held_out: &[
                &[
                    "[fleet|the fleet office] [never answers|doesn't pick up], [a cracked|my cracked] [windscreen|mirror] [since|waits since] @month",
                ],
                &[
                    "no parking for [large|high roof] [vehicles|vans] at [the hub|base], [we|I] [circle|go round] [the block|for ages]",
                ],
                &[
                    "[old|clapped out] [diesels|vans], [heater|heating] [gone|dead], [door|side door] [jams|sticks]",
                ],
            ],
        },
    },
];
