"""Store and reference files -> the tables that etl/sql reads.

The only part of the build that speaks DuckDB's own dialect: current rows, code lists, calendars, divisions.
"""

import csv
from collections.abc import Mapping
from datetime import date

import duckdb
import pandas as pd

from cockpit import codes
from etl import workdays
from etl.clock import CHINA
from etl.column import Source
from etl.inputs import REFERENCE, Inputs
from etl.sources import SOURCES

TYPES = {"whole": "BIGINT", "number": "DOUBLE", "date": "DATE", "month": "DATE"}
# Words of SQL that districts' columns happen to use.
RENAMED = {"group": "member_group", "month": "month_end", "year": "target_year"}
EXTRA = {"station": {"lon_wgs84": "DOUBLE", "lat_wgs84": "DOUBLE"}}
MARKS = {"_batch": "BIGINT", "_file": "VARCHAR", "_sheet": "VARCHAR", "_row": "BIGINT", "_status": "VARCHAR"}
INPUT = {
    "seq": "BIGINT",
    "file": "VARCHAR",
    "sha256": "VARCHAR",
    "source": "VARCHAR",
    "district": "VARCHAR",
    "as_of": "DATE",
    "received_at": "TIMESTAMP",
    "status": "VARCHAR",
    "read": "BIGINT",
    "accepted": "BIGINT",
    "rejected": "BIGINT",
    "refused": "BOOLEAN",
}
SOURCE = {"source": "VARCHAR", "label": "VARCHAR", "rhythm_days": "BIGINT", "meaning": "VARCHAR"}
REJECTION = {
    "seq": "BIGINT",
    "file": "VARCHAR",
    "source": "VARCHAR",
    "sheet": "VARCHAR",
    "row_no": "BIGINT",
    "column_label": "VARCHAR",
    "found": "VARCHAR",
    "expected": "VARCHAR",
    "message": "VARCHAR",
}


def load(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Create input, rejection, source, dim_calendar; for etl/sql only, src_<source> and code tables."""
    _verdicts(con, inputs)
    _references(con, inputs)
    con.execute("CREATE TEMP TABLE touched (source VARCHAR, seq BIGINT, county VARCHAR)")
    con.execute("CREATE TEMP TABLE stored (seq BIGINT, row_count BIGINT)")
    con.execute("CREATE TEMP TABLE current_rows (source VARCHAR, county VARCHAR, row_count BIGINT)")
    for source in SOURCES.values():
        con.execute(f"CREATE TEMP TABLE src_{source.name} AS {current(source, inputs)}")
        con.execute(
            f"INSERT INTO stored SELECT _batch, COUNT(*) FROM {_stored(source, inputs)} AS r GROUP BY 1"
        )
        con.execute(f"INSERT INTO touched {_touched(source, inputs)}")
        con.execute(f"INSERT INTO current_rows {_counted(source)}")


def _table(
    con: duckdb.DuckDBPyConnection, name: str, frame: pd.DataFrame, types: Mapping[str, str], temp: str = ""
) -> None:
    columns = ", ".join(f"CAST({c} AS {t}) AS {c}" for c, t in types.items())
    con.register("handed_over", frame.astype(object).where(frame.notna(), None))
    con.execute(f"CREATE {temp} TABLE {name} AS SELECT {columns} FROM handed_over")
    con.unregister("handed_over")


def _verdicts(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    files = pd.DataFrame([[getattr(b, column) for column in INPUT] for b in inputs.batches], columns=[*INPUT])
    # Wall clock of China, whatever offset the store wrote.
    received = pd.to_datetime(files["received_at"], utc=True, format="ISO8601")
    files["received_at"] = received.dt.tz_convert(CHINA).dt.tz_localize(None)
    _table(con, "input", files, INPUT)
    told = [
        [b.seq, b.file, b.source, s.sheet, s.row, s.column, s.found, s.expected, s.message]
        for b in inputs.batches
        for s in b.sentences
    ]
    _table(con, "rejection", pd.DataFrame(told, columns=[*REJECTION]), REJECTION)


def _references(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    calendar = workdays.calendar(REFERENCE / "workday_overrides.csv")
    _table(con, "dim_calendar", calendar, {"day": "DATE", "is_workday": "BIGINT", "workday_no": "BIGINT"})
    years = [(str(y), date(y, 1, 1), date(y + 1, 1, 1)) for y in range(2000, 2100)]
    frame = pd.DataFrame(years, columns=["label", "from_on", "to_on"])
    _table(con, "calendar_year", frame, {"label": "VARCHAR", "from_on": "DATE", "to_on": "DATE"}, "TEMP")
    high = list(codes.LEVELS).index("senior")
    frame = pd.DataFrame([(c, n, int(n >= high)) for n, c in enumerate(codes.LEVELS)])
    frame.columns = pd.Index(["code", "level_rank", "is_high"])
    _table(con, "code_level", frame, {"code": "VARCHAR", "level_rank": "BIGINT", "is_high": "BIGINT"}, "TEMP")
    frame = pd.DataFrame({"data_date": [inputs.data_date], "complete_since": [inputs.complete_since]})
    _table(con, "clock", frame, dict.fromkeys(frame.columns, "DATE"), "TEMP")
    told = [(s.name, s.label, s.rhythm_days, s.meaning) for s in SOURCES.values()]
    _table(con, "source", pd.DataFrame(told, columns=[*SOURCE]), SOURCE)
    frame = _divisions(inputs.city)
    _table(con, "src_division", frame, dict.fromkeys(frame.columns, "VARCHAR") | {"row_no": "BIGINT"}, "TEMP")


def _divisions(city: str) -> pd.DataFrame:
    """Towns of one city, one row each: the columns of dim_division and file, sheet, row_no."""
    with (REFERENCE / "divisions.csv").open(encoding="utf-8-sig", newline="") as lines:
        known = {r["code"]: r | {"row_no": n} for n, r in enumerate(csv.DictReader(lines), start=2)}
    rows = [
        {
            **{"town": code, "town_name": r["name"], "town_kind": _kind(r["name"])},
            **{"county": r["parent_code"], "county_name": known[r["parent_code"]]["name"]},
            **{"city": city, "city_name": known[city]["name"]},
            **{"file": "divisions.csv", "sheet": "", "row_no": r["row_no"]},
        }
        for code, r in known.items()
        if r["level"] == "4" and known[r["parent_code"]]["parent_code"] == city
    ]
    return pd.DataFrame(rows)


def _kind(name: str) -> str:
    return "街道" if name.endswith("街道") else name[-1]


def _stored(source: Source, inputs: Inputs) -> str:
    """All accepted rows of a source, superseded ones too; the declared types even when there are none."""
    types = {c.key: TYPES.get(c.type, "VARCHAR") for c in source.sheet_columns}
    types |= EXTRA.get(source.name, {}) | MARKS
    empty = ", ".join(f'CAST(NULL AS {t}) AS "{c}"' for c, t in types.items())
    files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in inputs.parquet(source.name))
    rows = f" UNION ALL BY NAME SELECT * FROM read_parquet([{files}], union_by_name = true)" if files else ""
    return f"(SELECT {empty} WHERE FALSE{rows})"


def current(source: Source, inputs: Inputs) -> str:
    """The latest row of each key, as a query; records that were withdrawn are left out."""
    return f"SELECT * EXCLUDE (void) FROM ({latest(source, inputs)}) AS l WHERE void IS DISTINCT FROM 'yes'"


def latest(source: Source, inputs: Inputs) -> str:
    """`current`, withdrawals (void = 'yes') too."""
    kept = [c.key for c in source.sheet_columns] + list(EXTRA.get(source.name, {}))
    columns = ", ".join(f'"{c}" AS {RENAMED.get(c, c)}' for c in kept)
    key = ", ".join(f'"{c}"' for c in source.key)
    place, join = _order(inputs)
    return (
        f"SELECT {columns}, _file AS file, _sheet AS sheet, _row AS row_no "
        f"FROM {_stored(source, inputs)} AS r {join} "
        f"QUALIFY ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {place} DESC, _row DESC) = 1"
    )


def _order(inputs: Inputs) -> tuple[str, str]:
    """When a row's file first came, and the join that tells: a file judged again does not become newer."""
    if not inputs.judged_again:
        return "_batch", ""
    pairs = ", ".join(f"({seq}, {first})" for seq, first in inputs.judged_again.items())
    return (
        "COALESCE(a.first_seq, _batch)",
        f"LEFT JOIN (VALUES {pairs}) AS a(seq, first_seq) ON a.seq = _batch",
    )


def _place(source: Source) -> tuple[str, str]:
    """County of a row `r`, and the join that finds it: by its own division, else by the record it names."""
    own = source.place
    if own:
        return f"SUBSTR(r.{own}, 1, 6)", ""
    column, parent, key = next((c.key, *c.references) for c in source.columns if c.references)
    return "SUBSTR(p.town, 1, 6)", f"INNER JOIN src_{parent} AS p ON p.{key} = r.{column}"


def _touched(source: Source, inputs: Inputs) -> str:
    """A withdrawal may say nothing of its place."""
    county, join = _place(source)
    rows = f"(SELECT * FROM {_stored(source, inputs)} AS s WHERE void IS DISTINCT FROM 'yes')"
    return f"SELECT DISTINCT '{source.name}', r._batch, {county} FROM {rows} AS r {join}"


def _counted(source: Source) -> str:
    county, join = _place(source)
    return f"SELECT '{source.name}', {county}, COUNT(*) FROM src_{source.name} AS r {join} GROUP BY 2"
