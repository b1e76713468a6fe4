"""What this version was counted from: freshness, rows read and refused, input files."""

import pandas as pd

from cockpit import districts
from cockpit.attention import Report
from cockpit.handbook.returns import returns
from cockpit.warehouse import Snapshot

NEVER, STALE, FRESH = "未报送", "过期", "正常"


def reports(snapshot: Snapshot, district: str = districts.ROOT.code) -> list[Report]:
    """How far the data of every source reaches, for the counties of a district (code)."""
    return [
        Report(one.district, one.label, one.as_of, one.rhythm_days, one.overdue > 0)
        for one in returns(snapshot, district)
    ]


def freshness(snapshot: Snapshot) -> pd.DataFrame:
    """One row per source, one column per county: date and state of its data; missing is said, never blank."""
    rows: dict[str, dict[str, str]] = {}
    for report in reports(snapshot):
        row = rows.setdefault(report.source, {"来源": report.source, "应在": f"{report.rhythm_days}天内"})
        row[report.district.name] = _state(report)
    return pd.DataFrame(list(rows.values()))


def _state(report: Report) -> str:
    if report.as_of is None:
        return f"○ {NEVER}"
    return f"{'■' if report.late else '●'} {report.as_of} {STALE if report.late else FRESH}"


def counts(snapshot: Snapshot) -> pd.DataFrame:
    """Per source: files, rows read, accepted, rejected; a last row for files that fit no source."""
    found = snapshot.rows(
        "SELECT source, COUNT(*) AS files, SUM(read) AS rows_read, SUM(accepted) AS rows_accepted, "
        "SUM(rejected) AS rows_rejected FROM input GROUP BY source"
    )
    order = [*snapshot.sources, None]
    rows = [
        (_label(snapshot, name), *map(int, sums))
        for name, *sums in sorted(found, key=lambda r: order.index(r[0]))
    ]
    return pd.DataFrame(rows, columns=["来源", "文件", "读到的行", "接收的行", "退回的行"])


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
    frame["district"] = [districts.get(code).name if code else "" for code in frame["district"].fillna("")]
    headers = ["批次", "文件", "来源", "区县", "数据截至", "收到", "读到", "接收", "退回", "校验码"]
    return frame.set_axis(headers, axis="columns")
