"""What one build counts from: the verdicts on the files, the city, the clock, and the version of all that."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from etl.snapshot import BuildRefused

REPO = Path(__file__).resolve().parent.parent
REFERENCE = REPO / "data" / "reference"
ETL = REPO / "etl"
SQL = ETL / "sql"
# Everything beside the batches that decides what a snapshot contains.
RULES = (
    *(REFERENCE / name for name in ("divisions.csv", "site.toml", "workday_overrides.csv")),
    *(REPO / "cockpit" / name for name in ("codes.py",)),
    *(ETL / name for name in ("build.py", "inputs.py", "load.py", "sources.py", "workdays.py")),
    *sorted((ETL / "declared").glob("*.py")),
    *sorted(SQL.glob("*.sql")),
)

Verdict = dict[str, Any]  # one batch manifest of the store


@dataclass(frozen=True)
class Inputs:
    """`verdicts`: the last one on each file content, of the status that counts, in order of seq.

    An earlier verdict on the same content is superseded whole: its rows come again with the later one.
    """

    root: Path
    city: str
    complete_since: date
    status: str
    data_date: date
    verdicts: tuple[Verdict, ...]
    version: str

    def parquet(self, source: str) -> list[Path]:
        """Files of the store that hold accepted rows of `source`."""
        return [
            self.root / "store" / source / f"{v['seq']:06d}-{v['sha256'][:12]}.parquet"
            for v in self.verdicts
            if v["source"] == source and v["accepted"]
        ]


def manifests(root: Path) -> list[Verdict]:
    """Every verdict on a file, oldest first."""
    found = sorted((root / "store" / "batches").glob("*.json"))
    return [json.loads(path.read_text("utf-8")) for path in found]


def gather(root: Path) -> Inputs:
    """Decide what takes part: reported records alone once there are any, demonstration records till then.

    Raises:
        BuildRefused: nothing has been accepted yet.
    """
    latest = {m["sha256"]: m for m in manifests(root)}
    accepted = [m for m in latest.values() if m["accepted"] and not m["refused"]]
    if not accepted:
        raise BuildRefused("还没有任何被接受的数据：请把区县报来的工作簿放进 data/inbox，再运行 etl build。")
    status = "reported" if any(m["status"] == "reported" for m in accepted) else "demo"
    taken = sorted((m for m in latest.values() if m["status"] == status), key=lambda m: m["seq"])
    data_date = max(date.fromisoformat(m["as_of"]) for m in accepted if m["status"] == status)
    site = tomllib.loads((REFERENCE / "site.toml").read_text("utf-8"))
    return Inputs(
        root=root,
        city=site["root"],
        complete_since=site["complete_since"],
        status=status,
        data_date=data_date,
        verdicts=tuple(taken),
        version=f"{data_date:%Y%m%d}-{_fingerprint(taken)}",
    )


def _fingerprint(taken: list[Verdict]) -> str:
    """10 hexadecimal digits of everything that decides the content; when a file was received does not."""
    what = hashlib.sha256(duckdb.__version__.encode())
    for verdict in taken:
        told = {key: value for key, value in verdict.items() if key != "received_at"}
        what.update(json.dumps(told, sort_keys=True).encode())
    for path in RULES:
        what.update(path.name.encode() + path.read_bytes())
    return what.hexdigest()[:10]
