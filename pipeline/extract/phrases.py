"""The phrases around a value: what says nothing is taken off their front and end, and the object of a verb found."""

import re

from pipeline.extract.lexicon import (
    AIMED,
    CHANGE_ONLY,
    CIRCUMSTANCE,
    CLOSING,
    GENERIC,
    JOIN,
    KIND,
    LIGHT,
    LIST,
    MANNER,
    NOUN_OF_VERB,
    OBJECT,
    OPENING,
    PEOPLE,
    VERB,
    WHO,
)

# 组织领导到位. 镇党委…: a headline that runs into its sentence.
HEADLINE = re.compile(r"^.*[\u4e00-\u9fff](?:\.\s*|\s+)(?=[\u4e00-\u9fff]{2})")
LONGEST = 320  # characters; what is longer is no phrase, and is only stripped
# 行政复议等事项作出批示: what the examples are of goes with them where it only leads to a verb.
OF_THEM = re.compile(rf"^(?:{'|'.join(GENERIC)})(?=(?:{VERB}|{LIGHT})(?!{NOUN_OF_VERB})[^,;。…]{{2,}})")
FOOTNOTE = re.compile(r"\[\d{1,2}\]")


def tidy(words: str) -> str:
    """Strip punctuation, openings and closings that measure nothing."""
    if len(words) > LONGEST:
        return words.strip(" ,;:。.、")
    words = HEADLINE.sub("", FOOTNOTE.sub("", words))
    previous = None
    while words and words != previous:
        previous = words
        words = balance(words.strip(" ,;:。.、[]|\t…"))
        words = CLOSING.sub("", OPENING.sub("", words))
    return "" if CHANGE_ONLY.match(words) else words


def balance(words: str) -> str:
    """Strip brackets at the ends that have no partner inside."""
    while words[-1:] == ")" and words.count("(") < words.count(")"):
        words = words[:-1]
    while words[-1:] == "(":
        words = words[:-1]
    while words[:1] == "(" and words.count("(") > words.count(")"):
        words = words[1:]
    words = words[1:] if words[:1] == ")" else words
    return words.removeprefix("”").removesuffix("“")


def without_light_verb(words: str, light: str = LIGHT) -> str:
    """Strip verbs that only say that something took place: 组织开展, but not the 办理 of 办理时限 or 办理事项."""
    match = re.match(rf"(?:{MANNER}|主持|联合)*(?P<last>{light})了?(?!{NOUN_OF_VERB})(?=..)", words)
    if match is None:
        return words
    least = 4 if match["last"] == "办理" else 2 if match["last"] in ("开展", "举行", "召开", "实施") else 3
    rest = words[match.end() :]
    return rest if len(re.sub(r"^各[类项]", "", rest)) >= least else words


def without_actor(words: str) -> str:
    """Strip the public body that acts and its manner: 区司法局先后发出建议 is about 发出建议."""
    return WHO.sub("", words, count=1)


def without_circumstance(words: str) -> str:
    """Strip on what occasion, by what means, for whom or where: what follows is the verb."""
    return CIRCUMSTANCE.sub("", words, count=1)


def without_kind(words: str) -> str:
    """Leave out of an object the list of its examples and the clause that describes it."""
    verb = re.match(rf"(?:主动|修订完善|立案|收到并|(?!宣传|监督|检查|培训){VERB})*", words)
    lead = verb[0] if verb else ""
    rest = words[len(lead) :]
    people = PEOPLE.match(rest) if not lead else None
    if people and LIST.match(rest[people.end() :]):
        lead, rest = people[0], rest[people.end() :]
    for pattern in (KIND, LIST):
        match = pattern.match(rest)
        if match and len(words) <= 30 and rest[match.end() :] in GENERIC:
            return words
        if match and len(lead) + len(rest) - match.end() >= 4 and len(rest) - match.end() >= 2:
            rest = OF_THEM.sub("", rest[match.end() :])
            return f"{lead}{JOIN}{rest}" if lead else rest
    return words


def act_and_object(words: str) -> str:
    """Return the verb that says something and its object, out of a clause without its value."""
    previous = None
    while words and words != previous:
        previous = words
        words = without_light_verb(without_actor(without_circumstance(tidy(words))))
        words = re.sub(rf"^(?:{MANNER}+(?=(?:{VERB}|{LIGHT}).))", "", words)
    return words


def bare_noun(subject: str) -> str:
    """Return the noun that a subject is about, without its verbs: 聘请法治副校长 is about 法治副校长."""
    parts = [part for part in subject.split(JOIN) if part]
    nouns = [part for part in parts if not is_bare_verb(part)] or parts
    if not nouns:
        return ""
    found = re.match(rf"(?:{VERB}|{LIGHT})+(?=..)", nouns[0])
    return nouns[0][found.end() :] if found else nouns[0]


def last_verb(words: str) -> str:
    """Return the verb that ends a phrase and what belongs to it: 通报 of 区司法局通报, 入企检查 as it is."""
    return act_and_object(words + OBJECT).removesuffix(OBJECT)


def is_bare_verb(words: str) -> bool:
    """Say whether a phrase is a verb that lacks its object."""
    return bool(re.fullmatch(rf"(?:{AIMED}(?:{VERB}|公布|办理|完成|动态调整|编制|落实|组织))+", words))
