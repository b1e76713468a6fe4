"""Uploads, acts and versions as `manage.py etl …` leaves them, written by hand for tests of the page."""

import hashlib
import json
from pathlib import Path
from typing import Any

from cockpit.districts import get

AT = "2023-07-03T09:12:00+08:00"
BASE, NEXT = "20230630-0000000001", "20230703-0000000002"
NONE = {"new": 0, "corrected": 0, "withdrawn": 0, "unchanged": 0}


def told(row: int | None, column: str, found: str, expected: str) -> dict[str, Any]:
    """A sentence of a verdict."""
    where = f"第{row}行“{column}”" if row else ""
    return {
        **{"sheet": "证书", "row": row, "column": column, "found": found, "expected": expected},
        "message": f"{where}填的是“{found}”，应为{expected}。" if row else expected,
    }


def verdict(name: str, **changed: Any) -> dict[str, Any]:
    """One judged file: 12 rows, all accepted, 10 new and 2 corrected."""
    usual = {
        **{"file": name, "sha256": hashlib.sha256(name.encode()).hexdigest(), "source": "certificate"},
        **{"label": "技能证书", "district": "330521", "as_of": "2023-07-02", "status": "reported"},
        **{"read": 12, "accepted": 12, "rejected": 0, "refused": False, "sentences": [], "answer": None},
        "changes": NONE | {"new": 10, "corrected": 2},
    }
    return usual | changed


def faulty(name: str, faults: int = 2) -> dict[str, Any]:
    """A file with rejected rows and a return workbook."""
    sentences = [told(7 + n, "等级", "特技工", "下列之一：学徒工、初级工、中级工") for n in range(faults)]
    counts = {"read": 12 + faults, "rejected": faults, "answer": f"退回_{name.rsplit('.', 1)[0]}.xlsx"}
    return verdict(name, sentences=sentences, **counts)


def refused(name: str) -> dict[str, Any]:
    """A file that is no source's."""
    sentence = told(None, "", "", f"文件“{name}”：表头与任何一种数据都对不上，整份未收。")
    none = {"source": None, "label": None, "district": None, "as_of": None, "read": 0, "accepted": 0}
    answer = f"退回_{name.rsplit('.', 1)[0]}.xlsx"
    return verdict(name, **none, refused=True, sentences=[sentence], changes=NONE, answer=answer)


def effect(key: str, name: str, district: str, before: float | None, after: float | None) -> dict[str, Any]:
    return {
        **{"indicator": key, "name": name, "unit": "人次", "decimals": 0, "district": district},
        **{"district_name": get(district).name, "before": before, "after": after},
        **{"before_reason": None if before is not None else "未收到数据", "after_reason": None},
    }


EFFECTS = [
    effect("skill_promotions", "技能晋级人次", "330500", 7300, 7310),
    effect("skill_promotions", "技能晋级人次", "330521", 1200, 1210),
    effect("contest_entries", "竞赛参赛人次", "330500", None, 21100),
    effect("contest_entries", "竞赛参赛人次", "330521", 5000, 5000),
]


def pending(
    root: Path,
    number: int,
    files: list[dict[str, Any]],
    state: str = "ready",
    sender: str = "330521",
    words: str = "检查完毕，可以发布。",
    base: str = BASE,
    effects: list[dict[str, Any]] | None = None,
) -> Path:
    """data/pending/<id> of an upload; `state` "" leaves it without a preview."""
    id = f"{number:020x}"
    folder = root / "pending" / id
    (folder / "files").mkdir(parents=True)
    sent = [{"file": one["file"], "sha256": one["sha256"], "size": 9} for one in files]
    write(folder / "request.json", {"id": id, "at": AT, "sender": sender, "files": sent})
    for one in files:
        if one["answer"]:
            (folder / "answers").mkdir(exist_ok=True)
            (folder / "answers" / one["answer"]).write_bytes(one["answer"].encode())
    if state:
        about = {"id": id, "sender": sender, "at": AT, "state": state, "words": words}
        versions = {"base_version": base, "version": NEXT}
        write(
            folder / "preview.json",
            about | versions | {"files": files, "effects": EFFECTS if effects is None else effects},
        )
    return folder


def version(root: Path, name: str, why: str, batches: list[str], by: str = "湖州市总工会") -> None:
    """One line of published/versions.jsonl."""
    line = {"version": name, "at": AT, "by": by, "why": why, "batches": batches, "withdrawn": []}
    append(root / "published" / "versions.jsonl", line)


def act(root: Path, seq: int, batch: str, kind: str, reason: str) -> None:
    """store/acts/NNNNNN.json"""
    told = {"seq": seq, "at": AT, "by": "德清县总工会", "act": kind, "batch": batch, "reason": reason}
    write(root / "store" / "acts" / f"{seq:06d}.json", told)


def write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def append(path: Path, line: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found
