"""Acts that somebody answers for: --by, and the audit log of what was refused."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from cockpit import personal
from commands import REFUSED, USAGE, Stop, data_root


def signed(
    verbs: Any, add_verb: Callable[..., Any], name: str, says: str, action: Callable[[Any], int]
) -> Any:
    """A verb with --by: who acts, for the records."""
    verb = add_verb(verbs, name, says, action)
    verb.add_argument(
        "--by", metavar="NAME", type=impersonal, help="办理的单位或岗位，记入日志；默认系统账号"
    )
    return verb


def with_reason(verb: Any) -> None:
    """--reason: why. It is shown on pages and kept for ever."""
    verb.add_argument("--reason", metavar="WHY", required=True, type=impersonal, help="理由，记入日志")


def impersonal(text: str) -> str:
    """What is typed for the records, when it may be kept."""
    if personal.kinds(text):
        raise ArgumentTypeError(personal.NOT_KEPT)
    return text


@contextmanager
def logged(by: str | None, act: str, what: str) -> Iterator[str]:
    """Gives the name to act under; a refusal is put on record and ends the command with its sentence."""
    from etl import audit, rollback, withdrawal
    from etl.build import BuildRefused
    from etl.intake.pending import Refused, Unknown

    name = by or audit.account()
    try:
        yield name
    except (Unknown, withdrawal.Unknown, rollback.Unknown) as unknown:
        raise Stop(USAGE, str(unknown)) from unknown
    except (Refused, BuildRefused) as refusal:
        refused(name, act, what, refusal)
        raise Stop(REFUSED, str(refusal)) from refusal


def refused(by: str, act: str, what: str, refusal: Exception) -> None:
    """Into the audit log, if the disk takes it: whoever asked must read the sentence in any case."""
    from etl import audit
    from etl.trouble import Unfinished

    word = "未办完" if isinstance(refusal, Unfinished) else "未办成"
    with suppress(OSError):
        audit.record(data_root(), by, act, what, f"{word}：{refusal}")
