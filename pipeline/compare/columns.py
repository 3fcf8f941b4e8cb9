"""The columns of the tables that comparing makes, in the order in which they are written."""

COVERAGE = ("reference", "item", "doc_id", "status", "score", "start", "end", "nearest", "remarks", "why")
TRACKING = ("target", "result", "status", "why", "plan", "report", "score")
DIFFERENCE = ("before", "after", "kind", "a", "b", "score", "why")
ORIGIN = ("higher", "lower", "task", "source", "status", "score", "why")
