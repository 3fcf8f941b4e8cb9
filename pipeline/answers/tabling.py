"""`fazhi table`: the comparable table, or the rows of it that fit some filters."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import tables
from pipeline.answers.source import Answer, Source, as_source
from pipeline.errors import NotFoundError
from pipeline.reference.custom import read_indicators

OF_DOCUMENTS = ("jurisdiction", "year", "kind")  # filters that hold for the sheet of documents, too


def answer_table(
    source: Path | Source,
    output: Path,
    filters: Mapping[str, Collection[Any] | None],
    *,
    catalogues: Sequence[Path] = (),
) -> Answer:
    """Write the comparable table: one row a value, with its quote and its source.

    Args:
        source: the records.
        output: .xlsx, .csv, .parquet or .jsonl.
        filters: of `tables.select`, by name; those that are empty let everything pass.
        catalogues: YAML files of indicators that add to the bundled ones, for their names.

    Raises:
        NotFoundError: no row fits; the message lists what there is.
    """
    names = {one.id: one.name for one in read_indicators(catalogues)}  # a mistake in them is told before any work
    given = as_source(source)
    rows = tables.comparable(given.export)
    wanted: dict[str, Any] = {name: values for name, values in filters.items() if values}
    chosen = tables.select(rows, **wanted)
    if chosen.empty:
        there = "; ".join(f"{name}: {', '.join(map(str, tables.choices(rows, name)))}" for name in wanted)
        raise NotFoundError(f"no row of {given.name} fits these filters; there are {there or 'no commitments at all'}")
    about = tables.overview(given.export.documents, rows, given.export.sections)
    of_documents = {name: values for name, values in wanted.items() if name in OF_DOCUMENTS}
    tables.write_table(
        chosen,
        output,
        documents=tables.select(about, **of_documents),
        indicator_names=names,
        remark="；".join(f"{name}={'、'.join(map(str, values))}" for name, values in wanted.items()),
    )
    return Answer((f"{len(chosen)} of {len(rows)} rows -> {output}",), len(chosen))
