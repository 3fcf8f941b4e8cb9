"""The questions that a crawl asks its database at every step, put into SQL once."""

from sqlalchemy import bindparam, func, or_, select

from pipeline import store

_snapshot, _step, _address = store.snapshots.c, store.steps.c, store.addresses.c
LAST_ALIKE = (
    select(store.snapshots)
    .where(_snapshot.key == bindparam("key"), _snapshot.status == bindparam("status"), _snapshot.file != "")
    .order_by(_snapshot.id.desc())
    .limit(1)
)
FIRST_SAME = (
    select(store.snapshots)
    .where(_snapshot.payload == bindparam("payload"), _snapshot.status == bindparam("status"))
    .where(_snapshot.size > 0, _snapshot.file != "")
    .order_by(_snapshot.id)
    .limit(1)
)
KNOWN = (
    select(store.addresses, store.snapshots)
    .join_from(store.addresses, store.snapshots, isouter=True)
    .where(_address.key == bindparam("key"))
)
_WAITING = (
    _step.run_id == bindparam("run"),
    _step.host == bindparam("host"),
    _step.state == "waiting",
)
NEXT_STEP = (
    select(store.steps)
    .where(*_WAITING, or_(_step.not_before.is_(None), _step.not_before <= bindparam("now")))
    .order_by(_step.rank, _step.id)
    .limit(1)
)
NEXT_TIME = select(func.min(_step.not_before)).where(*_WAITING)
