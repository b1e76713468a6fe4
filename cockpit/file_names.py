"""How an uploaded file is called from then on, in our folders and on screens: one rule for every way in."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from cockpit.personal import masked

KINDS = ("xlsx", "xls", "csv")
LONGEST = 150  # bytes: with number, id and kind it stays below the 255 of file systems
LONGEST_KIND = 10
UNNAMED = "未命名"


def safe_name(name: str) -> str:
    """The file's own name: no path, nothing invisible or that file systems refuse, nothing personal.

    The part after the last point stays, so that the kind of file can be told from what is kept.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join("_" if c in '<>:"|?*' else c for c in last if unicodedata.category(c)[0] != "C")
    stem, point, kind = clean.rstrip(" .").rpartition(".")
    if not point:
        stem, kind = kind, ""
    short = masked(stem).encode()[:LONGEST].decode("utf-8", "ignore").strip(" .")
    return (masked(short) or UNNAMED) + point + masked(kind).strip()[:LONGEST_KIND]


def refusal(names: Sequence[str]) -> str | None:
    """A sentence on the first name of a kind that is never read."""
    kept = [safe_name(name) for name in names]
    wrong = next((name for name in kept if PurePath(name).suffix.lower().lstrip(".") not in KINDS), None)
    return wrong and f"“{wrong}”不是 {'、'.join(KINDS)} 文件，没有收下；请另存为 xlsx 再报。"
