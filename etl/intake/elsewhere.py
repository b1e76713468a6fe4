"""Accepted rows of an upload that belong to another county than the unit that sends them.

A file whose title names its county holds no others; one without may, and then somebody should look twice.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cockpit import districts
from etl import ledger
from etl.ledger import Batch
from etl.sources import SOURCES
from etl.store import known


def rows(place: Path, batch: Batch, sender: str) -> dict[str, int]:
    """District code -> rows there that are not the sending unit's, most first. Everything is the city's."""
    if batch.source is None or not batch.accepted or sender == districts.ROOT.code:
        return {}
    towns = pc.drop_null(_towns(place, batch, batch.source))
    counted = pc.value_counts(pc.utf8_slice_codeunits(towns, 0, 6))
    found = {entry["values"]: entry["counts"] for entry in counted.to_pylist() if entry["values"] != sender}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _towns(place: Path, batch: Batch, name: str) -> pa.ChunkedArray | pa.Array:
    """Town or district per row: its own, else that of the record it refers to."""
    source = SOURCES[name]
    if source.place:
        return ledger.read_rows(place, [batch], name, [source.place])[source.place]
    column = next(c for c in source.columns if c.references)
    assert column.references is not None
    parents = known(place, ledger.batches(place))
    referring = ledger.read_rows(place, [batch], name, [column.key])[column.key].combine_chunks()
    at = pc.index_in(referring, value_set=parents.keys(column.references[0], batch.status))
    return parents.towns(column.references[0], batch.status).take(at)
