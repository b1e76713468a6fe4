"""What would become of an upload: per file, per fault, and what the headline figures would be."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import streamlit as st

from cockpit import districts, intake, numbers
from cockpit.intake import Changes, Effect, Pending, Told, Verdict
from cockpit.ui.intake_marks import link, rows
from cockpit.ui.panels import empty, note

HEADS = ("文件", "来源", "区县", "数据截至", "读到", "接收", "退回", "新增", "更正", "作废", "不变", "结果")
COUNTED = ("读到", "接收", "退回", "新增", "更正", "作废", "不变")
SHOWN = 100


def files(pending: Pending, unit: str, chosen: Verdict | None) -> None:
    """One line per file and a sum; a file's name shows its faults."""
    lines = [_line(pending, unit, verdict, verdict is chosen) for verdict in pending.verdicts]
    if len(lines) > 1:
        sums = [sum(getattr(v, name) for v in pending.verdicts) for name in ("read", "accepted", "rejected")]
        lines.append(
            ["<b>合计</b>", "", "", "", *_told(*sums), *_told(*pending.changes.all), f"{len(lines)}个文件"]
        )
    rows(HEADS, lines, COUNTED, "files")


def _line(pending: Pending, unit: str, verdict: Verdict, chosen: bool) -> list[str]:
    number = str(pending.verdicts.index(verdict) + 1)
    query = {"unit": unit, "pending": pending.id, "file": number}
    district = districts.get(verdict.district).name if verdict.district else "—"
    changes = ("—",) * 4 if verdict.refused else _told(*verdict.changes.all)
    return [
        link(verdict.file, "intake", query, chosen),
        *(escape(text or "—") for text in (verdict.label, district, verdict.as_of)),
        *_told(verdict.read, verdict.accepted, verdict.rejected),
        *changes,
        _result(verdict),
    ]


def _told(*counts: int) -> tuple[str, ...]:
    return tuple(numbers.number(count) for count in counts)


def _result(verdict: Verdict) -> str:
    if verdict.refused:
        return '<span class="lamp red">■ 整份退回</span>'
    if verdict.rejected:
        return f'<span class="lamp yellow">▲ 退回{numbers.number(verdict.rejected)}行</span>'
    changes: Changes = verdict.changes
    same = not (changes.new or changes.corrected or changes.withdrawn)
    lamp, words = ("grey", "○ 没有新内容") if same else ("green", "● 全部接收")
    return f'<span class="lamp {lamp}">{words}</span>'


def chosen_file(pending: Pending) -> Verdict | None:
    """The file named in the URL by its number, else the first that has faults."""
    asked = st.query_params.get("file", "")
    if asked.isascii() and asked.isdecimal() and 0 < int(asked[:6]) <= len(pending.verdicts):
        return pending.verdicts[int(asked[:6]) - 1]
    return next((verdict for verdict in pending.verdicts if verdict.sentences), None)


def faults(verdict: Verdict | None) -> None:
    """Every fault of a file: where, what was found, what it should be."""
    if verdict is None:
        empty("所有文件都没有发现问题。")
        return
    note(f"{verdict.file}：{len(verdict.sentences)}处")
    if not verdict.sentences:
        empty("这个文件没有发现问题。")
        return
    rows(
        ("行", "列", "发现", "应为", "怎么改"),
        [_fault(told) for told in verdict.sentences[:SHOWN]],
        (),
        "faults",
    )
    if len(verdict.sentences) > SHOWN:
        note(f"共{len(verdict.sentences)}处，显示前{SHOWN}处；其余见退回表。")


def _fault(told: Told) -> list[str]:
    whole = told.row is None
    cells = (
        "整份" if whole else str(told.row),
        told.column or "—",
        told.found or ("—" if whole else "（空）"),
        told.expected or told.message,
        told.mend or ("改好后重报整份文件。" if whole else "按“应为”改正这一格。"),
    )
    return [escape(text) for text in cells]


def answers(pending: Pending, unit: str, verdict: Verdict | None) -> None:
    """The return workbook of the file shown, and all of them in one: they hold every row that was sent."""
    if pending.answers and not intake.may_decide(unit, pending.sender):
        city = intake.name(districts.ROOT.code)
        note(f"退回表只给报送单位{intake.name(pending.sender)}和{city}；请先在上方选择报送单位。")
        return
    left, right = st.columns(2)
    if verdict and verdict.answer:
        left.download_button(
            "下载这份的退回表",
            lambda: pending.answer(str(verdict.answer)),
            file_name=verdict.answer,
            key=f"answer-{pending.id}-{quote(verdict.answer)}",
            on_click="ignore",
            width="stretch",
        )
    if len(pending.answers) > 1:
        right.download_button(
            f"全部{len(pending.answers)}份退回表.zip",
            pending.all_answers,
            file_name=f"退回表_{pending.at:%Y%m%d-%H%M}.zip",
            key=f"answers-{pending.id}",
            on_click="ignore",
            width="stretch",
        )


def effects(found: Sequence[Effect]) -> None:
    """Headline figures as published and as they would be; one row per indicator, one column per district."""
    if not any(effect.changed for effect in found):
        empty("主要指标都没有变化。")
        return
    places = {effect.district: effect.district_name for effect in found}
    at = {(effect.indicator, effect.district): effect for effect in found}
    names = {effect.indicator: effect.name for effect in found}
    lines = [
        [escape(name), *(_effect(at.get((indicator, code))) for code in places)]
        for indicator, name in names.items()
    ]
    rows(["指标", *places.values()], lines, tuple(places.values()), "effects")
    period = f"（{found[0].period}）" if found[0].period else ""
    note(f"“→”左边是检查时已发布的数，右边是计入这批文件之后的数{period}。")


def _effect(effect: Effect | None) -> str:
    if effect is None:
        return "—"
    before, after = (
        numbers.figure(value, effect.unit, effect.decimals) for value in (effect.before, effect.after)
    )
    if not effect.changed:
        return f'<span class="same" title="{escape(effect.after_reason or "")}">{escape(after)}</span>'
    why = "；".join(filter(None, (effect.before_reason, effect.after_reason)))
    return (
        f'<span class="moves" title="{escape(why)}">{escape(before)} → <b>{escape(after)}</b>'
        f"<small>{escape(_difference(effect))}</small></span>"
    )


def _difference(effect: Effect) -> str:
    """How far it moves; where one side is missing, the reason."""
    if effect.before is None or effect.after is None:
        return effect.after_reason or effect.before_reason or ""
    gap = effect.after - effect.before
    if effect.unit == "%":
        return numbers.points(gap, effect.decimals)
    sign = "+" if gap > 0 else ""
    return f"{sign}{numbers.number(gap, effect.decimals)}"


def total(pending: Pending) -> str:
    """One line on the whole upload."""
    return f"{intake.name(pending.sender)}，{pending.at:%Y-%m-%d %H:%M}送来，{len(pending.files)}个文件"
