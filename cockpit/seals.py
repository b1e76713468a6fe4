"""The seal of a published version: what its file must hash to, beside it as cockpit-<version>.json.

A seal is written before its file is put in place, so a file without one dates from before there were seals.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Seal:
    """`number` counts publications, so that their order does not hang on a clock.

    `last_batch`: name of the newest one that the store held then. `acts`: how many withdrawals and
    reinstatements were on record; None in a seal from before they were counted.
    """

    version: str
    number: int
    size: int
    sha256: str
    last_batch: str
    acts: int | None = None

    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def of_file(path: Path, version: str, number: int, last_batch: str, acts: int | None = None) -> Seal:
    return Seal(version, number, path.stat().st_size, _digest(path), last_batch, acts)


def file_of(published: Path, version: str) -> Path:
    return published / f"cockpit-{version}.duckdb"


def seal_of(published: Path, version: str) -> Path:
    return published / f"cockpit-{version}.json"


def named(published: Path) -> str | None:
    """The version the pointer names; None where there is no pointer, empty where it is damaged."""
    try:
        text = (published / "current").read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (IsADirectoryError, UnicodeDecodeError):
        return ""
    return text if text.replace("-", "").isalnum() and text.isascii() and len(text) <= 80 else ""


def pinned(published: Path) -> str | None:
    """The version that a rollback has fixed, if it can be told."""
    try:
        version = json.loads((published / "pinned.json").read_text("utf-8"))["version"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return str(version)


def read(published: Path, version: str) -> Seal | None:
    """None for a version from before there were seals. ValueError: the seal itself is spoilt."""
    try:
        told = json.loads(seal_of(published, version).read_text("utf-8"))
        return Seal(**told)
    except FileNotFoundError:
        return None
    except TypeError as strange:
        raise ValueError("not a seal") from strange


def flaw(published: Path, version: str) -> str:
    """Why this version must not be opened, in Chinese; empty when its file is as it was published.

    Reads the whole file: 1 s per GB. A file without a seal passes.
    """
    path = file_of(published, version)
    try:
        seal = read(published, version)
        if not path.is_file():
            return "文件不在了"
        if seal is None:
            return ""
        if path.stat().st_size != seal.size:
            return f"文件长度不对（应为{seal.size}字节，实为{path.stat().st_size}字节）"
        return "" if (version, _digest(path)) == (seal.version, seal.sha256) else "文件内容与发布时不一致"
    except FileNotFoundError:  # a build may prune while we look
        return "文件不在了"
    except ValueError:
        return "校验文件损坏"


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def kept(published: Path) -> list[str]:
    """Versions whose files lie here, the last published first, whatever their times say."""
    found = []
    for path in published.glob("cockpit-*.duckdb"):
        version = path.stem.removeprefix("cockpit-")
        with suppress(FileNotFoundError):  # a build may prune while we look
            found.append((_number(published, version), path.stat().st_mtime_ns, version))
    return [version for *_, version in sorted(found, reverse=True)]


def _number(published: Path, version: str) -> int:
    try:
        seal = read(published, version)
    except ValueError:
        return 0
    return seal.number if seal else 0
