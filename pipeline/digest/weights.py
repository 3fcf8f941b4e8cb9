"""How much each thing weighs: one table, so that the order of a digest can be argued about in one place.

News comes before states, what a government took back before what it set, and what somebody can act on this week before
what has stood for months. Lines of equal weight stand by place, document and id.
"""

from collections.abc import Mapping

# --- what happened in the week
LOWERED = 95.0  # a target that was watered down after it was made public: nobody announces it
DROPPED = 95.0  # the same, by leaving it out
POSTPONED = 93.0  # the same, by a later date or by none
WITHDRAWN = 96.0  # a plan or report that is no longer to be had: what can be checked goes with it
REPORT_AWAITED = 92.0  # the annual report that is prescribed for this year
REPORT_LATE = 90.0  # a report that came out after 1 April
PLAN = 86.0
REPORT = 84.0
OUTLINE = 80.0  # sets the frame of five years, is seldom about this week
RESULT_CHANGED = 88.0  # a figure that was reported and now reads otherwise
CHANGED = 76.0  # neither more nor less
RAISED = 72.0
ADDED = 70.0
ADVANCED = 66.0  # an earlier date
BODIES_CHANGED = 64.0  # whom to call has changed
SOURCE_BLOCKED = 82.0  # without its source a place is silent in all other parts: told high
SOURCE_SILENT = 82.0
SOURCE_LAYOUT = 82.0  # ours to mend
SOURCE_TROUBLE = 60.0
SOURCE_GOOD = 45.0
MANY_GONE = 82.0  # of one source at once: rather its machine or a redesign than so many decisions
WITHDRAWN_OTHER = 62.0  # notices and other papers
CAME_BACK = 58.0
MOVED = 44.0
NEW_SOURCE = 54.0  # its documents are new to us; a notice of this week weighs about as much
UNLISTED = 39.0  # no list names it any more, but whoever has its address can read it
REUSED = 38.0  # its address shows another document, as a page that has the report of each year in turn
NOTICE = 52.0
REWORDED = 42.0  # words without a commitment
REDATED = 40.0  # metadata
OTHER_PAPER = 34.0

# --- what a new report answers
NOT_MET = 85.0
PARTLY = 60.0
MET = 36.0
NOT_COMPARABLE = 32.0
ANSWERED_EARLIER = 24.0  # the reports of years ago, in a line each

# --- how things stand
UNPUBLISHED_NEW = 83.0  # in April: the date has just passed
UNPUBLISHED = 55.0  # the same, month after month
REPORTS_DUE = 50.0  # how many are still to come before 1 April
UNKNOWN_REPORT = 20.0  # nobody can say, and the part on sources says why
OVERDUE_NEW = 63.0  # ran out this week
OVERDUE_SILENT_NEW = 61.0  # the report that came this week does not mention it
OVERDUE_SILENT = 47.0  # the report has been out for longer
OVERDUE = 44.0
OVERDUE_BEFORE_REPORT = 30.0  # the report that would answer is not due yet
DUE_THIS_WEEK = 56.0  # within seven days
DUE = 46.0
MISSING_NEW = 54.0  # of a plan or report that came or changed this week
MISSING = 26.0
UNREADABLE = 50.0
STALE_CORRECTION = 49.0
LOW_QUALITY = 47.0  # nothing is said about what is missing in it
TO_CHECK = 28.0
READABLE_AGAIN = 18.0
UNSURE = 14.0  # only records of low confidence
DOUBTFUL_ROW = 16.0
SOURCE_STILL = 22.0  # not good, as in the weeks before: told, but not again as news
SOURCE_UNCHECKED = 21.0

# --- what raises and lowers
OLD_PAPER = -35.0  # published long before we came by it: new to us only
FIRST_TIME = -40.0  # of the first digest, where all documents are new
CROWDING = 5.0  # for each further line of one document, so that it does not fill the first ten alone
MOST_CROWDING = 30.0
BY_COUNT = 0.1  # for each thing of a joint line, fifty at most
MOST_COUNTED = 50

CHANGES: Mapping[str, float] = {
    "added": ADDED,
    "dropped": DROPPED,
    "raised": RAISED,
    "lowered": LOWERED,
    "changed": CHANGED,
    "deadline_moved": POSTPONED,
    "bodies_changed": BODIES_CHANGED,
}
KINDS: Mapping[str, float] = {
    "plan": PLAN,
    "report": REPORT,
    "outline": OUTLINE,
    "notice": NOTICE,
    "other": OTHER_PAPER,
}
TRACKED: Mapping[str, float] = {
    "met": MET,
    "not_met": NOT_MET,
    "partly": PARTLY,
    "not_comparable": NOT_COMPARABLE,
}
SOURCES: Mapping[str, float] = {
    "source_silent": SOURCE_SILENT,
    "source_blocked": SOURCE_BLOCKED,
    "source_layout": SOURCE_LAYOUT,
    "source_trouble": SOURCE_TROUBLE,
    "source_good": SOURCE_GOOD,
}


def crowded(weight: float, before: int) -> float:
    """Return the weight of a line of whose document *before* heavier ones stand already."""
    return weight - min(CROWDING * before, MOST_CROWDING)


def joint(heaviest: float, count: int) -> float:
    """Return the weight of a line that tells of *count* things, the heaviest of which weighs so much."""
    return heaviest + BY_COUNT * min(count, MOST_COUNTED)
