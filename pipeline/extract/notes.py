"""Responsibility notes: who leads, who supports and by when, in the notations that officials use.

(县司法局牵头,县直各有关部门配合) · (牵头单位:A、B;责任单位:C) · [责任单位:A;完成时限:6月底前] · a line 责任单位:A.
"""

import re

from pipeline.bodies import normal_bodies

LEAD_LABELS = (
    r"牵头(?:\(责任\))?单位|牵头部门|主责单位|主要负责单位|主办单位|主管单位|主管部门|总牵头单位|牵头[科处股]室|牵头"
)
DUTY_LABELS = "责任单位|责任部门|负责单位|负责部门|实施单位|落实单位|责任主体|责任[科处股]室"
SUPPORT_LABELS = (
    "(?:协同|配合|协办|参与)责任单位|配合单位|配合[科处股]室|配合部门"
    "|协办单位|参与单位|参加单位|协同单位|协助单位|承办单位|承办部门|配合"
)
OTHER_LABELS = "责任领导|牵头领导|分管领导|责任人|联系人|负责人"
LIMIT_LABELS = "完成时限|完成时间|时限要求|办结时限|时间要求|进度要求|完成期限|时限|时间"
LABEL = re.compile(  # 县级责任单位:, 责任部门(单位):, 牵头单位 with a blank for the colon
    rf"(?:(?P<lead>{LEAD_LABELS})|(?:主要|第一|主体|具体|共同|[省市州县区旗镇]级)?(?P<duty>{DUTY_LABELS})"
    rf"|(?P<support>{SUPPORT_LABELS})|(?P<other>{OTHER_LABELS})|(?P<limit>{LIMIT_LABELS}))"
    r"(?:\((?:单位|部门)\))?(?:\s*[::]\s*|(?<=单位|部门|时限) +(?=[\u4e00-\u9fff\d]))"
)
# 县司法局为牵头单位: the label behind the names.
LABELLED_AFTER = re.compile(r"(?P<names>[^,;。:]+?)为(?P<label>牵头单位|责任单位|配合单位)")
ROLE = re.compile(
    r"^(?P<names>.*?)(?:(?P<lead>统筹(?:协调)?|(?:共同)?牵头(?:负责|落实|抓总|实施|组织实施|推进)?)"
    r"|(?P<share>(?:等)?(?:按照?|依)(?:各自)?职责(?:分工)?(?:分别|分头|抓好|做好)?(?:负责|落实|配合|推进|实施)?"
    r"|(?:等)?(?:按照?|依)分工(?:分别|分头)?(?:负责|落实)|各(?:自)?(?:负其责|司其职|尽其责))"
    r"|(?P<duty>(?:具体|分别|分工|共同|主要|直接)?负责(?:落实|实施|组织实施)?|主办|主责)|(?P<doing>(?:具体|分别|共同)?(?:落实|组织实施|实施))"
    r"|(?P<support>(?:积极|密切|协同|共同|参与)?(?:配合|协助|协同|参与|参加|承办|协办)(?:落实|实施|配合)?|指导|督导))$"
)
# 2024年6月底前完成, 年底前: a limit among the bodies, without a label.
LIMIT_PART = re.compile(
    r"(?:于|在)?[\d一二三四五六七八九十〇年月日底末前内上下半第季度旬初中每\s“”]{2,}(?:完成|办结|落实|到位|实施)?"
    r"|(?:长期|持续|常态化?|全年)(?:坚持|推进|实施|开展|落实|推动)?"
)
NAME_END = "局办委部室院会队心府处厅所社校团联位门事关站司构台区处盟军库馆行矿场园村镇乡"
JOINS = re.compile(rf"(?P<first>.*?)(?:会同|(?<=[{NAME_END}])商(?![务业会标贸]))(?P<second>.+)")
# A blank parts two bodies where the first one is complete: 县司法局 县大数据局, but not 东山区 司法局.
GAP = re.compile(r"(?<=[局办委部院队会室厅所校心])[ \t]+(?=[\u4e00-\u9fff]{3})")
LISTED = re.compile(r"[、,;](?![^()]*\))")  # the 、 in 各县(市、区)人民政府 parts nothing
BODY = re.compile(rf"[\u4e00-\u9fff()]{{1,20}}[{NAME_END}](?:等(?:有关|相关)?(?:部门|单位))?")
AND = re.compile(rf"(?<=[{NAME_END})])(?:和|及|与|以及)(?=[\u4e00-\u9fff]{{2,}}|[市县区旗]\()")
ET_CETERA = re.compile(r"等(?:相关|有关|各)?(?:部门|单位|职能部门|责任单位|行政执法部门)?$")
# (由主办单位负责), (由牵头部门负责): a rule on whoever it may be, which names nobody.
NOBODY = re.compile(r"由?(?:相关|有关)?(?:(?:牵头|主办|主责|承办|起草|实施|制定|提出)?(?:单位|部门|机关|科室))?")
# (第一责任单位为牵头单位,下同): of the bodies listed the first one leads, here and, with 下同, from here on.
FIRST_LEADS = re.compile(
    r"[((]?[^(),;。:\n]{0,12}(?:第一(?:个|位|家)?|首位|首个|最前)[^(),;。:\n]{0,8}?为(?:牵头|主办|主责)(?:责任)?(?:单位|部门)"
    r"(?P<below>,?(?:以)?下同)?[))]?"
)
REMARK = re.compile(r"\((?:以)?下同\)|,(?:以)?下同(?=\))")
# 县司法局, 相关部门, 县(区)政府 alone in brackets are charged; 街道 and 党委 alone may be any noun.
ENDS_AS_BODY = re.compile(
    r"[局办委厅院室部署站]$|(?<![场住])所$|(?<=[\u4e00-\u9fff])(?:政府|部门|单位|中心|支队|大队|集团|公司|办事处|法院|联|会)$"
)
OPENS_AS_BODY = re.compile(r"[省市州盟县区旗镇乡](?![级内域中]|外[来部地])[\u4e00-\u9fff]{2}")
LONGEST_BODY = 22  # characters
# 报送两部门(县司法局、县财政局), 县司法局(县委依法治县办、县普法办): the bracket says who they are.
ENDS_IN_GROUP = re.compile(r"(?:部门|单位|机关|机构|成员|地区|家|[局办委部室院厅])$|[,;。、(](?:含|包括|如)[^,;。]*$")
SPEAKS = re.compile("的|统筹$")  # (县级统筹、乡镇落实) is a principle
EXPLAINS = re.compile("含|包括|如(?![皋东])|即|指|经(?![信济开贸管])|由|向|报|除|以|见|详")
MARKED_LEAD = re.compile(r"\((?:总?牵头(?:单位|部门)?|主办|主责)\)(?=[、,;]|$)")
MARKED_SUPPORT = re.compile(r"\((?:配合|协办|参与|协助)(?:单位|部门)?\)(?=[、,;]|$)")
OPENER = re.compile(r"^(?:(?:以上|上述)?(?:各项)?(?:任务|工作|事项)?均?由|责任分工[::]?|分工[::]?)")


def split_names(words: str) -> tuple[str, ...]:
    """Split the names of bodies; 和 and 及 separate only where a body ends before them."""
    names = []
    for piece in LISTED.split(words):
        for name in AND.split(GAP.sub("和", piece)):
            name = ET_CETERA.sub("", OPENER.sub("", name.strip())).strip("。 :等")
            if name.count(")") > name.count("("):  # of a bracket that was opened on the line before
                name = name.rstrip(")")
            if re.search(r"[\u4e00-\u9fff]", name) and name != "无":  # an empty cell may print a dash or 无
                names.append(name)
    return tuple(dict.fromkeys(names))


Said = tuple[tuple[str, ...], tuple[str, ...], str | None]  # lead, support and the words of a time limit


def parse_note(words: str) -> Said | None:
    """Return lead, support and time limit of a note, or None where *words* are none."""
    bare = REMARK.sub("", FIRST_LEADS.sub("", words))
    bare = LABELLED_AFTER.sub(lambda match: f"{match['label']}:{match['names']}", bare)
    said = parse_labels(bare) if LABEL.search(bare) else parse_verbs(bare)
    if said is None and bare != words and (names := split_names(bare)) and all(map(is_body, names)):
        said = names, (), None  # a cell has no label: 县发改局、县财政局(第一责任单位为牵头单位)
    if said is None or NOBODY.fullmatch(next(iter((*said[0], *said[1])), "县")):
        return None
    return first_leads(said) if FIRST_LEADS.search(words) and "牵头" not in bare else said


def settle_marks(said: Said) -> Said:
    """Let the bodies marked as leading do so and the others support them: 县司法局(牵头)、县财政局(配合)."""
    lead = tuple(MARKED_LEAD.sub("", name) for name in said[0] if MARKED_LEAD.search(name))
    rest = tuple(MARKED_SUPPORT.sub("", name) for name in said[0] if not MARKED_LEAD.search(name))
    return (lead, rest + said[1], said[2]) if lead else (rest, said[1], said[2])


def first_leads(said: Said) -> Said:
    """Let the first body lead and the others support it."""
    lead, support, limit = said
    return lead[:1], lead[1:] + support, limit


def parse_labels(words: str) -> Said | None:
    """Read the labelled notation; 责任单位 supports where a lead is named and leads where none is."""
    said: dict[str, tuple[str, ...]] = {"lead": (), "duty": (), "support": ()}
    limit = None
    matches = list(LABEL.finditer(words))
    if opening := parse_verbs(words[: matches[0].start()]):  # 县司法局负责 完成时限:6月底
        said["lead"], said["support"], limit = opening
    for match, following in zip(matches, [*matches[1:], None], strict=True):
        value = words[match.end() : following.start() if following else len(words)].strip(" ;,。")
        kind = str(match.lastgroup)
        if kind == "limit":
            limit = value or limit
        elif kind in said:
            marked = MARKED_LEAD.search(value) or MARKED_SUPPORT.search(value)
            verbs = None if marked else parse_verbs(value)  # 责任单位:县司法局牵头,各乡镇按职责分工负责
            names = (*verbs[0], *verbs[1]) if verbs else split_names(value)
            due = [name for name in names if LIMIT_PART.fullmatch(name)]
            limit = next(iter(due), (verbs and verbs[2]) or limit)
            if verbs and kind == "duty":
                said["lead" if "牵头" in value else "duty"] += verbs[0]
                said["support"] += verbs[1]
            else:
                said[kind] += tuple(name for name in names if name not in due)
    if said["lead"]:
        return said["lead"], said["duty"] + said["support"], limit
    if said["duty"] or said["support"] or limit:
        return settle_marks((said["duty"], said["support"], limit))
    return None


def unwrapped(words: str) -> str:
    """Return *words* without the brackets around them, and without stops; those of 各乡镇(街道) stay."""
    words = words.strip(" 。")
    for opening, closing in ("()", "[]"):
        words = words.strip(f"{opening}{closing} 。") if words.count(opening) != words.count(closing) else words
        if words.startswith(opening) and words.endswith(closing) and closing not in words[:-1]:
            words = words[1:-1].strip(" 。")
    return words


def parse_verbs(words: str) -> Said | None:
    """Read the notation with verbs: A牵头,B、C配合. Names before a comma wait for the verb that follows."""
    said: dict[str, list[str]] = {"lead": [], "duty": [], "doing": [], "support": [], "share": []}
    waiting, limit = "", None
    for part in re.split(r"[,;。]", unwrapped(words)):
        part = part.strip()
        match = ROLE.match(part)
        if LIMIT_PART.fullmatch(part):
            limit = part
            continue
        if not match:
            waiting += part + "、"
            continue
        names = waiting + match["names"]
        waiting = ""
        role = next(name for name in said if match[name])
        if joined := JOINS.fullmatch(names):
            said["lead"].extend(split_names(joined["first"]))
            said["support"].extend(split_names(joined["second"]))
            continue
        # A牵头B配合 without a comma between
        if inner := re.fullmatch(r"(.{2,}?)牵头(?!单位|部门|机关|科室|人)(.+)", names):
            said["lead"].extend(split_names(inner[1]))
            names = inner[2]
        said[role].extend(split_names(names))
    together = JOINS.fullmatch(waiting.strip("、"))
    if together and not any(said.values()) and all(BODY.fullmatch(name) for name in together.groups()):
        return split_names(together["first"]), split_names(together["second"]), limit
    if waiting or not any(said.values()) or any(SPEAKS.search(name) for names in said.values() for name in names):
        return None  # (两个以上部门起草的由牵头部门负责) is a rule, not a note
    if said["lead"]:
        lead = said["lead"] + said["duty"]
        return tuple(lead), tuple(said["doing"] + said["share"] + said["support"]), limit
    return tuple(said["duty"] + said["doing"] + said["share"]), tuple(said["support"]), limit


def parse_list(words: str, before: str, after: str, numbered: bool) -> Said | None:
    """Read a bracket of bodies and nothing else that closes a paragraph: 。(县司法局、县财政局).

    A single body may explain the words before it, and so may several without a stop outside a numbered item.
    """
    names = split_names(REMARK.sub("", words))
    before = before.rstrip()
    stopped = before.endswith(("。", ";", "!"))
    closes = stopped or (numbered and len(names) > 1 and not ENDS_IN_GROUP.search(before))
    if not closes or after.strip(" 。;") or not all(map(is_body, names)):
        return None
    said = settle_marks((names, (), None))
    if not any(len(name) > 2 and ENDS_AS_BODY.search(name) and normal_bodies(name) for name in (*said[0], *said[1])):
        return None
    return said


def is_body(name: str) -> bool:
    """Say whether *name* is a body of the catalogue, or is built like one: 县外事工作领导小组办公室."""
    built = OPENS_AS_BODY.match(name) is not None and ENDS_AS_BODY.search(name) is not None
    return (bool(normal_bodies(name)) or (built and len(name) <= LONGEST_BODY)) and not EXPLAINS.match(name)
