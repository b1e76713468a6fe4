"""What a preview says, in Chinese sentences."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from cockpit import districts
from etl.answer.mending import mend
from etl.contract import sentences
from etl.contract.sentences import Sentence
from etl.intake.pending import Request
from etl.ledger import Batch
from etl.sources import SOURCES
from etl.versions import Pin

Told = dict[str, Any]
STATES = {"ready": "等待确认", "failed": "不能发布", "accepted": "发布", "discarded": "放弃"}
KINDS = {"new": "新增", "corrected": "更正", "withdrawn": "作废", "unchanged": "不变"}


def file(name: str, batch: Batch, same: Sentence | None) -> Told:
    """The verdict on one file, under the name its sender gave it; `worth`: is there any to publish?"""
    facts = ("sha256", "source", "district", "as_of", "status", "read", "accepted", "rejected", "refused")
    source = SOURCES.get(batch.source or "")
    return {
        "file": name,
        "label": source.label if source else None,
        **{fact: getattr(batch, fact) for fact in facts},
        "worth": not same and not batch.refused and (batch.accepted > 0 or batch.read == 0),
        "sentences": [asdict(one) | {"mend": mend(one)} for one in ((same,) if same else said(name, batch))],
    }


def said(name: str, batch: Batch) -> tuple[Sentence, ...]:
    """What was found, under the name the sender gave the file."""
    ours = f"文件“{batch.file}”"
    return tuple(replace(s, message=s.message.replace(ours, f"文件“{name}”", 1)) for s in batch.sentences)


def same(name: str, earlier: Batch | None, withdrawn: bool = False) -> Sentence:
    """The content is known: from an earlier day, or (None) from another file of the same upload."""
    if earlier is None:
        return sentences.whole(name, "内容与这次上报的另一份文件相同，只收一份")
    day = date.fromisoformat(earlier.received_at[:10])
    when = f"{day.year}年{day.month}月{day.day}日"
    if withdrawn:
        return sentences.whole(name, f"内容与{when}收到的文件相同，那一份已撤回；要重新计入，请恢复那一份")
    return sentences.whole(name, f"内容与{when}收到的文件相同，没有变化")


def nothing(files: list[Told]) -> str:
    """Why there is nothing to publish."""
    if all(entry["read"] and entry["accepted"] for entry in files):
        return "这些文件的内容以前都收到过，没有变化，不用发布。"
    return "没有一行可以接受，不能发布。请按退回说明改正后重新上报。"


def ready(asked: Request, files: list[Told], other: list[Batch], driven_out: int, pin: Pin | None) -> str:
    """Counts and changes over all files, and what else the publication would bring along."""
    count = {key: sum(entry[key] for entry in files) for key in ("read", "accepted", "rejected")}
    moved = {key: sum(entry["changes"][key] for entry in files) for key in KINDS}
    parts = [
        f"{asked.sender_name}上报{len(files)}份文件：读入{count['read']}行，接收{count['accepted']}行，"
        f"退回{count['rejected']}行；"
        + "、".join(f"{word}{moved[key]}条" for key, word in KINDS.items())
        + "。"
    ]
    more = [batch for batch in other if not batch.refused]
    if more:
        parts.append(f"收件箱里另有{len(more)}份文件会一并计入（{sum(b.accepted for b in more)}行）。")
    if driven_out:
        parts.append(f"一经发布，现有的{driven_out}份演示文件不再计入。")
    if pin:
        parts.append(f"现在固定在版本 {pin.version}（{pin.by}：{pin.reason}），一经发布即解除固定。")
    return "".join(parts)


def warnings(asked: Request, files: list[Told]) -> list[str]:
    """What to look at twice before publishing: files for another district than the one that sends them."""
    if asked.sender == districts.ROOT.code:
        return []
    found = []
    for entry in files:
        if entry["district"] not in (None, asked.sender):
            named = districts.get(entry["district"]).name
            found.append(f"“{entry['file']}”标题写明的区划是{named}，不是报送单位{asked.sender_name}。")
        elif entry["elsewhere"]:
            rows = "、".join(f"{districts.get(code).name}{n}行" for code, n in entry["elsewhere"].items())
            found.append(
                f"“{entry['file']}”有不属于报送单位{asked.sender_name}的记录：{rows}；"
                "标题没有写明区县，这些行会一并计入，请先核对。"
            )
    return found
