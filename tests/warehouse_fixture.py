"""The hand-countable warehouse: tests/data/hand/<source>.txt -> a store -> a published snapshot.

Three districts (吴兴区 330502, 德清县 330521, 安吉县 330523), April to June 2023, few enough records to count
by hand; what there is to see in each file is said on its first lines. 南浔区 and 长兴县 sent empty files of
every source, so that the city as a whole has reported, except for training, which 安吉县 never sent.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl import build
from etl.sources import SOURCES

HAND = Path(__file__).parent / "data" / "hand"
ARROW = {"whole": pa.int64(), "number": pa.float64(), "date": pa.date32(), "month": pa.date32()}
MARKS = {
    "_batch": pa.int64(),
    "_file": pa.string(),
    "_sheet": pa.string(),
    "_row": pa.int64(),
    "_status": pa.string(),
}
EMPTY = ("330503", "330522")

Row = dict[str, str]


@dataclass
class File:
    """What one district sent of one source; `refusals` are rejected rows: (row, column, found, expected)."""

    source: str | None
    district: str | None
    as_of: str
    rows: list[Row] = field(default_factory=list)
    refusals: list[list[str]] = field(default_factory=list)
    status: str = "demo"
    refused: bool = False


def parsed(source: str, text: str) -> list[File]:
    """Files of a hand-written table: '@ district as_of' begins one, '!' is a rejected row, blank missing."""
    files: list[File] = []
    names: list[str] = []
    for line in filter(None, (one.split("#")[0].strip() for one in text.splitlines())):
        cells = [cell.strip() for cell in line.split("|")]
        if line.startswith("@"):
            _, district, as_of = line.split()
            files.append(File(source, district, as_of))
        elif line.startswith("!"):
            files[-1].refusals.append([cells[0].removeprefix("!").strip(), *cells[1:]])
        elif not names:
            names = cells
        else:
            files[-1].rows.append(dict(zip(names, cells, strict=False)))
    return files


def _typed(text: str, kind: pa.DataType) -> Any:
    if not text:
        return None
    if kind == pa.date32():
        return date.fromisoformat(text)
    return int(text) if kind == pa.int64() else float(text) if kind == pa.float64() else text


def write_batch(root: Path, file: File) -> int:
    """Append one file and its verdict to the store as the store's contract says; returns its seq."""
    folder = root / "store" / "batches"
    folder.mkdir(parents=True, exist_ok=True)
    seq = len(list(folder.iterdir())) + 1
    name = f"{file.district or '其他'}/{file.source or '说明'}-{seq}.csv"
    sha = hashlib.sha256(f"{name}{file}".encode()).hexdigest()
    if file.source and file.rows:
        (root / "store" / file.source).mkdir(parents=True, exist_ok=True)
        pq.write_table(
            _table(file, seq, name), root / "store" / file.source / f"{seq:06d}-{sha[:12]}.parquet"
        )
    verdict = {
        **{"seq": seq, "sha256": sha, "file": name, "source": file.source, "district": file.district},
        **{"as_of": file.as_of, "status": file.status, "received_at": f"2023-07-01T08:00:{seq % 60:02d}"},
        **{"read": len(file.rows) + len(file.refusals), "accepted": len(file.rows)},
        **{"rejected": len(file.refusals), "waiting": 0, "refused": file.refused},
        "sentences": _sentences(file, name),
    }
    (folder / f"{seq:06d}-{sha[:12]}.json").write_text(json.dumps(verdict, ensure_ascii=False), "utf-8")
    return seq


def _table(file: File, seq: int, name: str) -> pa.Table:
    types = {c.key: ARROW.get(c.type, pa.string()) for c in SOURCES[str(file.source)].columns}
    types |= {"lon_wgs84": pa.float64(), "lat_wgs84": pa.float64()} if file.source == "station" else {}
    columns: dict[str, list[Any]] = {
        k: [_typed(r.get(k, ""), t) for r in file.rows] for k, t in types.items()
    }
    count = len(file.rows)
    columns |= {"_batch": [seq] * count, "_file": [name] * count, "_sheet": ["数据"] * count}
    columns |= {"_row": list(range(3, count + 3)), "_status": [file.status] * count}
    return pa.table(columns, schema=pa.schema(types | MARKS))


def _sentences(file: File, name: str) -> list[dict[str, Any]]:
    keys = ("row", "column", "found", "expected")
    told = [dict(zip(keys, [int(r), *rest], strict=True)) for r, *rest in file.refusals]
    for one in told:
        one |= {"sheet": "数据"}
        one["message"] = f"{name}第{one['row']}行“{one['column']}”是“{one['found']}”，应为{one['expected']}。"
    if file.refused:
        told.append(
            dict.fromkeys((*keys, "sheet"), "")
            | {"row": None, "message": f"{name}的表头与任何一种数据都对不上，整份未收。"}
        )
    return told


def write_store(root: Path, status: str = "demo") -> None:
    """The whole hand-written store, and one file refused whole."""
    for source in SOURCES:
        files = parsed(source, (HAND / f"{source}.txt").read_text("utf-8"))
        for file in [*files, *(File(source, district, "2023-06-30") for district in EMPTY)]:
            write_batch(root, replace(file, status=status))
    write_batch(root, File(None, None, "2023-06-30", status=status, refused=True))


@pytest.fixture(scope="session")
def warehouse_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the hand-countable warehouse published in it. Read only: it is shared."""
    root = tmp_path_factory.mktemp("hand")
    write_store(root)
    build.build(root)
    return root


@pytest.fixture(scope="session")
def hand(warehouse_root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the hand-countable warehouse."""
    with opened(warehouse_root) as con:
        yield con


def opened(root: Path) -> duckdb.DuckDBPyConnection:
    """The published snapshot, read-only."""
    version = (root / "published" / "current").read_text("utf-8").strip()
    return duckdb.connect(str(root / "published" / f"cockpit-{version}.duckdb"), read_only=True)


def assert_counts(con: duckdb.DuckDBPyConnection, mart: str, expected: str) -> None:
    """Hold a mart to a table counted by hand; a district stands for all towns whose code begins with it.

    Column `day`: the stock at the end of that day; columns `start`, `end`: the flow between them, both
    included. Columns of breakdowns filter; every measure of the mart must stand in the table.
    """
    cells = [[c.strip() for c in line.split("|")] for line in expected.strip().splitlines()]
    types = dict(con.execute(f"SELECT column_name, column_type FROM (DESCRIBE {mart})").fetchall())
    measures = [name for name, kind in types.items() if kind == "BIGINT"]
    assert set(measures) <= set(cells[0]), f"{mart}: not all of {measures} are asserted"
    counted = [cells[0]]
    for row in cells[1:]:
        given = dict(zip(cells[0], row, strict=True))
        window = [given.get("start", "0001-01-01"), given.get("end", given.get("day", ""))]
        keys = [name for name in given if types.get(name) == "VARCHAR"]
        where = "".join(f" AND {key} = ?" for key in keys)
        sums = ", ".join(f"COALESCE(SUM({name}), 0)" for name in measures)
        found = con.execute(
            f"SELECT {sums} FROM {mart} WHERE day BETWEEN ? AND ? AND town LIKE ? || '%'{where}",
            [*window, given.get("district", ""), *(given[key] for key in keys)],
        ).fetchone()
        sums_found = dict(zip(measures, found or (), strict=True))
        counted.append([str(sums_found.get(name, given[name])) for name in cells[0]])
    assert counted == cells
