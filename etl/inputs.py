"""What one build counts from: the verdicts on the files, the city, the clock, and the version of all that."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from etl.snapshot import BuildRefused

REPO = Path(__file__).resolve().parent.parent
REFERENCE = REPO / "data" / "reference"
SQL = Path(__file__).resolve().parent / "sql"
# Everything beside the batches that decides what a snapshot contains.
RULES = (
    *(REFERENCE / name for name in ("divisions.csv", "site.toml", "workday_overrides.csv")),
    *(REPO / "cockpit" / name for name in ("codes.py",)),
    *(REPO / "etl" / name for name in ("build.py", "inputs.py", "load.py", "sources.py", "workdays.py")),
)
BATCH = ("seq", "file", "sha256", "source", "district", "as_of", "received_at", "status")
BATCH_COUNTS = ("read", "accepted", "rejected", "refused")
SENTENCE = ("sheet", "row", "column", "found", "expected", "message")


@dataclass(frozen=True)
class Inputs:
    """`batches` has the columns of the table `input`, `rejections` those of `rejection`.

    Both hold the last verdict on each file content: an earlier one on the same content is superseded whole.
    """

    root: Path
    city: str
    complete_since: date
    status: str
    data_date: date
    batches: pd.DataFrame
    rejections: pd.DataFrame
    version: str

    def parquet(self, source: str) -> list[Path]:
        """Files of the store that hold accepted rows of `source`."""
        taken = self.batches[(self.batches["source"] == source) & (self.batches["accepted"] > 0)]
        return [
            self.root / "store" / source / f"{seq:06d}-{sha[:12]}.parquet"
            for seq, sha in zip(taken["seq"], taken["sha256"], strict=True)
        ]


def manifests(root: Path) -> list[dict[str, Any]]:
    """Every verdict on a file, oldest first."""
    found = sorted((root / "store" / "batches").glob("*.json"))
    return [json.loads(path.read_text("utf-8")) for path in found]


def gather(root: Path) -> Inputs:
    """Decide what takes part.

    Raises:
        BuildRefused: nothing has been accepted yet.
    """
    latest = {m["sha256"]: m for m in manifests(root)}
    accepted = [m for m in latest.values() if not m["refused"] and m["accepted"]]
    if not accepted:
        raise BuildRefused("还没有任何被接受的数据:请把区县报来的工作簿放进 data/inbox,再运行 etl build。")
    status = "reported" if any(m["status"] == "reported" for m in accepted) else "demo"
    taken = sorted((m for m in latest.values() if m["status"] == status), key=lambda m: m["seq"])
    data_date = max(date.fromisoformat(m["as_of"]) for m in accepted if m["status"] == status)
    site = tomllib.loads((REFERENCE / "site.toml").read_text("utf-8"))
    return Inputs(
        root,
        site["root"],
        site["complete_since"],
        status,
        data_date,
        pd.DataFrame([[m[k] for k in BATCH + BATCH_COUNTS] for m in taken], columns=[*BATCH, *BATCH_COUNTS]),
        _rejections(taken),
        f"{data_date:%Y%m%d}-{_fingerprint(taken)}",
    )


def _rejections(taken: list[dict[str, Any]]) -> pd.DataFrame:
    rows = [
        [m["seq"], m["file"], m["source"], *(s[k] for k in SENTENCE)] for m in taken for s in m["sentences"]
    ]
    names = ["seq", "file", "source", "sheet", "row_no", "column_label", "found", "expected", "message"]
    return pd.DataFrame(rows, columns=names)


def _fingerprint(taken: list[dict[str, Any]]) -> str:
    """10 hexadecimal digits of everything that decides the content; when a file was received does not."""
    what = hashlib.sha256(duckdb.__version__.encode())
    for m in taken:
        what.update(json.dumps({k: v for k, v in m.items() if k != "received_at"}, sort_keys=True).encode())
    for path in (*sorted(SQL.glob("*.sql")), *RULES):
        what.update(path.name.encode() + path.read_bytes())
    return what.hexdigest()[:10]
