//! What customers complain of about bills, each in six independent ways of saying it.
//! Wordings only.

use super::{Pain, Season, Stage, Wordings};

pub(super) const PAINS: &[Pain] = &[
    Pain {
        key: "bill_jump",
        title: "The bill went up without warning",
        stage: Stage::Billing,
        season: Season::Winter,
        words: Wordings {
            making: &[
                &[
                    "[my|our|the] [bill|monthly bill] [went up|shot up|jumped] [by £#9-60|by a third|from £#32-60 to £#70-140] [without|with no] [warning|any warning|explanation]",
                    "[no notice|not told] that [the price|what I pay] was [going up|increasing], [just saw it|first I knew was] on the [statement|bill]",
                ],
                &[
                    "[nearly fell off my chair|nearly choked] [at|when I saw] [this month's|the latest] [amount|total], [same use as always|we've used no more than usual]",
                    "[suddenly|all of a sudden] I [owe|am asked for] @bigmoney [instead of|when it's normally] @smallmoney. [Why|How come|What changed]?",
                ],
                &[
                    "[put|you put] [my|our] payments up [out of the blue|behind our backs], [had to|I had to] [borrow|dip into savings] to [cover it|keep up]",
                    "[mid contract|half way through a contract] [rise|hike|increase], [thought|I thought] [it was fixed|I'd fixed it]",
                ],
            ],
            held_out: &[
                &[
                    "[shocked|horrified] by [the increase|how much more it is now], [a letter|a heads up] [would've been|would have been] [decent|polite|the least you could do]",
                    "[you took|they took] [£#40-90|a good £#30-80] more than [last month|usual] [and nobody asked|without a word]",
                ],
                &[
                    "[how does a [single person|pensioner] [in a one bed|on her own] go|explain how a [single person|pensioner] [in a one bed|on her own] goes] from £#30-50 to £#80-150 [overnight|in one month]",
                    "[charges|costs] [creep|keep creeping] up [every few months|each quarter] and [it's never explained|you never say why]",
                ],
                &[
                    "[budgeted|we'd budgeted] for [one figure|£#40-70], [the new one|what left the account] [wiped us out|put us overdrawn]",
                    "[nasty|horrible] surprise [opening|when I opened] the [envelope|email]: [almost double|up by half]",
                ],
            ],
        },
    },
    Pain {
        key: "bill_unreadable",
        title: "The bill is hard to understand",
        stage: Stage::Billing,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[can't|I can't|couldn't] [understand|make sense of|make head nor tail of] [my|the|your] [bill|bills]",
                    "[the bill is|your bills are] [too complicated|confusing|impossible to follow], [#5-9 pages|pages and pages] of [tables|small figures]",
                ],
                &[
                    "[credits|adjustments], [brought forward|carried over], [pro rata|part month charges]... [plain English please|I just want to know what I owe]",
                    "[sat down|I sat down] with [a calculator|my daughter, who's an accountant,] and [still|we still] couldn't [get to your total|make it add up]",
                ],
                &[
                    "[what is|what on earth is] [a standing charge|an equalisation adjustment|kWh conversion] and why [is it there twice|do I get it on two lines]",
                    "[gas, electric and broadband|energy and broadband] all [lumped|jumbled] together, [no idea|I don't know] what [each|which part] costs",
                ],
            ],
            held_out: &[
                &[
                    "[statements|your statements] [look like|read like] [a tax return|something for accountants|hieroglyphics]",
                    "[layout|the layout] [changes|is different] every [time|month], the [amount due|number that matters] is [hidden|tucked away] on page [three|four]",
                ],
                &[
                    "[had to|I had to] [ring|call|phone] [just|] to have [the sums|my account|the charges] [explained|walked through], [even she|the girl] [found it hard|got confused]",
                    "[clearer|simpler] [breakdown|paperwork] needed, [my mother thought she was in debt when it's in credit|my dad thinks he owes money when he doesn't]",
                ],
                &[
                    "[minus|negative] [sign|figure] at the bottom, [do I pay that|is that mine or yours|do you owe me or not]?",
                    "[jargon|abbreviations] [everywhere|from start to end]. [Can someone sane write it|One line would do: you used this, it costs that]",
                ],
            ],
        },
    },
    Pain {
        key: "refund_slow",
        title: "Refunds take weeks",
        stage: Stage::Billing,
        season: Season::Level,
        words: Wordings {
            making: &[
                &[
                    "[still|I'm still] waiting for [my|a|the] refund [of £#20-180|][ after|, it's been] @weeks",
                    "[refund|the refund|my refund] [promised|agreed] in @month, [not in my account yet|nothing arrived|nothing so far]",
                ],
                &[
                    "[you owe me|they owe me] @bigmoney and [keep|you keep] [finding excuses|stalling|passing it to someone for approval]",
                    "[quick|very quick] to take [my|people's] money, [slow|very slow] to [give it back|hand it back]",
                ],
                &[
                    "[account|my account] is £#60-300 in credit, [asked for it back|I want it back], [told|they say] [7 to 10 working days|another fortnight], [again|every time I ask]",
                    "[overcharged|you overcharged me], [admitted it|they admit it], [then|and] [@weeks|a month] of [chasing|emails] to [be repaid|get it returned]",
                ],
            ],
            held_out: &[
                &[
                    "[paid|I paid] twice by mistake and [getting|to get] the [second payment|extra] [back|returned] [has taken|took] [ages|until @month|forever]",
                    "[where|so where] is my money[?| please?] [A cheque was meant to be in the post|It was approved weeks ago supposedly]",
                ],
                &[
                    "[compensation|the compensation|a goodwill payment] agreed on the phone [never appeared|hasn't shown up|never materialised]",
                    "[deposit|our deposit] [should have been|was due to be] [repaid|sent back] [@weeks|two months] ago, [no sign|not a penny]",
                ],
                &[
                    "[someone|apparently someone] [upstairs|higher up|in accounts] [has to|must] sign [off|] [fifteen quid|£#8-30]. [@weeks of that|Meanwhile I'm out of pocket]",
                    "reimbursement is [a slow drip|at a snail's pace|a waiting game], [my bank|the bank] [sees|shows] nothing",
                ],
            ],
        },
    },
    Pain {
        key: "estimated",
        title: "Bills are estimated although readings were given",
        stage: Stage::Billing,
        season: Season::Winter,
        words: Wordings {
            making: &[
                &[
                    "[bills are|my bill is|the bill is] [estimated|always estimated|based on a guess] [even though|although|when] I [send|give] [readings|a reading] [every month|on time]",
                    "[ignored|you ignored|they ignored] [my|the] [meter reading|readings] [and|,] [made up|guessed|invented] [a number|your own]",
                ],
                &[
                    "[according to you|on paper] we [used|burned] [more|far more|much more] gas in [July|August] than [in January|all winter], [the house was empty|we were away]",
                    "[estimated|your estimate is] way too high, [a photo of the dial proves it|I sent a photo of the meter and nothing changed]",
                ],
                &[
                    "[submitted|I submitted] [the figures|the numbers] [online|in the app] [on the first|@times], [next bill|the invoice] has [an E|a little e|E for estimate] beside it",
                    "[why ask|what's the point of asking] for [a reading|my reading] if you [don't use it|just bin it]",
                ],
            ],
            held_out: &[
                &[
                    "[charging|you're charging] me for [units|kilowatts] I [haven't|never] used, [read the meter|look at the actual meter]",
                    "[guesswork|pure guesswork] [again|as ever], [out|you were out] by [hundreds|£#90-300]",
                ],
                &[
                    "[consumption|our consumption] [plucked from thin air|is fiction], [I type in|we report] [what's really on the clock|the real figure] and [it disappears|it's not picked up]",
                    "[every quarter|each quarter] [I have to|we must] [dispute|correct] the [assumed|predicted] [usage|amount]",
                ],
                &[
                    "[your system|the system] says [my number|what I entered] is [not valid|out of range] [so|and] [goes by|falls back on] [the last tenant|last year]",
                    "[a man|someone] came to [read it|look at the meter], [wrote it down|took it down], [still|and still] the [invoice|next one] [was wrong|bears no relation]",
                ],
            ],
        },
    },
];
