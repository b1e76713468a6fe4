"""Inbox -> store as a build does it, and what is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl import arrivals, integrity
from etl.contract import shown_name
from etl.intake import confirmed
from etl.store import ingest


@dataclass(frozen=True)
class Shown:
    """What was confirmed: these files of the inbox, judged at `now`, make `version`.

    `files`: their paths in it, and the sha256 of what was judged.
    """

    now: datetime
    files: Mapping[str, str]
    version: str


def take_in(root: Path, shown: Shown | None) -> list[str]:
    """New files of the inbox into the store; one sentence per file that was not taken whole."""
    examined = integrity.examine(root)
    moving: list[str] = []
    unread: list[str] = []
    now, only = (shown.now, shown.files) if shown else (None, None)
    taken = ingest(root, now, examined, moving=moving.append, unread=unread.append, only=only)
    told = integrity.made_good(examined, taken) + ([f"收到{len(taken)}份新文件。"] if taken else [])
    for batch in taken:
        if batch.refused:
            told.append(f"{batch.file}：整份未收。")
        elif batch.rejected:
            told.append(f"{batch.file}：读入{batch.read}行，接受{batch.accepted}行，拒绝{batch.rejected}行。")
    return told + _left_aside(root, moving, unread)


def _left_aside(root: Path, moving: list[str], unread: list[str]) -> list[str]:
    """What lies in the inbox and was not judged, and confirmed uploads that did not get there."""
    told: list[str] = []
    confirmed.folders(root, told.append)
    told += [
        f"{shown_name(name)}：读取时还在变化（可能没有复制完），这次没有收，下次建库再收。" for name in moving
    ]
    told += [
        f"{shown_name(name)}：读不了（没有读取权限，或刚被移走），这次没有收；请检查文件的权限，下次建库再收。"
        for name in unread
    ]
    told += [
        f"收件夹里的文件夹“{shown_name(arrivals.inside(root, path))}”打不开，"
        "里面的文件没有收；请检查它的权限，再建库。"
        for path in arrivals.closed(root)
    ]
    links = [shown_name(arrivals.inside(root, path)) for path in arrivals.links(root)]
    if links:
        named = "、".join(links[:5]) + ("等" if len(links) > 5 else "")
        told.append(f"收件夹里有{len(links)}个指向别处的链接没有读取（{named}），请把文件本身放进来。")
    return told
