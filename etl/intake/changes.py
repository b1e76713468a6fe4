"""What the rows of a file do to what counts now, by record key."""

from dataclasses import dataclass, replace

import duckdb

from etl import load
from etl.inputs import Inputs
from etl.ledger import Batch
from etl.sources import SOURCES


@dataclass(frozen=True)
class Changes:
    """Accepted rows of one file: records that are new, replace another content, end one, or say the same."""

    new: int = 0
    corrected: int = 0
    withdrawn: int = 0
    unchanged: int = 0


def of_batch(inputs: Inputs, batch: Batch, before: list[Batch]) -> Changes:
    """The rows of `batch` against the current rows of the batches `before`, of the same status."""
    if batch.source is None or not batch.accepted:
        return Changes()
    source = SOURCES[batch.source]
    rows = load.current(source, replace(inputs, batches=(batch,)))
    counting = tuple(b for b in before if b.status == batch.status)
    old = load.current(source, replace(inputs, batches=counting))
    names = [load.RENAMED.get(c.key, c.key) for c in source.columns]
    on = " AND ".join(f"n.{key} = o.{key}" for key in (load.RENAMED.get(k, k) for k in source.key))
    same = " AND ".join(f"n.{name} IS NOT DISTINCT FROM o.{name}" for name in names)
    met = f"o.file IS NOT NULL AS met, {same} AS same FROM ({rows}) AS n LEFT JOIN ({old}) AS o ON {on}"
    with duckdb.connect() as con:
        found = con.execute(
            "SELECT COUNT(*) FILTER (NOT met), COUNT(*) FILTER (met AND NOT same), "
            f"COUNT(*) FILTER (met AND same) FROM (SELECT {met}) AS rows_met"
        ).fetchall()
    new, corrected, unchanged = found[0]
    return Changes(new=new, corrected=corrected, unchanged=unchanged)
