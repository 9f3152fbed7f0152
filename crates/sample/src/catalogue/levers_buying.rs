//! Fixes that employees propose for choosing and signing up: each as an idea and, asked backwards,
//! as a block. Wordings only: who says them and how often is drawn in `plan`.

use super::{Lever, Wordings};

pub(super) const LEVERS: &[Lever] = &[
    Lever {
        key: "plan_one_page",
        title: "One page that sets all plans side by side",
        answers: &["tariff_confusing"],
        roles: &["shop_adviser", "online_sales_agent", "tariff_analyst"],
        idea: Wordings {
            making: &[
                &[
                    "[put|print] all [the|our] [tariffs|plans] on one [sheet|page] with the same [columns|layout] [so|so that] [people|customers] can [compare|see the difference] [at a glance|without us translating]",
                ],
                &[
                    "[cut|slim] the [price list|range] [down|] to [four|five|six] [packages|bundles]. [We have #18-40 and I can't explain half of them|Nobody needs #18-40]",
                ],
                &[
                    "[monthly cost|what you pay a month] [first|in big letters], [everything else|the rest] [underneath|on the back]. [That is all anyone asks at the counter|It's the only thing people ask]",
                ],
            ],
            held_out: &[
                &[
                    "a [side by side|simple comparison] [table|chart] for [every|each] [deal|offer] [on the counter|on the tablet], [the same|identical] [online and in branch|everywhere]",
                ],
                &[
                    "[ask pricing to|let pricing] write the offers with [two|three] of us from the [shop|sales] floor [before they go out|so that they make sense to a normal person]",
                ],
                &[
                    "[retire|kill off] the [old|legacy] bundles, [customers get lost|people walk out] [trying to choose|because there's too much to choose from]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[we sell|there are] too many [versions|variants] of the same [plan|tariff] [and there's|but there's] no single overview [to show|I can show] [a customer|people]",
                ],
                &[
                    "[price sheets|offer sheets] change every [fortnight|two weeks], [each|every team's] in its own format, I [make|keep] my own [crib sheet|cheat sheet]",
                ],
                &[
                    "[explaining|I spend most of my day explaining] [what's in|the difference between] [Saver and Saver Plus|the bundles] [instead of selling|, marketing names don't help]",
                ],
            ],
            held_out: &[
                &[
                    "[energy in pence a unit|power in pence per kilowatt hour] and broadband in pounds a month, [our own|the] [brochures|leaflets] [can't be compared|don't match up]",
                ],
                &[
                    "[pricing|head office] [invents|launches] [a new offer|another promotion] [each|every] [month|few weeks] and [the old ones stay|never removes any]",
                ],
                &[
                    "[honestly|] [even we|even experienced staff] [don't know|can't say] which [package|deal] is [cheapest|best] for someone without [a calculator|asking pricing]",
                ],
            ],
        },
    },
    Lever {
        key: "network_map",
        title: "Give sales the planners' current network map",
        answers: &["coverage_wrong"],
        roles: &["shop_adviser", "online_sales_agent", "network_planner"],
        idea: Wordings {
            making: &[
                &[
                    "[load|put] the [planners'|planning] [map|data] into the [address checker|postcode checker] [every week|weekly] [rather than|instead of] [twice a year|once a quarter]",
                ],
                &[
                    "[don't|let's not] take [an order|orders] for [new build|new estates|rural addresses] until [network planning|a planner] has [ticked|confirmed] the [street|address]",
                ],
                &[
                    "[give us|shops need] a [look|read only view] at [which cabinets are live|what's really in the ground], so [we stop promising|I stop selling] [speeds|fibre] [the line can't carry|people can't have]",
                ],
            ],
            held_out: &[
                &[
                    "[share|send round] the [build|rollout] [list|schedule] with [branches|sales] [on Mondays|each week], [then|that way] [nobody|no one] sells [a connection|fibre] where there is none",
                ],
                &[
                    "[one|a] [true|shared] [source|database] for what each [house|premises] can get, [used by|the same for] [website, shops and planning|everyone]",
                ],
                &[
                    "[a quick|a ten minute] [desk check|line test] [before|at the point where] we [say yes to|accept] [a customer|the sale]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "the [availability|coverage] [tool|checker] is [months|half a year] out of date, [it says yes to streets|I've sold fibre to houses] [we haven't dug|with no duct]",
                ],
                &[
                    "[planning|planners] [keep|hold] the [real|live] [map|drawings] on [their own drive|a drive we can't open]",
                ],
                &[
                    "[orders|my orders] [get|are] [cancelled|rejected] [@weeks|weeks] later [because|as] [the address|the line] was never [surveyed|feasible], [then I have to ring and apologise|and I get the angry call]",
                ],
            ],
            held_out: &[
                &[
                    "[nobody|no one] tells [the shop|sales] when [an area|a cabinet] is [full|switched on], [we guess|we read it in the local paper]",
                ],
                &[
                    "[web sales|the website] [can take|takes] [an order|money] with [no check|nothing checked] against [the network|engineering's records]",
                ],
                &[
                    "[sales|the sales floor] and [network|engineering] [work from|use] different [data|maps], so [what we promise|what was sold] can't always be [built|delivered]",
                ],
            ],
        },
    },
    Lever {
        key: "save_orders",
        title: "Let a half-finished order be saved and taken up again",
        answers: &["form_loses"],
        roles: &["online_sales_agent", "web_developer", "shop_adviser"],
        idea: Wordings {
            making: &[
                &[
                    "[save|keep] [the basket|what has been typed] after [each|every] step so [a crash|a timeout] doesn't [wipe it|lose the lot]",
                ],
                &[
                    "let [us|a shop or agent] [open|pick up] [an unfinished|a half done] [online|] order [by|from] [phone number|email] and [finish it|complete it] with the customer",
                ],
                &[
                    "[double|lengthen] the [session limit|time out] on the [sign up|order] pages, [it's a setting|a one line change]. [People get thrown out looking for their meter number|Finding a meter number takes longer than that]",
                ],
            ],
            held_out: &[
                &[
                    "[send|email] a [link|reminder] to [carry on|resume] [when|if] someone [drops out of|abandons] the [application|checkout]",
                ],
                &[
                    "[test|try] the [joining|registration] [screens|pages] on [an old phone|a cheap Android] [before each release|every sprint], [they break|half our drop outs happen] there",
                ],
                &[
                    "ask for [the address|bank details] once [and|then] [carry it|copy it] [forward|through], [don't make people retype|instead of on three screens]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "[the order form|the order system] [drops|loses] [sessions|what people entered] [after ten minutes|without a trace] and [we|sales] [can't see|have no view of] [what was entered|the attempt]",
                ],
                &[
                    "[web fixes|small website fixes] [wait|sit] [@months|months] [behind|in the queue behind] [campaigns|marketing pages]",
                ],
                &[
                    "[customers ring me|people come to the counter] [half way through|after] a [failed|frozen] [sign up|order] and all I can do is [start from zero|key it all in again]",
                ],
            ],
            held_out: &[
                &[
                    "[three|two] [separate|old] [systems|databases] behind [one|the same] [application|checkout], if [one|any] [hiccups|stalls] [everything|the entire basket] is [discarded|thrown out]",
                ],
                &[
                    "[no|there is no] [draft|park] [button|status] [for|on] [applications|an order], [it's all or nothing|complete it or lose it]",
                ],
                &[
                    "[address lookup|the validation] [rejects|refuses] [flats|new postcodes], [nobody owns|no one will own] the [rule file|list], [sales are lost there|so people give up]",
                ],
            ],
        },
    },
    Lever {
        key: "full_price_first",
        title: "Say the whole price, set-up included, at the start",
        answers: &["hidden_fee"],
        roles: &[
            "shop_adviser",
            "online_sales_agent",
            "tariff_analyst",
            "legal_counsel",
        ],
        idea: Wordings {
            making: &[
                &[
                    "[quote|give] the [full|total] [price|cost][, fees and all,|] on the first [screen|line][ of the quote|] [so|,] [nobody|no one] [feels tricked|gets a shock]",
                ],
                &[
                    "[scrap|drop] the [activation|set-up] [charge|fee], [put|spread] [it|the £#25-60] in the monthly [amount|price]",
                ],
                &[
                    "[a script line|one sentence] for [all advisers|all of us|every adviser]: [on day one you pay|your first payment will be] [this much|so and so much]. [Read it out|Everyone says it], [every sale|no exceptions]",
                ],
            ],
            held_out: &[
                &[
                    "[show|spell out] what [leaves the bank|the first debit will be] before [they|customers] [sign|agree]",
                ],
                &[
                    "[be honest|be straight] about [one off costs|the extras] in [the adverts|our posters], [half my|most] [complaints|arguments] [at the till|in week one] [start there|come from that]",
                ],
                &[
                    "[a printed|one] [receipt|slip] at [sign up|the counter] with [upfront|joining] and monthly [sums|totals] [apart|separately]",
                ],
            ],
        },
        block: Wordings {
            making: &[
                &[
                    "the [quote tool|sales system] [hides|leaves out] the [set-up|connection] [fee|charge] until [the confirmation|the last screen], [I have to remember|it's down to me] to [mention|say] it",
                ],
                &[
                    "[we're|sales are] [told|encouraged] to lead with the [headline|low] [price|figure], [the rest comes out|customers find the rest] [later|in the letter]",
                ],
                &[
                    "[legal|the lawyers] and marketing [can't agree|argue] [on|about] [where|how] the [one off|joining] costs [go|are shown], [meanwhile|so] it's in [footnotes|an asterisk]",
                ],
            ],
            held_out: &[
                &[
                    "[commission|our bonus] [counts|is on] [sign ups|sales] not [complaints|what happens after], so [not all of us|some of us don't] [mention|bring up] what [has to be paid|is due] [at the start|on day one]",
                ],
                &[
                    "[extras|delivery and admin] [are|get] added by [finance|a different system] [afterwards|after the sale], I [can't|am not able to] see them [when I quote|on my screen]",
                ],
                &[
                    "[promotions|posters] [go up|arrive] saying free [when it isn't|and then it isn't], [we're the ones who get|and I'm the one who gets] shouted at",
                ],
            ],
        },
    },
];
