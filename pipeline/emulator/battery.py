"""Sites of any family with generated documents, to measure how much of them a crawler brings home.

Nothing on them changes from week to week; the same seed gives the same site.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from pipeline.emulator.site import Article, Attachment, Site, SiteColumn
from pipeline.emulator.texts import fill, friend_titles, invent, paragraphs, word_file, words

COLUMNS = (
    SiteColumn("fzzfjs", "法治政府建设"),
    SiteColumn("fzzfjsndbg", "法治政府建设年度报告"),
    SiteColumn("tzgg", "通知公告"),
)
BEFORE_RULE_OF_LAW = 2016  # before, titles say 依法行政
CROSS_POSTED_EVERY, ANNEXED_EVERY = 4, 3


def battery_site(
    family: str,
    *,
    host: str,
    count: int = 40,
    relevant: int = 12,
    quirks: Sequence[str] | frozenset[str] = (),
    seed: int = 0,
    per_page: int = 5,
) -> Site:
    """Return a site of a family with generated documents.

    The first column has most of them, reports stand in the second, every fourth relevant one is cross-posted to both,
    every third has a Word file, and the third column has notices only.

    Args:
        family: by its name.
        host: of the site.
        count: articles in all.
        relevant: how many of them a crawler should bring home.
        quirks: of the server and of the family.
        seed: another one gives another place with other documents.
        per_page: rows of a page of a list.

    Raises:
        ValueError: more relevant articles than articles, or more than titles for them.
    """
    if relevant > count:
        raise ValueError(f"expected at most {count} relevant articles of {count}, got {relevant}")
    random = Random(f"{family} {host} {seed}")
    place = random.choice(words().places)
    wanted = [_document(place, number, *told, random) for number, told in enumerate(_titles(place, relevant, random))]
    others = [
        _friend(place, relevant + number, title, year, random)
        for number, (title, year) in enumerate(friend_titles(place, count - relevant, random))
    ]
    return Site(
        host=host,
        name=f"{place}人民政府",
        place=place,
        family=family,
        columns=COLUMNS,
        articles=tuple(
            sorted((*wanted, *others), key=lambda article: (article.published, article.number), reverse=True)
        ),
        per_page=per_page,
        quirks=frozenset(quirks),
    )


def _titles(place: str, count: int, random: Random) -> list[tuple[str, str, int]]:
    """Return group, title and year of relevant documents, each group in its turn, no title twice."""
    turns = [_forms(group, place, random) for group in words().relevant]
    found: dict[str, tuple[str, int]] = {}
    while len(found) < count:
        drawn = [told for turn in turns if (told := next(turn, None))]
        if not drawn:
            raise ValueError(f"expected at most {len(found)} relevant articles, the titles for {place}; got {count}")
        found |= {title: (group, year) for group, title, year in drawn}
    return [(group, title, year) for title, (group, year) in list(found.items())[:count]]


def _forms(group: str, place: str, random: Random) -> Iterator[tuple[str, str, int]]:
    years = range(2011, BEFORE_RULE_OF_LAW) if group == "older" else range(BEFORE_RULE_OF_LAW, 2025)
    drawn = [(form, year) for year in years for form in words().relevant[group]]
    random.shuffle(drawn)
    for form, year in drawn:
        yield group, fill(form, place, year, random), year


def _document(place: str, number: int, group: str, title: str, year: int, random: Random) -> Article:
    is_plan = group == "plans" or "要点" in title
    kind = "plan" if is_plan else "report"
    published = date(year if is_plan else year + 1, 1, 8) + timedelta(days=random.randrange(85))
    publisher = f"{place}人民政府"
    if group == "bureaus":
        publisher = title.partition(f"{year}年")[0].removesuffix("关于")
    elif group == "towns":
        publisher = title.partition(f"{year}年")[0].removesuffix("人民政府") + "人民政府"
    column = COLUMNS[0] if is_plan else COLUMNS[1]
    other = COLUMNS[1] if is_plan else COLUMNS[0]
    annex = [f"{title}任务分解表", *invent("plan", place, year, random)]
    day = published - timedelta(days=4)
    return Article(
        number=number + 1,
        title=title,
        published=published,
        body=paragraphs([*invent(kind, place, year, random), publisher, f"{day.year}年{day.month}月{day.day}日"]),
        attachments=(Attachment(f"附件{number + 1}.docx", word_file(annex)),) if number % ANNEXED_EVERY == 1 else (),
        column=column.key,
        also_in=(other.key,) if number % CROSS_POSTED_EVERY == 0 else (),
        document_number=f"{place[0]}政发〔{published.year}〕{random.randint(1, 40)}号" if number % 2 else "",
        index_number=f"99{random.randint(1000, 9999)}-0001/{published.year}-{number + 1:05}" if number % 3 else "",
        publisher=publisher,
        is_relevant=True,
    )


def _friend(place: str, number: int, title: str, year: int, random: Random) -> Article:
    is_notice = "通知" in title or "公告" in title
    return Article(
        number=number + 1,
        title=title,
        published=date(year, 1, 1) + timedelta(days=random.randrange(360)),
        body=paragraphs(invent("news", place, year, random)),
        column=COLUMNS[2].key if is_notice else random.choice(COLUMNS[:2]).key,
        publisher=f"{place}人民政府办公室",
    )
