"""What this version was counted from: freshness, rows read and refused, input files."""

import pandas as pd

from cockpit import districts
from cockpit.warehouse import Snapshot

NEVER, STALE, FRESH = "未报送", "过期", "正常"


def freshness(snapshot: Snapshot) -> pd.DataFrame:
    """One row per source, one column per county: date and state of its data; missing is said, never blank."""
    rows = []
    for name, source in snapshot.sources.items():
        row: dict[str, object] = {"来源": source.label, "报送周期": f"{source.rhythm_days}天内"}
        for county in districts.children(districts.ROOT.code):
            row[county.name] = _state(snapshot, name, county.code)
        rows.append(row)
    return pd.DataFrame(rows)


def _state(snapshot: Snapshot, source: str, county: str) -> str:
    as_of = snapshot.states.get((source, county))
    if as_of is None:
        return f"○ {NEVER}"
    late = (snapshot.clock_date - as_of).days > snapshot.sources[source].rhythm_days
    return f"{'■' if late else '●'} {as_of} {STALE if late else FRESH}"


def counts(snapshot: Snapshot) -> pd.DataFrame:
    """Per source: files, rows read, accepted, rejected; a last row for files that fit no source."""
    frame = snapshot.query(
        "SELECT source, COUNT(*) AS files, SUM(read) AS rows_read, SUM(accepted) AS rows_accepted, "
        "SUM(rejected) AS rows_rejected FROM input GROUP BY source ORDER BY source"
    )
    frame["source"] = [_label(snapshot, name) for name in frame["source"]]
    headers = ["来源", "文件", "读到的行", "接收的行", "退回的行"]
    return frame.astype({name: "int64" for name in frame.columns[1:]}).set_axis(headers, axis="columns")


def _label(snapshot: Snapshot, source: str | None) -> str:
    return snapshot.sources[source].label if source in snapshot.sources else "整份退回"


def rejections(snapshot: Snapshot) -> pd.DataFrame:
    """Every refused row with what was found and what is expected, as the sender needs it."""
    frame = snapshot.query(
        "SELECT file, source, sheet, row_no, column_label, found, expected, message FROM rejection "
        "ORDER BY seq, sheet, row_no, column_label"
    )
    frame["source"] = [_label(snapshot, name) for name in frame["source"]]
    return frame.set_axis(["文件", "来源", "工作表", "行号", "列", "现为", "应为", "说明"], axis="columns")


def inputs(snapshot: Snapshot) -> pd.DataFrame:
    """The files this version was counted from, in the order they were taken in."""
    frame = snapshot.query(
        "SELECT seq, file, source, district, as_of, received_at, read, accepted, rejected, "
        "SUBSTR(sha256, 1, 12) AS hash FROM input ORDER BY seq"
    )
    frame["source"] = [_label(snapshot, name) for name in frame["source"]]
    frame["district"] = [districts.get(code).name if code else "" for code in frame["district"]]
    headers = ["批次", "文件", "来源", "区县", "数据截至", "收到", "读到", "接收", "退回", "校验码"]
    return frame.set_axis(headers, axis="columns")
