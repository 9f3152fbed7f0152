//! Fixes that employees propose for installation visits: each as an idea and, asked backwards,
//! as a block. Wordings only.

use super::{Lever, Wordings};

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        key: "drive_times",
        title: "Plan engineers' days with real driving times",
        answers: &["no_show"],
        roles: &["installer", "dispatcher", "meter_fitter", "repair_engineer"],
        idea: Wordings {
            making: &[
                &[
                    "[plan|build] [the|our] [routes|rounds] with [real|actual] [drive|driving] times, [not|instead of] [straight lines on a map|15 minutes for everything], [then we'd make the last jobs|so we don't miss the last calls of the day]",
                ],
                &[
                    "one job [fewer|less] [a day|per van] [on paper|in the diary]. [We'd do more in the end|We'd finish what we promise]",
                ],
                &[
                    "let [dispatch|the dispatcher] [swap|move] jobs between [vans|crews] [during the day|before noon] when [someone|a crew] [runs late|gets stuck]",
                ],
            ],
            held_out: &[
                &[
                    "[group|cluster] the [visits|appointments] by [village|postcode|valley], I [crossed|drove across] the county [@times|three times] yesterday",
                ],
                &[
                    "[use the [sat nav|van tracker] data for|feed the [sat nav|tracker] times into] the [schedule|day sheet], people are [left waiting|stood up] because the [timetable|day] [was never possible|can't be done]",
                ],
                &[
                    "[keep|hold] a [float|spare] crew [in each region|on call] for [overruns|jobs that drag], [rather than|so we don't end up] [cancelling|ditching] the [five|four] o'clock",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[the planner|scheduling|the system] [allows|gives us] [ten|fifteen] minutes between [jobs|addresses] [forty minutes|half an hour] apart, [the last customer|whoever is last] [never gets|doesn't get] [seen|their visit]",
                ],
                &[
                    "[my|our] [day sheet|list] is [full|overbooked] [before I leave the yard|by design], [one|any] [traffic jam|awkward job] and [the afternoon|it all] [collapses|falls over]",
                ],
                &[
                    "[dispatch|we in dispatch] [can't|cannot] [see|tell] where the vans [are|actually are], [so|and] [a delay|running late] [isn't passed on|comes out at the end of the day]",
                ],
            ],
            held_out: &[
                &[
                    "[slots|appointments] [are|get] sold by [people who don't|a website that doesn't] know [the roads|how far it is], [we|engineers] [take the blame|can't keep them]",
                ],
                &[
                    "[no|there's no] slack in the [rota|round], [a difficult loft|one blocked duct] means [two|three] [families|homes] wait in for [nobody|nothing]",
                ],
                &[
                    "[jobs|calls] [dropped|put] on my [tablet|handheld] in the [order|sequence] they were [booked|keyed], [not by place|zigzag across the patch]",
                ],
            ],
        },
    },
    Lever {
        key: "call_ahead",
        title: "Engineers ring or text when they set off",
        answers: &["no_show"],
        roles: &["installer", "meter_fitter", "dispatcher"],
        idea: Wordings {
            making: &[
                &[
                    "[let|have] us [ring|text] the customer [ourselves|] [half an hour|30 minutes] before [with|so they get] a real [time|arrival time]",
                ],
                &[
                    "put customers' [numbers|mobile numbers] on [the job card|our handhelds], [one|a] [quick|two minute] call [saves|would save] [a wasted trip|half the missed appointments]",
                ],
                &[
                    "[automatic|an automatic] on my way [message|text] when [I close|we close] the [job before|last job]",
                ],
            ],
            held_out: &[
                &[
                    "if [we're|a van is] [delayed|running behind], [someone|the office] [should|must] [phone|tell] [the house|the next people] [straight away|at once], [not|instead of leaving it] [at five|till the end of the day]",
                ],
                &[
                    "[like|do what] the [parcel firms|couriers] do: [a link|tracking] [showing|so they see] where [the engineer|the van] is",
                ],
                &[
                    "[contact|speak to] the [householder|customer] [the evening before|first thing], [confirm|check] they're in and [say|tell them] who's coming",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[we're|I'm] not [given|allowed] the customer's [number|phone number], so [nobody|no one] [can|is able to] [say|tell them] I'm [stuck|running late]",
                ],
                &[
                    "[data protection|some privacy rule] they say, [but|] [I end up|I'm left] [knocking at|outside] [empty|locked] houses [because nobody knew I was coming|while they think I never came]",
                ],
                &[
                    "[company phones|our phones] [can't call|are blocked from calling] [out|mobiles], [so we use our own|I use mine] or [don't bother|nothing gets said]",
                ],
            ],
            held_out: &[
                &[
                    "[messages|texts] to [customers|homes] are [sent|fired off] at [6am|dawn] for [the whole day|all jobs] and [never updated|that's it]",
                ],
                &[
                    "[have to|I must] go through [the office|dispatch] to [pass on|get] a [message|word] to the [next house|customer] and [they're engaged|no one picks up]",
                ],
                &[
                    "[no way of|we've nothing for] [warning|alerting] people [when|that] [a job overruns|the morning slips]",
                ],
            ],
        },
    },
    Lever {
        key: "cancelled_slots",
        title: "Offer cancelled slots to those who wait",
        answers: &["long_wait"],
        roles: &["dispatcher", "shop_adviser", "installer"],
        idea: Wordings {
            making: &[
                &[
                    "[offer|give] [cancelled|freed up] [slots|appointments] to [people|customers] [on the waiting list|already in the queue] [the same day|by text]",
                ],
                &[
                    "[show shops|let the counter see] [tomorrow's|this week's] [gaps|free slots], I could [fill|book] #3-9 [a week|a day] [myself|from here]",
                ],
                &[
                    "[open|run] [a Saturday|an evening] crew [by choice|for those who want it] until [the backlog|the list] [is gone|is under a week]",
                ],
            ],
            held_out: &[
                &[
                    "[keep|run] a short notice list of [homes|households] [happy|willing] to [go early|be called up], [as dentists do|like my dentist does]",
                ],
                &[
                    "[pool|share] [installers|crews] across [regions|borders], [one area is|Harbour is] booked [five|four] weeks ahead [and the next has days free|while others are quiet]",
                ],
                &[
                    "[release|hand back] [blocked|reserved] [days|capacity] [on Fridays|every week] if [projects|new builds] haven't [used|claimed] them, [customers wait far too long|folk wait a month otherwise]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[cancellations come in on paper|a cancellation goes into a mailbox], [by the time|before] anyone [rebooks|fills] it [the day|the slot] is [lost|gone]",
                ],
                &[
                    "[the diary|the booking system] [shows|says] full when [a fifth|a quarter] of [it|the day] is [held|blocked] for [projects|contractors] that [never come|don't use it]",
                ],
                &[
                    "[each|every] region [guards|keeps] its own [crews|engineers], [so we quote|so customers hear] @weeks [here|] [while|and] [over the hill|next door] [they're|the lads are] [washing vans|idle]",
                ],
            ],
            held_out: &[
                &[
                    "[no one|not one of us] [has|is given] the [right|access] to [move|pull forward] [a booking|an install], [only|it's only] [the night team|one person in planning]",
                ],
                &[
                    "[I stand|standing] idle [two|three] [mornings|hours] [a week|most weeks] [as|because] [dropped|called off] jobs [aren't|are not] [refilled|reissued]",
                ],
                &[
                    "lead times are set [by rule|in a spreadsheet] at [28|25] days [whether we're busy or not|even if there's room next week]",
                ],
            ],
        },
    },
    Lever {
        key: "van_stock",
        title: "Load vans by tomorrow's job list",
        answers: &["second_visit"],
        roles: &["installer", "stock_keeper", "meter_fitter", "buyer"],
        idea: Wordings {
            making: &[
                &[
                    "[load|stock] the vans [the night before|] [from|by] [the job list|tomorrow's jobs] so [we have|everyone has] the [right|] parts [first time|with them]",
                ],
                &[
                    "a [standard|fixed] box of [connectors|fittings], [brackets|clips] and [long|spare] cable in every van, [refilled|topped up] [each|every] [Friday|week]",
                ],
                &[
                    "[stores|the depot] [should open|open] at [six|half six], [we queue|crews queue] till [eight|nine] then [leave|drive off] [without|short of] [half|what we need]",
                ],
            ],
            held_out: &[
                &[
                    "[minimum|set] [quantities|stock levels] [on board|per van] with [automatic|] [reordering|top ups], [I go back|we return] to [houses|jobs] just [to fit|for] a [two pound|tiny] [part|bit]",
                ],
                &[
                    "[tell|show] the [stores|warehouse] what's [booked|planned] [a day|two days] ahead and [they|we] [can|could] [pick|bag] it [per job|by address]",
                ],
                &[
                    "[carry|let us carry] [both|two kinds of] [meter brackets|hub models], [you don't know|nobody knows] which [till you're|one fits until you're] in the [hallway|cupboard]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[never|we never] have the [right|] [parts|kit] [on|in] the van, [stores|the depot] [is|are] out of [brackets|cable|hubs] [every other day|by Wednesday]",
                ],
                &[
                    "[job|the job] [sheets|notes] [don't|never] say what [the house|the job] needs so I [guess|take a guess] and [go back|end up returning] [@times|a second time]",
                ],
                &[
                    "[ordering|to order] [a box of clips|a £3 part] [takes|needs] [a form|a request] and [ten days|two weeks]",
                ],
            ],
            held_out: &[
                &[
                    "[stock|the stock figure] [on screen|in the computer] and [stock on the shelf|what's on the rack] [are strangers|have nothing in common], [we|crews] find out [at the customer's|on site]",
                ],
                &[
                    "[short|we're always short] of [consumables|small stuff], [the lads|people] [hoard|hide] it in [their garages|lockers]",
                ],
                &[
                    "[purchasing|the buyers] [changed|switched] [supplier|the fittings], [now|and] they [don't match|won't fit] [older|half the] [sockets|meters], [job left unfinished|so we have to come back]",
                ],
            ],
        },
    },
    Lever {
        key: "photo_survey",
        title: "Ask customers for photos before the visit",
        answers: &["second_visit"],
        roles: &["installer", "dispatcher", "call_agent"],
        idea: Wordings {
            making: &[
                &[
                    "[ask|get] the customer [to send|for] [two|three|a few] photos of [the meter cupboard|where the line comes in] [when they book|before we come], [then we bring what's needed|then we know what to bring]",
                ],
                &[
                    "[five|four] [questions|simple questions] at booking: [flat or house, which floor, stone walls|wall type, height, parking, loft]. [It'd save us|Saves] [the wasted|a second] trip",
                ],
                &[
                    "[have|let] an [old hand|experienced fitter] [look over|screen] [tomorrow's|odd] jobs [the afternoon before|by video], [spot the hard ones|flag the tricky ones]",
                ],
            ],
            held_out: &[
                &[
                    "[video|a short video] call [beforehand|a day ahead] for [older|unusual] [properties|cottages], [we'd see|to see] [ladders or no ladders|how long a run it is]",
                ],
                &[
                    "[record|write down] [what we found|the layout] after [each|every] [failed|first] [attempt|visit] so the [next|following] crew isn't [blind|going in blind]",
                ],
                &[
                    "[pre check|a pre check] of [access and wiring|the property] by [whoever|the person who] [sells|books] it, [one tick list|ten ticks]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[no|there's no] [information|survey] about the [house|property] before [we|I] [knock|get there], [every|each] [job|door] is a [surprise|lottery]",
                ],
                &[
                    "[booking|the booking form] [has|has got] no [field|box] for [the type of building|access], [needs a second man or a long ladder, nobody knew|so we turn up with the wrong ladder]",
                ],
                &[
                    "[simple|easy] and [hard|awful] jobs are [booked|logged] the same, [one hour|60 minutes], [one man|single handed], so [the difficult ones|the awkward ones] get [abandoned|put off]",
                ],
            ],
            held_out: &[
                &[
                    "[notes|our notes] from a [previous|first] [visit|attempt] [aren't|never get] passed [on|along], [I drive|so I drive] out [unprepared|not knowing it's granite]",
                ],
                &[
                    "[people|customers] are [never|not] asked [what|where] their [sockets|cupboards] [look like|are], [we find out|I find that out] with [the drill in my hand|my boots on the mat]",
                ],
                &[
                    "[blind|we go in blind]: [listed buildings|asbestos boards], [shared entrances|locked risers], [all|these] [discovered|found] on the [doorstep|spot]",
                ],
            ],
        },
    },
    Lever {
        key: "walk_round",
        title: "Finish each visit with a walk-round and sign-off",
        answers: &["mess"],
        roles: &["installer", "meter_fitter", "trainer"],
        idea: Wordings {
            making: &[
                &[
                    "[end|finish] [every|each] [visit|job] with a walk [round|through] [with|and] the customer [signing|signing off] that it's [clean|tidy] and [nothing's|nothing is] [broken|damaged]",
                ],
                &[
                    "[dust sheets|a dust sheet], [overshoes|shoe covers] and a [small|] [vacuum|hoover] [in every van|as standard kit]",
                ],
                &[
                    "[agree|show them] where the [cable|wire] [goes|will run] [before|and get a nod before] [drilling|anyone drills]",
                ],
            ],
            held_out: &[
                &[
                    "[ten|fifteen] minutes [clean up|tidy up] time [in|built into] the [job time|schedule], [nobody|no one] [has it now|gets that today]",
                ],
                &[
                    "[before and after|take before and after] [pictures|photos] of [the room|the wall], [settles|that would settle] [any|every] [argument|claim] [about scratches|about what was there]",
                ],
                &[
                    "let us [pay for|fix] small [damage|scrapes] [there and then|on the day] from [a tin|a small fund], [not|instead of] [a claims form|the insurers]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[no time|we get no time] to [clean|hoover] up, [the next job|my next one] [starts|is due] [while|when] I'm still [packing|filling holes]",
                ],
                &[
                    "[contractors|the subcontractors] are paid [per|by the] [box|job], [so|] [tidiness|a tidy job] [isn't|is nobody's] [their|] [problem|priority]",
                ],
                &[
                    "[we don't carry|never been issued] [sheets|covers] or [a hoover|even a dustpan], I [bring|use] [my own|one from home]",
                ],
            ],
            held_out: &[
                &[
                    "[rushed|it's all rushed], [speed|number of jobs] is [counted|measured], [how we leave|the state of] the [house|place] [isn't|is not]",
                ],
                &[
                    "[drills|drill bits] and [plates|blanking plates] [worn out|missing], so [holes|finishes] [look rough|are rough]",
                ],
                &[
                    "[nobody|no one] [taught|shows] [new starters|the new lads] how to [run|clip] a cable [neatly|without wrecking the paint]",
                ],
            ],
        },
    },
];
