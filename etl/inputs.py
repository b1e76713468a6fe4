"""What one build counts from: the verdicts on the files, the city, the clock, and the version of all that."""

import hashlib
import json
import tomllib
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from etl import acts
from etl.ledger import Batch, batches, counting, firsts
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


@dataclass(frozen=True)
class Inputs:
    """`batches`: the last verdict on each file content that counts, or was refused, as `ledger.counting`.

    An earlier verdict on the same content is superseded whole: a later one holds its rows again.
    `judged_again`: seq of such a later one -> seq under which its content first came. `withdrawn`: contents
    (sha256) that do not count.
    """

    root: Path
    city: str
    complete_since: date
    status: str
    data_date: date
    batches: tuple[Batch, ...]
    judged_again: dict[int, int]
    withdrawn: frozenset[str]
    version: str

    def parquet(self, source: str) -> list[Path]:
        """Files of the store that hold accepted rows of `source`."""
        folder = self.root / "store" / source
        return [folder / f"{b.name}.parquet" for b in self.batches if b.source == source and b.accepted]


def gather(root: Path, withdrawn: frozenset[str] | None = None) -> Inputs:
    """What counts now. `withdrawn`: contents to leave out; None: as store/acts says.

    Raises:
        BuildRefused: nothing has been accepted yet.
    """
    out = acts.withdrawn(root) if withdrawn is None else withdrawn
    return chosen(root, batches(root), out)


def chosen(root: Path, stored: list[Batch], withdrawn: frozenset[str]) -> Inputs:
    """Decide which of these take part: reported records alone once there are any, demonstration till then.

    Raises:
        BuildRefused: none of them was accepted.
    """
    standing = counting(root, stored, withdrawn)
    accepted = [b for b in standing if b.accepted and not b.refused]
    if not accepted:
        raise BuildRefused("还没有任何被接受的数据：请把区县报来的工作簿放进 data/inbox，再运行 etl build。")
    status = "reported" if any(b.status == "reported" for b in accepted) else "demo"
    taken = [b for b in standing if b.status == status or b.refused]
    data_date = max(date.fromisoformat(b.as_of) for b in accepted if b.status == status and b.as_of)
    site = tomllib.loads((REFERENCE / "site.toml").read_text("utf-8"))
    first = firsts(root)
    return Inputs(
        root=root,
        city=site["root"],
        complete_since=site["complete_since"],
        status=status,
        data_date=data_date,
        batches=tuple(taken),
        judged_again={b.seq: n for b in taken if (n := first.get(b.sha256[:12], b.seq)) < b.seq},
        withdrawn=withdrawn,
        version=f"{data_date:%Y%m%d}-{_fingerprint(taken)}",
    )


def _fingerprint(taken: list[Batch]) -> str:
    """10 hexadecimal digits of all that decides the content; when and from whom a file came does not."""
    what = hashlib.sha256(duckdb.__version__.encode())
    for batch in taken:
        told = asdict(replace(batch, received_at="", sender=None))
        what.update(json.dumps(told, sort_keys=True).encode())
    for path in RULES:
        what.update(path.name.encode() + path.read_bytes())
    return what.hexdigest()[:10]
