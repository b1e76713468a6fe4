"""What a preview tells of an upload, as `manage.py etl preview` writes it to preview.json."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Told:
    """One fault: where (row None: the whole file), what was found and expected, the whole sentence."""

    sheet: str
    row: int | None
    column: str
    found: str
    expected: str
    message: str
    mend: str = ""


@dataclass(frozen=True)
class Changes:
    """What becomes of the accepted rows against the published version."""

    new: int = 0
    corrected: int = 0
    withdrawn: int = 0
    unchanged: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(*(a + b for a, b in zip(self.all, other.all, strict=True)))

    @property
    def all(self) -> tuple[int, int, int, int]:
        return self.new, self.corrected, self.withdrawn, self.unchanged


@dataclass(frozen=True)
class Verdict:
    """What became of one file: read = accepted + rejected, or refused whole. `answer`: return workbook."""

    file: str
    sha256: str
    source: str | None
    label: str
    district: str | None
    as_of: str | None
    status: str
    read: int
    accepted: int
    rejected: int
    refused: bool
    sentences: tuple[Told, ...]
    changes: Changes
    answer: str | None


@dataclass(frozen=True)
class Effect:
    """A headline indicator of a district, as published and as it would be."""

    indicator: str
    name: str
    unit: str
    decimals: int
    district: str
    district_name: str
    before: float | None
    after: float | None
    before_reason: str | None
    after_reason: str | None
    period: str = ""

    @property
    def changed(self) -> bool:
        return self.before != self.after


def verdict(told: Mapping[str, Any]) -> Verdict:
    """One entry of `files`."""
    sentences = tuple(_picked(Told, sentence) for sentence in told["sentences"])
    changes = _picked(Changes, told["changes"])
    parts = {"label": told["label"] or "", "sentences": sentences, "changes": changes}
    return _picked(Verdict, {**told, **parts})


def effect(told: Mapping[str, Any]) -> Effect:
    """One entry of `effects`."""
    return _picked(Effect, told)


def _picked(kind: Any, told: Mapping[str, Any]) -> Any:
    """The fields this page knows; a newer writer may tell more."""
    return kind(**{name: told[name] for name in kind.__dataclass_fields__ if name in told})
