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
    rows = load.latest(source, replace(inputs, batches=(batch,)))
    counting = tuple(b for b in before if b.status == batch.status)
    old = load.current(source, replace(inputs, batches=counting))
    names = [load.RENAMED.get(c.key, c.key) for c in source.columns]
    on = " AND ".join(f"n.{key} = o.{key}" for key in (load.RENAMED.get(k, k) for k in source.key))
    same = " AND ".join(f"n.{name} IS NOT DISTINCT FROM o.{name}" for name in names)
    what = (
        "CASE WHEN n.void = 'yes' AND o.file IS NOT NULL THEN 'withdrawn' WHEN n.void = 'yes' "
        f"THEN 'unchanged' WHEN o.file IS NULL THEN 'new' WHEN {same} THEN 'unchanged' ELSE 'corrected' END"
    )
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT {what} AS what, COUNT(*) FROM ({rows}) AS n LEFT JOIN ({old}) AS o ON {on} GROUP BY what"
        ).fetchall()
    return Changes(**dict(found))
