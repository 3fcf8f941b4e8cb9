"""The questions that a crawl asks its database at every step, put into SQL once."""

from sqlalchemy import bindparam, delete, func, or_, select, update

from pipeline import store

STANDING = ("current", "unlisted")  # states of a place where a document still is
_snapshot, _step, _address = store.snapshots.c, store.steps.c, store.addresses.c
_sighting, _place, _part = store.sightings.c, store.places.c, store.parts.c
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

SIGHTED = select(_sighting.key).where(_sighting.run_id == bindparam("run"), _sighting.chain == bindparam("chain"))
SIGHTED_ON = SIGHTED.where(_sighting.page == bindparam("page"))
_WITH_BYTES = select(store.steps, _snapshot.sha256, _snapshot.file, _snapshot.offset).join_from(
    store.steps, store.snapshots, _step.snapshot_id == _snapshot.id, isouter=True
)
STEP = _WITH_BYTES.where(_step.id == bindparam("step"))
PARTS_OF = _WITH_BYTES.where(_step.parent_id == bindparam("step")).order_by(_step.id)
HOW_MANY_PARTS = select(func.count()).where(_step.parent_id == bindparam("step"))
REPLACE = (
    update(store.places)
    .where(_place.source_id == bindparam("source"), _place.key == bindparam("page"))
    .where(_place.document_id != bindparam("document"), _place.state.in_(STANDING))
    .values(state="replaced")
)
STORED_PARTS = (
    select(_part.position, _part.role, _part.key, _part.url, _part.name, _part.outcome, _part.snapshot_id)
    .where(_part.place_id == bindparam("place"))
    .order_by(_part.position)
)
DROP_PARTS = delete(store.parts).where(_part.place_id == bindparam("place"))
