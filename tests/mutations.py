"""Damaged and hand-made files without end, and what must hold of the verdict on any of them."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import xlsxwriter
from hypothesis import strategies as st

from etl.answer import write
from etl.check import check_files
from etl.contract import FileVerdict, credit_code
from etl.contract.frame import ARROW
from etl.contract.values import areas, towns
from etl.sources import SOURCES
from tests.sending import TITLE, TODAY, csv_bytes, lines, row
from tests.test_contract_privacy import PHONE, card, mistyped, resident

WIDE = str.maketrans("0123456789-X ", "０１２３４５６７８９－Ｘ\u3000")


def grouped(number: str, sizes: Sequence[int], mark: str) -> str:
    ends = list(accumulate(sizes))
    return mark.join(number[end - size : end] for end, size in zip(ends, sizes, strict=True))


# As people type them: right, mistyped, in groups, in full width.
NUMBERS = (
    *(resident(), mistyped(resident(7)), resident(3).lower(), "330599900101001", "911199199001011234"),
    *(grouped(resident(), (6, 8, 4), "-"), grouped(mistyped(resident(7)), (6, 4, 4, 4), " ")),
    *(PHONE, "+86 199-0000-1234", "199.0000.1234", grouped(PHONE, (3, 4, 4), " "), "86" + PHONE),
    *(card(), grouped(card(), (4, 4, 4, 4), " "), grouped(card(), (4, 4, 4, 4), "  ")),
)
PERSONAL = (*NUMBERS, *(number.translate(WIDE) for number in NUMBERS))
ENCODINGS = ("utf-8-sig", "utf-8", "gb18030", "gbk", "utf-16")
ROWS = 4
# What has been typed into a cell somewhere before, and what a program has left in one.
ODD = [
    *("", "\u3000", "0", "-1", "1e5", "1,200", "１２０", "120人", "1.2万", "12.5%", "nan", "inf", "√", "是"),
    *("2023-05-01", "2023.5.1", "2023年5月1日", "20230501", "45047", "2023-13-40", "2023.1", "20235", "五月"),
    *("合计", "小计：", "#N/A", "#REF!", "=A1+B1", "=cmd|' /C calc'!A0", "330521102", "330521", "湖州市"),
    *("91330500MA28C0000Y", "91330500ma28c0000y", "913305000000000000", "9.13E+17", "119.9", "C", "制造业"),
    *("a\u200bb", "\ufeff", "\u202e反", "长" * 600, "'", '"', '""', ",", "，", "a\nb", "a\r\nb", "\t", "\\"),
    *("\x07", "\x1b[31m", "𠮷", "埭", "é", "🙂", "<f>", "&amp;", "_x000D_", "NULL", "None", "true", "yes"),
]
TYPED: tuple[object, ...] = (0, -1, 120, 1.5, 45047, 1e300, 913305000000000000, True, datetime(2023, 5, 1))
Table = list[list[object]]


@dataclass(frozen=True)
class Made:
    """A file's name and content; does a cell of it hold a personal value, whole."""

    name: str
    content: bytes
    personal: bool = False


@cache
def table(source: str) -> tuple[tuple[str, ...], ...]:
    """Title, header and a few rows that are in order, under keys of their own."""
    key = SOURCES[source].key[0]
    free = SOURCES[source].column(key).type == "text"
    rows = [row(source, **({key: f"编-{n}"} if free else {})) for n in range(ROWS if free else 1)]
    return tuple(tuple(cells) for cells in lines(source, *rows, title=TITLE))


def workbook(cells: Sequence[Sequence[object]], merged: tuple[int, int, int, int] | None = None) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("数据")
        for r, line in enumerate(cells):
            for c, value in enumerate(line):
                write = sheet.write_string if isinstance(value, str) else sheet.write
                write(r, c, value)
        if merged and merged[:2] != merged[2:]:
            sheet.merge_range(*merged, "合并")
    return made.getvalue()


def returned(content: bytes) -> bytes:
    """The return workbook of a workbook."""
    with TemporaryDirectory() as folder:
        path, made = Path(folder) / "a.xlsx", Path(folder) / "退回.xlsx"
        path.write_bytes(content)
        (judged,) = check_files(Path(folder) / "none", [path], TODAY)
        assert write(path, judged, made) == made
        return made.read_bytes()


@cache
def sound(source: str, kind: str) -> bytes:
    found = [list(line) for line in table(source)]
    if kind == "xlsx":
        return workbook(found)
    if kind in ("returned", "masked"):
        found[-1][0 if kind == "returned" else 1] = "" if kind == "returned" else PHONE
        return returned(workbook(found))
    if kind == "xls":
        return (Path(__file__).parent / "data" / "reading" / "training.xls").read_bytes()
    return csv_bytes(found, kind)


@dataclass(frozen=True)
class Cut:
    """One change of bytes: at a share of the length, over some bytes."""

    what: str
    at: float
    length: int
    value: int

    def apply(self, data: bytes) -> bytes:
        place = int(self.at * len(data))
        end = min(len(data), place + self.length)
        inside = data[place:end]
        changed = {
            "flip": bytes(b ^ (self.value or 1) for b in inside),
            "cut": b"",
            "twice": inside * 2,
            "fill": bytes([self.value]) * len(inside),
            "insert": bytes([self.value]) * self.length + inside,
            "splice": data[: self.length],
        }
        return data[:place] if self.what == "end" else data[:place] + changed[self.what] + data[end:]


cuts = st.builds(
    Cut,
    st.sampled_from(["flip", "flip", "cut", "twice", "fill", "insert", "splice", "end"]),
    st.floats(0, 1, width=16),
    st.sampled_from([1, 1, 2, 3, 8, 40, 300]),
    st.one_of(st.sampled_from([0, 1, 32, 34, 44, 10, 13, 60, 62, 255]), st.integers(0, 255)),
)
sources = st.sampled_from(list(SOURCES))


@st.composite
def damaged_bytes(draw: st.DrawFn) -> Made:
    kind = draw(st.sampled_from(["xlsx", "utf-8-sig", "gb18030", "utf-16", "xls", "returned", "masked"]))
    content = sound(draw(sources), kind)
    for cut in draw(st.lists(cuts, min_size=1, max_size=4)):
        content = cut.apply(content)
    names = {"xlsx": ["a.xlsx", "a.xls", "a.csv"], "xls": ["a.xls", "a.xlsx"]}
    names |= {"returned": ["a.xlsx"], "masked": ["a.xlsx"]}
    return Made(draw(st.sampled_from(names.get(kind, [*["a.csv"] * 5, "a.xlsx"]))), content)


@st.composite
def damaged_parts(draw: st.DrawFn) -> Made:
    """A package in order whose parts are not: the parser itself meets them."""
    kind = draw(st.sampled_from(["xlsx", "xlsx", "returned", "masked"]))
    book = zipfile.ZipFile(io.BytesIO(sound(draw(sources), kind)))
    parts = [(name, book.read(name)) for name in book.namelist()]
    for _ in range(draw(st.integers(1, 3))):
        number = draw(st.integers(0, len(parts) - 1))
        name, content = parts[number]
        what = draw(st.sampled_from(["bytes", "bytes", "bytes", "drop", "swap", "name", "empty"]))
        if what == "bytes":
            for cut in draw(st.lists(cuts, min_size=1, max_size=3)):
                content = cut.apply(content)
        changed = {
            "swap": (name, parts[0][1]),
            "name": (draw(cuts).apply(name.encode()).decode("utf-8", "replace") or "x", content),
            "empty": (name, b""),
        }
        parts[number] = changed.get(what, (name, content))
        if what == "drop" and len(parts) > 1:
            parts.pop(number)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in dict(parts).items():
            package.writestr(name.partition("\0")[0] or "x", content)
    return Made("a.xlsx", made.getvalue())


@st.composite
def odd_cells(draw: st.DrawFn) -> Made:
    cells: Table = [list(line) for line in table(draw(sources))]
    value = st.one_of(*map(st.sampled_from, (ODD, TYPED, PERSONAL)), st.text(max_size=6))
    personal = False
    for _ in range(draw(st.integers(0, 5))):
        line = cells[draw(st.integers(0, len(cells) - 1))]
        what = draw(st.sampled_from(["cell", "cell", "cell", "cell", "twice", "shift", "more", "header"]))
        place = draw(st.integers(0, len(line) - 1)) if line else 0
        new = draw(value)
        personal = personal or (what != "twice" and new in PERSONAL)
        if what in ("cell", "header") and line:
            (cells[1] if what == "header" and place < len(cells[1]) else line)[place] = new
        elif what == "twice":
            cells.append(list(line))
        else:
            line.insert(place if what == "shift" else len(line), new)
    whole = {text for line in cells for text in line if isinstance(text, str)}
    personal = personal and bool(whole & set(PERSONAL))
    if draw(st.booleans()):
        corner = draw(st.one_of(st.none(), st.tuples(st.integers(1, 5), st.integers(0, 4))))
        more = draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
        merged = (*corner, corner[0] + more[0], corner[1] + more[1]) if corner else None
        return Made("a.xlsx", workbook(cells, merged), personal and merged is None)
    text = [["" if value is None else str(value) for value in line] for line in cells]
    encoding = draw(st.sampled_from(ENCODINGS))
    if encoding == "gbk":
        text = [[value.encode("gbk", "ignore").decode("gbk") for value in line] for line in text]
    return Made("a.csv", csv_bytes(text, encoding) if _fits(text, encoding) else csv_bytes(text), personal)


def _fits(text: list[list[str]], encoding: str) -> bool:
    try:
        csv_bytes(text, encoding)
    except UnicodeEncodeError:
        return False
    return True


def check(folder: Path, made: Made, answer: bool = False) -> FileVerdict:
    """Judge the file and assert all that must hold of any verdict, and of its return workbook (`answer`)."""
    path = folder / made.name
    path.write_bytes(made.content)
    (judged,) = check_files(folder / "none", [path], TODAY)
    told = "".join(map(str, judged.sentences)) + repr(judged)
    assert judged.read == judged.accepted + judged.rejected
    assert not any(value in told for value in PERSONAL)
    assert all(s.message.endswith("。") and _shown(s.message) for s in judged.sentences)
    if judged.refused:
        assert judged.sentences and (judged.read, judged.rows) == (0, None)
    else:
        assert not made.personal
        _holds_of_rows(judged)
    if answer and write(path, judged, folder / "退回.xlsx"):
        with zipfile.ZipFile(folder / "退回.xlsx") as book:
            text = b"".join(book.read(name) for name in book.namelist()).decode()
        assert not any(value in text for value in PERSONAL)
    path.unlink()
    return judged


def _holds_of_rows(judged: FileVerdict) -> None:
    """Each rejected row has its sentence, each accepted one is as its source declares."""
    assert judged.rows is not None and judged.source is not None
    assert judged.rows.num_rows == judged.accepted
    assert len({(s.sheet, s.row) for s in judged.sentences if s.row}) >= judged.rejected
    for column in SOURCES[judged.source].columns:
        cells = judged.rows[column.key].combine_chunks()
        assert cells.type == ARROW.get(column.type, pa.string())
        assert not column.required or cells.null_count == 0
        values = [value for value in cells.to_pylist() if value is not None]
        known = {"town": set(towns()), "district": {*areas(), *towns()}, "code": set(column.codes)}
        assert set(values) <= known.get(column.type, set(values))
        if column.type in ("whole", "number"):
            assert all((column.least or -1e15) <= value <= (column.most or 1e15) for value in values)
        if column.type == "uscc":
            assert all(credit_code.sound(pa.array(values, pa.string())))
        if column.type == "text":
            assert all(value == value.strip() and _shown(value) for value in values)


def _shown(text: str) -> bool:
    """Nothing in it that nobody sees, nothing that speaks to a terminal."""
    return not any(unicodedata.category(c) in ("Cc", "Cf") and c not in "\t\n\v\f\r" for c in text)
