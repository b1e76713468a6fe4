"""Records that others refer to, and numbers in use: of the store, and accepted earlier in this run."""

from collections.abc import Callable, Iterable

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.contract.sentences import FileVerdict
from etl.sources import SOURCES

# source -> the column that others point at
PARENTS = {c.references[0]: c.references[1] for s in SOURCES.values() for c in s.columns if c.references}
# Sources whose records districts number themselves: two of them may hit on the same number.
NUMBERED = ("union", "clearance_ledger", "training", "contest", "contract", "station")
# source -> columns that the rows of others are compared with (`agrees`)
COMPARED = {
    child.column(reference).references[0]: [condition, column]  # type: ignore[index]
    for child in SOURCES.values()
    for reference, condition, _, column in child.agrees
}
LOOKED_UP = {name: SOURCES[name].key[0] for name in NUMBERED} | PARENTS
Load = Callable[[str, list[str]], pa.Table]


class Known:
    """Accepted records, by source and status; what was withdrawn (作废) is no record.

    Demonstration records are never counted together with reported ones, so neither may refer to the other.
    `load(source, columns)` reads the store, at most once per source. `key_ids`: (status, id) of the keys that
    accepted person keys were made with.
    """

    def __init__(self, load: Load, key_ids: Iterable[tuple[str, str]] = ()) -> None:
        self._load = load
        self._key_ids = set(key_ids)
        self._added: dict[str, list[pa.Table]] = {}
        self._loaded: dict[str, pa.Table] = {}
        self._chosen: dict[tuple[str, str], pa.Table] = {}

    def keys(self, source: str, status: str) -> pa.Array:
        return self._of(source, status)[LOOKED_UP[source]].combine_chunks()

    def towns(self, source: str, status: str) -> pa.Array:
        """In the order of `keys`."""
        return self._of(source, status)["town"].combine_chunks()

    def column(self, source: str, key: str, status: str) -> pa.Array:
        """One of the columns of COMPARED, in the order of `keys`."""
        return self._of(source, status)[key].combine_chunks()

    def rows(self, source: str, status: str) -> pd.DataFrame:
        """Every row accepted so far, the latest first: key, references, place, void."""
        table = self._table(source)
        return table.filter(pc.equal(table["_status"], status)).to_pandas()

    def key_ids(self, status: str) -> set[str]:
        return {key for kind, key in self._key_ids if kind == status}

    def add(self, verdict: FileVerdict) -> None:
        """Accepted rows: files judged later in this run may refer to them, and may not take their numbers."""
        if verdict.key_id and verdict.accepted:
            self._key_ids.add((verdict.status, verdict.key_id))
        if verdict.source and verdict.rows is not None:
            # The latest stands first, where a look-up finds it.
            rows = verdict.rows.select(_columns(verdict.source))
            self._added.setdefault(verdict.source, []).insert(0, rows)
            self._chosen.pop((verdict.source, verdict.status), None)

    def _table(self, source: str) -> pa.Table:
        if source not in self._loaded:
            self._loaded[source] = self._load(source, _columns(source))
        return pa.concat_tables([*self._added.get(source, []), self._loaded[source]])

    def _of(self, source: str, status: str) -> pa.Table:
        if (source, status) not in self._chosen:
            table = self._table(source)
            table = table.filter(pc.equal(table["_status"], status))
            self._chosen[source, status] = _living(table, LOOKED_UP[source])
        return self._chosen[source, status]


def _columns(source: str) -> list[str]:
    """Key, references and place of a record, what others compare, and what tells which rows count."""
    declared = SOURCES[source]
    references = (c.key for c in declared.columns if c.references)
    place = [declared.place] if declared.place else []
    compared = COMPARED.get(source, [])
    return [*dict.fromkeys([*declared.key, *references, *place, *compared]), "void", "_status"]


def _living(table: pa.Table, key: str) -> pa.Table:
    """Rows of the records whose latest row is no withdrawal."""
    if not pc.any(pc.equal(table["void"], "yes")).as_py():
        return table
    latest = table.select([key, "void"]).to_pandas().drop_duplicates(key)
    gone = pa.array(latest[key][latest["void"] == "yes"], pa.string())
    return table.filter(pc.invert(pc.is_in(table[key], value_set=gone)))
