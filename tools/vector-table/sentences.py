"""Pseudo-sentences: a small grammar of plain English, its open slots filled from MiniLM's vocabulary.

No corpus: the frames below were written for this purpose, and which words may fill a slot is
decided by how near their MiniLM embeddings lie to a few dozen example words of each kind (a
nearest-kind rule that is often wrong, which does no harm: the slots only have to be filled with
every word of the vocabulary in surroundings that look like speech). Words are drawn by rank
(BERT's vocabulary is in order of frequency), so frequent ones appear more often.
"""

import numpy as np

# Example words for each kind of slot; the kinds also cover the words listed nowhere.
KINDS = {
    "noun": "card table house doctor money letter system train office school water road phone machine paper account room service "
            "product church garden window engine station market hospital problem bridge story computer garage ticket ship river "
            "letter law disease kitchen army bottle animal language song guitar temple storm",
    "nouns": "cards tables houses doctors letters systems trains offices schools roads phones machines papers accounts rooms services "
             "products windows engines stations problems stories computers tickets ships rivers laws diseases animals songs people "
             "children workers members games rules costs prices results questions",
    "verb": "take give make find help send pay buy open close change move write read keep hold bring build carry choose clean cut "
            "drive eat explain fix follow forget get leave lose meet order provide receive replace sell show stop teach try wait "
            "arrive happen improve become understand",
    "verbed": "took gave made found helped sent paid bought opened closed changed moved wrote kept held brought built carried chose "
              "cleaned drove ate explained fixed followed forgot got left lost met ordered provided received replaced sold showed "
              "stopped taught tried waited arrived happened improved became",
    "verbing": "taking giving making finding helping sending paying buying opening closing changing moving writing reading keeping "
               "holding bringing building carrying choosing cleaning driving eating explaining fixing following getting leaving "
               "losing meeting ordering providing receiving selling showing stopping trying waiting",
    "adjective": "good bad new old big small long short high low early late clean dirty friendly rude slow quick helpful useless "
                 "happy sad angry kind cold warm safe dangerous expensive cheap important modern public private quiet loud strong "
                 "weak ready wrong difficult easy heavy medical national",
    "adverb": "quickly slowly really very often always never sometimes recently usually suddenly badly well easily carefully "
              "finally almost completely nearly immediately politely clearly",
    "name": "john mary london paris james david smith robert germany texas york france michael william india california thomas "
            "anna peter chicago boston jones japan australia brown maria scotland berlin",
}

# Upper case: another rule, or a kind (N noun, NS nouns, V verb, VD verbed, VG verbing, A adjective, R adverb, P name,
# W any word, X a word and a piece, NUM). "a|b|c" is one of three, "[x]" is x or nothing.
GRAMMAR = {
    "S": "Q|Q|Q|ST|ST|ST|ST|ST|ST , CONJ ST|ST CONJ ST|BECAUSE|REQ|REQ|FRAG|FRAG|ST . ST|ST . Q|IF",
    "ST": "SUBJ VP|SUBJ VP|SUBJ VP|THERE|SUBJ BE PRED|SUBJ BE PRED|I FEEL ST|THIS BE PRED|SUBJ BEPAST VD [PP]|NP BE not PRED",
    "Q": "how do i V NP [PP] ?|how can i V NP ?|why BE NP PRED ?|why did NP V ?|what BE NP ?|where BE NP ?|when will NP V ?|"
         "who VD NP ?|can i V NP [PP] ?|can you V NP ?|do you V NP ?|does NP V NP ?|BE NP PRED ?|is it A to V NP ?|how long does "
         "NP V ?|how much BE NP ?|what should i do if ST ?|which NP BE PRED ?|will NP V NP ?|what happens when ST ?|why can ' t i V "
         "NP ?|is there NP PP ?|have you VD NP ?|how many NS BE there ?|what kind of N BE NP ?",
    "REQ": "please V NP [PP]|i want to V NP|i would like to V NP [PP]|i need NP|i need to V NP|tell me about NP|we should V NP|they "
           "should V NP|you could V NP|let us V NP|try to V NP|help me V NP|make NP A|MORE NS|MORE N|give NP MORE N|it would be A "
           "to V NP|i wish NP would V",
    "FRAG": "NP|NP PP|A N|A NS|N and N|NS , NS and NS|nothing|A and A|VG NP|VG NP PP|MORE A NS|not A enough|too A|too many NS|lack "
            "of N|no N|R A|P|P and P|N N|N N N|W W|W W W|N of N|A , A and A N|X|X N|W , W , W|better N|N : NP",
    "IF": "if SUBJ VP , SUBJ VP|when SUBJ VP , SUBJ VP|after VG NP , SUBJ VP|before SUBJ VP , ST|although ST , ST",
    "BECAUSE": "ST because ST|ST so ST|ST when ST|ST after VG NP|ST while VG NP|ST , which BE PRED|ST to V NP",
    "I": "i|we|they|he|she|you|people", "FEEL": "think|feel|know|said|believe|think that|was told that|hope",
    "SUBJ": "i|i|i|we|they|he|she|you|it|NP|NP|NP|NP|NP|NAME|everyone|nobody|someone",
    "THIS": "this|that|it|these", "NAME": "P|P P|mr P|the P N",
    "THERE": "there BE NP [PP]|there was no N|there were too many NS|there is not enough N",
    "BE": "is|is|was|was|are|were|has been|will be|seems|isn ' t|wasn ' t|can be", "BEPAST": "was|were|has been|is being|had been|got",
    "PRED": "A|A|R A|very A|too A|so A|A and A|NP|VG NP|VD|VD by NP|not A|as A as NP|more A than NP|PP|A to V|A but A",
    "VP": "V NP|VD NP|VD NP|VD NP PP|VD PP|VD|AUX V NP|AUX V NP PP|AUX V|R VD NP|VD NP R|VD NP and VD NP|have VD NP|has VD NP|had to V "
          "NP|want to V NP|VD to V NP|VD that ST|keep VG NP|BEPAST VG NP|VD me NP|never VD NP",
    "AUX": "can|can|could|will|would|should|may|might|must|do not|don ' t|can ' t|cannot|did not|didn ' t|does not|won ' t|couldn ' t",
    "NP": "DET N|DET N|DET N|DET A N|DET A N|DET N N|DET NS|NS|NS|A NS|N|N|W|W|DET N PP|DET NS PP|it|this|them|P|P P|NUM NS|DET N ' s "
          "N|N and N|VG NP|DET N of DET N|X|DET W|something|A N|DET N who VP|DET N that VP",
    "DET": "the|the|the|the|a|a|a|my|my|my|our|your|their|his|her|this|that|some|any|no|every|all the|these|another|its|more",
    "PP": "PREP NP|PREP NP|PREP NP|PREP DET N|at NUM|for NUM NS|on the N|in P|in DET N|from P|every N|WHEN",
    "WHEN": "today|yesterday|last N|now|again|this week|in the morning|at night|yet|for a long time|two weeks ago|before|in time",
    "PREP": "in|in|of|of|on|at|to|to|for|for|with|with|from|by|about|after|before|without|between|through|under|over|into|during|"
            "against|because of|instead of|near|around|as|like",
    "CONJ": "and|and|but|but|or|so|then|however", "MORE": "more|better|less|fewer|longer|faster",
    "NUM": "two|three|four|five|ten|1|2|3|10|20|30|50|100|a few|many|several|both",
}
SLOTS = {"N": "noun", "NS": "nouns", "V": "verb", "VD": "verbed", "VG": "verbing", "A": "adjective", "R": "adverb", "P": "name"}
DEEPEST = 7


class Words:
    """The vocabulary sorted into kinds, each with the chances its words are drawn by."""

    def __init__(self, vocabulary: list[str], embeddings: np.ndarray, flatness: float):
        self.ids = {word: i for i, word in enumerate(vocabulary)}
        whole = [i for i, w in enumerate(vocabulary) if i >= 1996 and w.isalpha() and w.isascii() and len(w) > 1]
        pieces = [i for i, w in enumerate(vocabulary) if w.startswith("##") and w[2:].isalpha() and w.isascii()]
        frames = {w for rule in GRAMMAR.values() for w in rule.replace("|", " ").replace("[", " ").replace("]", " ").split()}
        open_words = np.array([i for i in whole if vocabulary[i] not in frames])
        kind_of = nearest_kind(embeddings, open_words, self.ids)
        self.slots = {slot: drawn(open_words[kind_of == list(KINDS).index(kind)], flatness) for slot, kind in SLOTS.items()}
        self.any = drawn(np.array(whole), flatness)
        self.pieces = drawn(np.array(pieces), flatness * 4)


def drawn(ids: np.ndarray, flatness: float) -> tuple[np.ndarray, np.ndarray]:
    """Ids with cumulative chances by Zipf's law of rank, flattened at the frequent end."""
    chances = 1 / (np.arange(len(ids)) + flatness)
    return ids, np.cumsum(chances / chances.sum())


def nearest_kind(embeddings, candidates, ids) -> np.ndarray:
    """Each candidate's kind, by linear discriminants on the example words (shared covariance)."""
    examples = [[ids[w] for w in text.split() if w in ids] for text in KINDS.values()]
    x = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    means = np.stack([x[e].mean(0) for e in examples])
    within = np.concatenate([x[e] - m for e, m in zip(examples, means)])
    spread = within.T @ within / len(within)
    spread += np.eye(len(spread)) * np.trace(spread) / len(spread)
    directions = np.linalg.solve(spread, means.T)
    return (x[candidates] @ directions - 0.5 * np.sum(means.T * directions, 0)).argmax(1)


def pseudo_sentences(words: Words, count: int, random: np.random.Generator, longest: int = 24) -> list[np.ndarray]:
    """`count` sentences of token ids, 1 to `longest` tokens each."""
    rules = {name: [option.split() for option in rule.split("|")] for name, rule in GRAMMAR.items()}

    def draw(pool):
        ids, cumulative = pool
        return ids[min(np.searchsorted(cumulative, random.random()), len(ids) - 1)]

    def expand(symbol, depth, out):
        if symbol.startswith("[") and symbol.endswith("]"):
            if random.random() < 0.4:
                expand(symbol[1:-1], depth, out)
        elif symbol in rules:
            options = rules[symbol]
            if depth > DEEPEST:
                options = sorted(options, key=len)[:4]
            for part in options[random.integers(len(options))]:
                expand(part, depth + 1, out)
        elif symbol in words.slots:
            out.append(draw(words.slots[symbol]))
        elif symbol == "W":
            out.append(draw(words.any))
        elif symbol == "X":
            out.extend((draw(words.any), draw(words.pieces)))
        else:
            out.append(words.ids[symbol])

    sentences = []
    while len(sentences) < count:
        out: list[int] = []
        expand("S", 0, out)
        sentences.append(np.array(out[:longest]))
    return sentences
