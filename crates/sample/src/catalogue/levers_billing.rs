//! Fixes that employees propose for bills: each as an idea and, asked backwards, as a block.
//! Wordings only.

use super::{Lever, Wordings};

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        key: "bill_hold",
        title: "Hold unusual bills for a look before they go out",
        answers: &["bill_jump", "estimated"],
        roles: &["billing_clerk", "billing_agent", "call_agent"],
        idea: Wordings {
            making: &[
                &[
                    "[hold|stop] any bill [that's|which is] [#30-60|50] percent [over|above] the [last one|usual] [until|so] [a person|someone] [has looked|takes a look] at it",
                ],
                &[
                    "[flag|mark] [odd|strange] [amounts|readings] [before|ahead of] the [print run|billing run], [an hour's|half a day's] work [and|that] [saves|would save] [hundreds of calls|the shock on people's faces]",
                ],
                &[
                    "[give|let] [us|clerks] a [stop|pause] button [for|on] [bills|accounts] that are [plainly|obviously] wrong",
                ],
            ],
            held_out: &[
                &[
                    "[a sanity check|one sanity check]: [pensioner|flat], [normally|used to] £40, [now|suddenly] £240, [don't post it|ring them first]",
                ],
                &[
                    "[compare|match] with [the same month last year|neighbours of the same size], anything [far off|miles out] [goes|should go] to [our desk|a human] [first|before the customer]",
                ],
                &[
                    "[catch|pick out] the [silly|absurd] [invoices|ones] [in house|ourselves], [at present|now] the public does [our checking|that for us]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[I can see|we see] [a bill|that an amount] is [wrong|nonsense] [but|and] [can't|I have no way to] [stop|hold] it [from|] going out",
                ],
                &[
                    "[billing|the run] [goes|is fired] at [midnight|2am] [whatever|no matter what], [errors|the errors] [are|get] [fixed|mended] after [people|customers] [complain|ring in]",
                ],
                &[
                    "[exceptions|the exceptions report] has #2-9,000 lines and [no one|nobody] [works|goes through] it [any more|]",
                ],
            ],
            held_out: &[
                &[
                    "[no|we have no] threshold, [no|nor any] second [look|pair of eyes], [a typed|one typed] [zero too many|wrong digit] [goes|ends up] straight [in the post|on a doormat]",
                ],
                &[
                    "[corrections|a correction] [can only|may only] [be made|happen] [once|after] it's [posted|issued], [so|and then] [the family|they] [gets|get] a [fright|scare] first",
                ],
                &[
                    "[validation was|the limits were] [switched off|turned off] [during|for] [migration|the system change] and never [came back|restored]",
                ],
            ],
        },
    },
    Lever {
        key: "price_letter",
        title: "Write to customers a month before a price change",
        answers: &["bill_jump"],
        roles: &[
            "tariff_analyst",
            "billing_clerk",
            "legal_counsel",
            "billing_agent",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[write|a letter] to [people|every customer] [thirty|30] days before [a price change|prices go up], [old|with the old] amount, new amount, [why|the reason]",
                ],
                &[
                    "[tell|brief] the [desk|agents] [a week|ten days] before [a rise|an increase], [then we can|so we could] [answer|explain] [it|properly] [instead of hearing it from callers|]",
                ],
                &[
                    "[ring|call] [those|the few hundred] whose [payment|direct debit] [will|is going to] [double|jump], [before|not after] [it does|the bank tells them]",
                ],
            ],
            held_out: &[
                &[
                    "[no|let there be no] [increase|hike] without [a text and an email|plain notice], [in pounds|what it means in pounds], not [percent|pence per unit]",
                ],
                &[
                    "[put|print] [what will change|next month's figure] [on|at the top of] [this month's|the current] [statement|bill]",
                ],
                &[
                    "[spread|stagger] [big|sharp] [rises|jumps] over [three|four] months and [say|announce] it [beforehand|clearly]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[price|tariff] [changes|rises] [reach|get to] [us|the desk] [the same day|on the same day] as the [customer|public], [we look stupid|and we've no answers]",
                ],
                &[
                    "[notice|the notice] letters [are|get] [bundled|hidden] [with|in with] [adverts|the newsletter], [so|] [no one|nobody] reads them and the [rise|new amount] [is a shock|comes as a bolt]",
                ],
                &[
                    "approval of the [wording|letter] takes [so long|@weeks] and the [rise|change] is [already live|in force] before it goes out",
                ],
            ],
            held_out: &[
                &[
                    "[pricing|upstairs] [decides|settles] [it|new rates] on [Thursday|the 28th] for the [first|1st], [no time|there is no time] to [warn|prepare] [anyone|customers]",
                ],
                &[
                    "[we can't|there's no way to] [see|list] who [will be|is] hit [hardest|worst] by [a change|new rates] so [nobody|none of them] gets [contacted|a call]",
                ],
                &[
                    "[the template|the standard letter] [speaks|talks] of [unit rates|an uplift of 7.4 percent], [not|never] of [what leaves your account|pounds], [people|they] only [notice|get it] when [it's taken|the money's gone]",
                ],
            ],
        },
    },
    Lever {
        key: "plain_bill",
        title: "A one-page bill in plain words",
        answers: &["bill_unreadable"],
        roles: &[
            "billing_clerk",
            "billing_agent",
            "call_agent",
            "knowledge_editor",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[one|a one] page bill: [what you used, what it cost, what you pay|amount, date, why]. [Details|The rest] [on the back|behind it]",
                ],
                &[
                    "[sit|put] [three|two] [agents|of us] [down|] with [billing|the bill designers] for a day to [cross out|strike] [every|each] word [callers|customers] [ask about|don't get]",
                ],
                &[
                    "[separate|split] [energy and broadband|gas, power and internet] on the [bill|statement], [I spend|we spend] all day [untangling|explaining] it [for people|on the phone]",
                ],
            ],
            held_out: &[
                &[
                    "[replace|swap] [brought forward and pro rata|the accounting terms] [with|for] [normal|human] words, [like|for instance] [left over from last time|part of a month]",
                ],
                &[
                    "[an example|a sample] [invoice|bill] with [arrows|little notes], [on the website and|] in the [first envelope|welcome letter], so [folk|they] can [read|follow] [theirs|their own]",
                ],
                &[
                    "[large|a large] [box|figure] [top right|at the top]: you [owe us|pay] this or we owe you that. [People|Half the callers] [can't tell|don't know] which",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[even I|even we] [struggle|can't] [to|] [explain|read] [our own|the] bills, [seven|six] pages of [codes|lines], [three|four] [tax lines|subtotals]",
                ],
                &[
                    "[the bill|bill] [template|layout] [can't|may not] be [changed|touched] without [the vendor|a £#10-80,000 change request]",
                ],
                &[
                    "[most|half] of [the calls I take|my calls] are [what does this mean|please explain this line], [nobody|no one] [collects|writes down] which [line|word]",
                ],
            ],
            held_out: &[
                &[
                    "[it prints|the system prints] [every|each] [internal|ledger] [adjustment|booking] as [its own|a separate] [row|line], [customers|people] [take fright|think they are being robbed]",
                ],
                &[
                    "[three departments|marketing and legal] each [own|have] a [corner|block] of the [statement|page] and [won't give up theirs|none will give an inch]",
                ],
                &[
                    "[words|terms] on the [invoice|paper] [differ|are different] from [what's on my screen|the ones in our script], so [we talk|callers and I talk] past each other",
                ],
            ],
        },
    },
    Lever {
        key: "refund_limit",
        title: "Let agents approve small refunds themselves",
        answers: &["refund_slow"],
        roles: &[
            "call_agent",
            "billing_agent",
            "billing_clerk",
            "team_leader",
        ],
        idea: Wordings {
            making: &[
                &[
                    "let [us|agents] [sign off|approve] refunds [up to|under] £[50|75|100] [at once|on the call] instead of [sending|passing] [them|each one] to [finance|billing ops]",
                ],
                &[
                    "[one|drop to one] signature [for|on] [small|] [repayments|credits], [not two|two is silly for £#9-40]. [Customers wait weeks for their own money|It's their money]",
                ],
                &[
                    "[give the front line|trust the front line with|give those who answer] a [small|little] [budget|allowance] to put [things|mistakes] right [there and then|on the spot]",
                ],
            ],
            held_out: &[
                &[
                    "[pay|send] credit balances [back|] [automatically|without being asked] once they [pass|reach] £#40-100",
                ],
                &[
                    "[run|do] [the payback|the refund] [batch|file] [daily|every night] [rather than|and not] [on Fridays|once a fortnight]",
                ],
                &[
                    "[if|when] [it's our mistake|we overcharged], [the person who picks up|whoever takes the call] should be able to [return|hand back] [the cash|the money] [without asking|within a limit]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[every|any] refund[, even £#5-20,|, however small,|] [has to go|goes] [through|to] [a manager|finance] and [sits|waits] [there|in a tray] for [@days|@weeks]",
                ],
                &[
                    "[I'm|we're] trusted with [a customer's|people's] bank details but not with [giving back|repaying] [a tenner|£#8-30]",
                ],
                &[
                    "[finance|accounts] pays [out |]only on [alternate|every second] [Fridays|Tuesdays], [miss it|miss the cut off] and it's [two|another two] weeks",
                ],
            ],
            held_out: &[
                &[
                    "[paper|the paper] [form|slip], [two|three] [initials|names], [internal post|scan, email, print again]. [All that|And that's] for [what's theirs anyway|returning an overpayment]",
                ],
                &[
                    "the approver is [on leave|part time], [no|without a] deputy, [repayments|payouts] [pile up|stack up]",
                ],
                &[
                    "my limit [was|is] set at [zero|£0] after [an audit|a fraud case] [years ago|in 2019] and [never|not] [looked at|reviewed] since",
                ],
            ],
        },
    },
    Lever {
        key: "nightly_reads",
        title: "Load customers' meter readings every night",
        answers: &["estimated"],
        roles: &["billing_clerk", "billing_agent", "it_support"],
        idea: Wordings {
            making: &[
                &[
                    "[load|import] [customers'|the] [readings|meter readings] [every night|nightly] [rather than|instead of] [once a month|monthly], [then|so] bills [use|would use] [real|true] numbers",
                ],
                &[
                    "[accept|take] a photo [of the meter|] as [proof|a reading] [and|,] [skip|drop] the [plausibility|range] [check|test] for it",
                ],
                &[
                    "[delay|hold] the bill [two|three] days if a reading is [on its way|in the inbox], [beats|better than] [guessing|an estimate]",
                ],
            ],
            held_out: &[
                &[
                    "[widen|loosen] the [tolerance|limits], [the system|it] [throws away|rejects] [good|perfectly good] [numbers|figures] [people|folk] [send us|type in]",
                ],
                &[
                    "[tell|reply to] the [sender|customer] [at once|straight away] when [their number|what they entered] [was refused|didn't go through] [and why|so they can redo it]",
                ],
                &[
                    "[join|connect] the [website|app] [form|entry] to [billing|the ledger] [directly|without the weekly file], [no more|to end] [invented|made up] [usage|consumption]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[readings|the readings] [come in|arrive] by [app, phone, card and email|five ways] and [are|get] [keyed|typed] [by hand|in again] [days|a week] [late|after the bill]",
                ],
                &[
                    "[the import|upload of readings] [runs|is run] [monthly|on the 25th], [anything|whatever comes] after [is|gets] [ignored|estimated]",
                ],
                &[
                    "[#2-9,000|thousands of] [good|] readings [sit|are stuck] in a [reject|error] [file|queue] [nobody|no one] [clears|has time for]",
                ],
            ],
            held_out: &[
                &[
                    "[if|when] [a number|what's sent in] is [higher|lower] than [predicted|the model says] it's [dropped|binned] [silently|with no message], [we bill|and we invoice] a guess",
                ],
                &[
                    "[no|we've no] [right|permission] to [overwrite|replace] [an assumed|an estimated] [figure|value], [we ask|I have to ask] IT [each time|by ticket]",
                ],
                &[
                    "[two|old and new] [meter|] [databases|registers] [don't|never] [agree|match], [last year's|the wrong] [usage|one] [wins|gets used]",
                ],
            ],
        },
    },
];
