"""Records that others refer to, and numbers in use: of the store, and accepted earlier in this run."""

from collections.abc import Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from etl.contract.sentences import FileVerdict
from etl.sources import SOURCES

# source -> the column that others point at
PARENTS = {c.references[0]: c.references[1] for s in SOURCES.values() for c in s.columns if c.references}
# Sources whose records districts number themselves: two of them may hit on the same number.
NUMBERED = ("union", "clearance_ledger", "training", "contest", "contract", "station")
LOOKED_UP = {name: SOURCES[name].key[0] for name in NUMBERED} | PARENTS
Load = Callable[[str, list[str]], pa.Table]


class Known:
    """Keys and towns of accepted records, by source and status.

    Demonstration records are never counted together with reported ones, so neither may refer to the other.
    `load(source, columns)` reads the store, at most once per source. `key_ids`: (status, id) of the keys that
    accepted person keys were made with.
    """

    def __init__(self, load: Load, key_ids: Iterable[tuple[str, str]] = ()) -> None:
        self._load = load
        self._key_ids = set(key_ids)
        self._tables: dict[str, pa.Table] = {}
        self._chosen: dict[tuple[str, str], pa.Table] = {}

    def keys(self, source: str, status: str) -> pa.Array:
        return self._of(source, status)[LOOKED_UP[source]].combine_chunks()

    def towns(self, source: str, status: str) -> pa.Array:
        """In the order of `keys`."""
        return self._of(source, status)["town"].combine_chunks()

    def key_ids(self, status: str) -> set[str]:
        return {key for kind, key in self._key_ids if kind == status}

    def add(self, verdict: FileVerdict) -> None:
        """Accepted rows: files judged later in this run may refer to them, and may not take their numbers."""
        if verdict.key_id and verdict.accepted:
            self._key_ids.add((verdict.status, verdict.key_id))
        if verdict.source in LOOKED_UP and verdict.rows is not None:
            source, columns = verdict.source, self._columns(verdict.source)
            # The latest stands first, where a look-up finds it.
            self._tables[source] = pa.concat_tables([verdict.rows.select(columns), self._table(source)])
            self._chosen.pop((source, verdict.status), None)

    def _columns(self, source: str) -> list[str]:
        return [LOOKED_UP[source], "town", "_status"]

    def _table(self, source: str) -> pa.Table:
        if source not in self._tables:
            self._tables[source] = self._load(source, self._columns(source))
        return self._tables[source]

    def _of(self, source: str, status: str) -> pa.Table:
        if (source, status) not in self._chosen:
            table = self._table(source)
            self._chosen[source, status] = table.filter(pc.equal(table["_status"], status))
        return self._chosen[source, status]
