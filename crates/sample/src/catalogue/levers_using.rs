//! Fixes that employees propose for getting started and everyday use: each as an idea and, asked
//! backwards, as a block. Wordings only.

use super::{Lever, Wordings};

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        key: "picture_guide",
        title: "Rewrite the set-up guide with pictures, tried on customers",
        answers: &["setup_unclear"],
        roles: &[
            "knowledge_editor",
            "call_agent",
            "installer",
            "shop_adviser",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[redo|rewrite] the [set-up|quick start] [leaflet|guide] with [pictures|photos] and [big|large] [print|letters], [try it|test it] on [five|six] [real|older] customers first",
                ],
                &[
                    "[colour|number] the [cables|sockets] and [match|use the same] [colours|numbers] in the [booklet|instructions]",
                ],
                &[
                    "[two|three] minute [film|video] [by|made by] one of our [own|] [fitters|engineers], [link|QR code] on the [box|lid]. [Half the first week calls are which light is which|New people only want to know which plug goes where]",
                ],
            ],
            held_out: &[
                &[
                    "[throw out|bin] the [technical|small print] [sheet|page] in the [parcel|welcome pack] and [let|have] the help desk [write|draft] [the new one|one in normal words]",
                ],
                &[
                    "[one|a single] card [saying|with] 1 plug, 2 wait, 3 [type this|connect], [nothing|no advert] else in the [carton|box]",
                ],
                &[
                    "[check|proof] the [paperwork|manual] against the [hub|model] we [really|actually] ship, [newcomers|beginners] are [lost|stuck] [at step two|because it's the wrong one]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "the [guide|leaflet] in the box is for the [old|previous] [hub|router], [we've reported it|I have told them] @times",
                ],
                &[
                    "the first [ten|twenty] calls [of the day|on a Monday] are [people|customers] who can't [get started|follow the booklet], [nobody|no one] [lets us|asks us to] [change|fix] it",
                ],
                &[
                    "[content is|manuals are] written by [the supplier|engineers], [never|not] [shown to|tried on] [a normal person|anyone outside]",
                ],
            ],
            held_out: &[
                &[
                    "[changing|to change] one [sentence|drawing] [in|of] the [instructions|welcome pack] [needs|takes] [five|four] sign offs and a [reprint|print run of 50,000]",
                ],
                &[
                    "[we never hear|the knowledge team never hears] what [people|newcomers] [stumble on|get wrong], [the desk|support] doesn't [log|note] [it|reasons]",
                ],
                &[
                    "[there are|we've] [four|three] versions of the [quick start|install] [sheet|card] [about|in use] and [two|most] are [wrong|for kit we no longer sell]",
                ],
            ],
        },
    },
    Lever {
        key: "stay_till_online",
        title: "Stay until the customer's first device is online",
        answers: &["setup_unclear", "wifi_rooms"],
        roles: &["installer", "repair_engineer", "meter_fitter"],
        idea: Wordings {
            making: &[
                &[
                    "[stay|let us stay] [till|until] the customer's [own|] [phone and telly are|laptop is] [connected|online] before we [close|sign off] the job",
                ],
                &[
                    "[fifteen|ten] minutes [extra|more] [per|on each] [install|visit] to [show|teach] [people|them] [the app and the password|how it works] and [walk round|try every room]",
                ],
                &[
                    "stop [counting|treating] [a lit box|a green light] as [done|finished], [count|ask] whether [they|the family] can [use it|get on the internet]",
                ],
            ],
            held_out: &[
                &[
                    "[a hand over|proper handover] [routine|chat] at the [kitchen table|end]: [connect two gadgets|log on together], [note down|write out] the [key|code], [test it upstairs|see if the bedroom works]",
                ],
                &[
                    "[offer|give] [older customers|over 70s] [a little|some] [help|tuition] [getting going|with their first log in] [while we're there|while the van's outside]",
                ],
                &[
                    "[ring|a call] [two|three] days [later|after fitting]: [all working?|everything online?] [Fix|Sort] [it|what isn't] before [they|people] [give up|call us]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[we're|I'm] [timed|on the clock], [as soon as|when] the light's green we [have to|must] [go|leave], [so|and] [the old lady|the customer] [is left|sits there] with [a box she can't use|no idea]",
                ],
                &[
                    "[setting up|connecting] [the customer's devices|people's phones] [is|counts as] not our job [on paper|officially], [so it isn't done|I do it anyway and get told off for the time]",
                ],
                &[
                    "targets of #6-9 [installs|jobs] a day leave [nothing|no time] for [explaining|showing people]",
                ],
            ],
            held_out: &[
                &[
                    "[can't|we aren't able to] [close|complete] a job [late|as needs more time], [system|it] [marks|flags] [me|us] red, so [we're out the door|off we go] before [anything|a thing] is [tried|tested]",
                ],
                &[
                    "[hand over|handover] is [a signature|one signature on glass], [no|not a] word on [passwords or rooms|where the signal ends]",
                ],
                &[
                    "[I know|you know] they'll [ring|be on the phone] [tomorrow|within the hour], [but|yet] [help with|the] first log in isn't in [the work order|our scope]",
                ],
            ],
        },
    },
    Lever {
        key: "meter_recheck",
        title: "Test each new meter's signal after two days",
        answers: &["meter_silent"],
        roles: &["meter_fitter", "billing_clerk", "repair_engineer"],
        idea: Wordings {
            making: &[
                &[
                    "[check|test] [each|every] new meter's [signal|link] [after 48 hours|two days later] [and|,] [send|book] someone [before|without waiting until] the customer [notices|complains]",
                ],
                &[
                    "[a daily|give us a daily] list of meters [that|which] [went|have gone] [quiet|silent], we [could|can] [restart|fix] most [remotely|from the desk]",
                ],
                &[
                    "[carry|fit] the [stronger|long range] aerial [in|as standard for] [flats and cellars|basements], [they never|those displays don't] [connect|show anything] otherwise",
                ],
            ],
            held_out: &[
                &[
                    "[don't|never] [leave|drive off] until the [display|screen] in the kitchen [shows|has shown] [a number|live use], [now|today] we [hope|trust] it [pairs|joins] overnight",
                ],
                &[
                    "[one|a named] [person|team] to [own|look after] [dumb|dead] [meters|units], [at the moment|right now] they're [nobody's|in between field and billing]",
                ],
                &[
                    "[update|flash] the [firmware|software] in the [depot|stores] before [fitting|they go out], [old ones|half of them] [drop off|stop reporting] [in a week|within days]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[once|when] a meter is [fitted|in] [nobody|no one] [looks|checks] [whether|if] it [talks|sends], [we hear|I hear] from [the customer|billing] [months|@weeks] later",
                ],
                &[
                    "[the fitting|our] [app|tool] says [commissioned|success] [even when|although] the [signal|network] [failed|isn't there]",
                ],
                &[
                    "[no|we've no] [spare|] [displays|aerials] [left|in stock] so [the broken ones|people with a blank screen] [wait|just wait]",
                ],
            ],
            held_out: &[
                &[
                    "[field|fitters] [say|think] it's [IT|the network], IT [say|think] it's the [fitters|field], the [unit|thing on the wall] stays [dark|mute]",
                ],
                &[
                    "[cellars|thick walls] [kill|block] the [reception|signal] and [there's no|we aren't given] [code|budget] [to go back|for a return trip] [with a booster|]",
                ],
                &[
                    "[reports|lists] of [non communicating|offline] [devices|meters] exist [somewhere|upstairs] but [aren't|never get] shared with [us|the crews]",
                ],
            ],
        },
    },
    Lever {
        key: "wifi_walk_test",
        title: "Walk the rooms with a meter and leave a booster",
        answers: &["wifi_rooms"],
        roles: &["installer", "repair_engineer"],
        idea: Wordings {
            making: &[
                &[
                    "[do|make] a [quick|] signal [test|walk] in [every|each] room and [leave|hand over] a [free|] booster where [it's weak|the wifi doesn't reach]",
                ],
                &[
                    "[carry|give us] [two|a few] [extenders|repeaters] [per|in each] van [to lend|on loan], [cheaper than|it costs less than] [another visit|sending me back]",
                ],
                &[
                    "let [the engineer|us] [choose|decide] where the [hub|router] goes, [not|instead of] [the nearest socket|always by the front door]",
                ],
            ],
            held_out: &[
                &[
                    "[sell|offer] [a mesh kit|the mesh kit] at [booking|the point of sale] for [big or old|stone built] [houses|homes], [we know|the map tells us] which [they are|streets]",
                ],
                &[
                    "[a £#20-40 gadget|cheap meter] [to show|that shows] [coverage|strength] [upstairs and down|floor by floor], [agree|settle] the [spot|best place] with the family then [screw|fix] it to the wall",
                ],
                &[
                    "[ten|fifteen] metres of [flat|slim] cable [on board|as standard], so [the box|it] can go in the [middle|centre] of the [house|home]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "we [must|have to] [fit|put] the [hub|box] where the [line|cable] comes in, [even if|though] [the bedrooms|half the rooms] [get|will have] nothing",
                ],
                &[
                    "[boosters|extenders] are only [ordered|sent] [by post|after a complaint], [I can't|we're not allowed to] [give|leave] one [on the day|when I see it's needed]",
                ],
                &[
                    "[no|not issued with any] [tester|instrument] to [prove|measure] [how far it carries|dead spots], I use [my own phone|an app I found]",
                ],
            ],
            held_out: &[
                &[
                    "[half|most] of my [repair|repeat] jobs are [not faults|no fault found], [just|only] [distance and walls|a router in the wrong corner]",
                ],
                &[
                    "[mesh|the mesh kit] [belongs to sales|is a sales product], [field|engineers] can't [touch|supply] it",
                ],
                &[
                    "[moving|to move] a [hub|box] [two|three] metres [needs|is] [a new order|a chargeable visit], [daft|so it stays put behind the telly]",
                ],
            ],
        },
    },
    Lever {
        key: "works_calendar",
        title: "Share the planned-works calendar and text those affected",
        answers: &["works_untold"],
        roles: &[
            "network_technician",
            "network_planner",
            "call_agent",
            "chat_agent",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[text|send a text to] [everyone|all customers] [affected|in the street] [two|three] days before [planned|we do planned] works",
                ],
                &[
                    "[share the [works|maintenance] calendar with|put the [works|maintenance] calendar in front of] [the help desk|agents] so [we know|they can see] [why|what's going on when] the phones [light up|go mad]",
                ],
                &[
                    "do [planned|routine] [work|upgrades] [between two and five at night|in the small hours], [and|or at least] [tell people|put a notice on the status page]",
                ],
            ],
            held_out: &[
                &[
                    "[link|connect] our [change|job] [tickets|log] to the [status|service] page, [so an outage shows|it would show up] [within minutes|by itself]",
                ],
                &[
                    "[a leaflet|cards] through [doors|letterboxes] [when|before] [we dig|the crew digs], [shops and home workers|people working from home] can [plan|make other plans]",
                ],
                &[
                    "[ring|warn] [medical|vulnerable] [households|customers] [personally|one by one] before [switching off|any interruption]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[the desk|everyone here] finds out about [planned works|outages] from [customers|the callers], [the network team never tells us|nobody in network warns us]",
                ],
                &[
                    "[the|our] [works|maintenance] [list|plan] is a [spreadsheet|file] [only|that] [four|three] people [can open|know of]",
                ],
                &[
                    "[last minute changes|jobs get moved at the last minute] by [contractors|the city] and [no|there's no] [quick|easy] way to [message|tell] [the affected streets|homes]",
                ],
            ],
            held_out: &[
                &[
                    "[customer|mass] [texts|mailings] [must|need to] go through marketing, [who|they] [need|want] [ten|five] days' notice. [Cables don't wait|A fault doesn't wait ten days]",
                ],
                &[
                    "the status page is [done by hand|updated] by [a colleague|someone] [on days only|who's off at weekends]",
                ],
                &[
                    "[no list|nobody holds a list] of which [addresses|houses] [hang|sit] [on|behind] which [cabinet|node], so [we can't|nobody can] [say|tell] who'll be [cut off|without service]",
                ],
            ],
        },
    },
];
