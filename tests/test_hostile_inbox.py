"""What lies in the inbox and is no ordinary file, deceiving names, encodings, and what changes meanwhile."""

import os
import socket
from pathlib import Path

import pytest

from etl.check import check_files
from etl.contract import FileVerdict
from etl.reading import Book, read
from etl.store import ingest
from tests.made_workbook import book, rows, sheet, trainings
from tests.sending import TITLE, TODAY, csv_bytes, lines, row, send

RESAVE = "请用 Excel 或 WPS 打开、核对后另存为 xlsx。"
NO_FILE = "这不是普通文件（是文件夹、管道或设备），没有读取；请把文件本身放进来。"


def judged(path: Path) -> FileVerdict:
    (verdict,) = check_files(path.parent / "none", [path], TODAY)
    return verdict


def told(verdict: FileVerdict) -> list[str]:
    return [s.message.removeprefix(f"文件“{verdict.file}”：") for s in verdict.sentences]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    send(tmp_path / "elsewhere.csv", "training", row("training"))
    (tmp_path / "a.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert told(judged(tmp_path / "a.csv")) == ["这是指向别处的链接，没有读取；请把文件本身放进来。"]


@pytest.mark.parametrize("kind", ["pipe", "folder", "socket"])
def test_what_is_no_file_is_not_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.csv"
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.open(tmp_path, os.O_RDONLY)
        makers = {
            "pipe": lambda: os.mkfifo(path),
            "folder": path.mkdir,
            "socket": lambda: listening.bind(f"/proc/self/fd/{here}/a.csv"),
        }
        makers[kind]()
        os.close(here)
        assert told(judged(path)) == [NO_FILE]


def test_a_device_is_not_opened() -> None:
    """Were it read, it would have no end."""
    (verdict,) = check_files(Path("none"), [Path("/dev/zero")], TODAY)
    assert verdict.refused
    assert told(verdict) == ["不认识的文件类型“”，请另存为 xlsx、xls 或 csv。"]


def test_the_inbox_takes_nothing_from_outside(tmp_path: Path) -> None:
    """A link to a file, a link to a folder, a pipe: the ordinary file beside them is read."""
    outside = send(tmp_path / "outside" / "a.csv", "training", row("training", training_id="外-1"))
    inbox = tmp_path / "data" / "inbox"
    send(inbox / "b.csv", "training", row("training"))
    (inbox / "link.csv").symlink_to(outside)
    (inbox / "folder").symlink_to(outside.parent)
    os.mkfifo(inbox / "pipe.csv")
    assert [(b.file, b.accepted) for b in ingest(tmp_path / "data")] == [("b.csv", 1)]


def grow(path: Path) -> Book:
    """A parser during whose work somebody goes on writing."""
    with path.open("ab") as file:
        file.write(b"\n")
    return Book([])


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = send(tmp_path / "a.csv", "training", row("training"))
    with monkeypatch.context() as patched:
        patched.setattr("etl.reading._parse", grow)
        assert told(judged(path)) == [
            "文件在读取时还在变化（可能没有复制完），没有读取；请等复制完成后重新发送。"
        ]
    assert judged(path).accepted == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.csv", "a b.csv"),
        ("\x1b[31m红.csv", "[31m红.csv"),
        ("反\u202evsc.xlsx.csv", "反vsc.xlsx.csv"),
        ("..\\..\\a.csv", "..\\..\\a.csv"),
        ("a\u200b .csv", "a .csv"),
        ("长" * 80 + ".csv", "长" * 80 + ".csv"),
    ],
)
def test_a_name_is_shown_without_what_nobody_sees(tmp_path: Path, name: str, shown: str) -> None:
    verdict = judged(send(tmp_path / name, "training", row("training", form="网")))
    assert verdict.file == shown
    assert verdict.sentences[0].message.startswith(f"文件“{verdict.file}”")


TABLE = lines("training", row("training"), row("training", training_id="PX-2"), title=TITLE)


@pytest.mark.parametrize(
    "content",
    [
        csv_bytes(TABLE, "utf-16"),
        b"\xfe\xff" + csv_bytes(TABLE, "utf-16-be"),
        csv_bytes(TABLE, "gbk"),
        csv_bytes(TABLE, "gb18030").replace(b"\r\n", b"\r"),
        b"\xef\xbb\xbf" + csv_bytes(TABLE, "gb18030"),
        csv_bytes(TABLE).replace("，".encode(), b"") + b"\r\n" * 50_000,
    ],
)
def test_encodings_and_line_ends_give_the_same_rows(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert (told(judged(tmp_path / "a.csv")), judged(tmp_path / "a.csv").accepted) == ([], 2)


UTF_8, GB = csv_bytes(TABLE, "utf-8").splitlines(True), csv_bytes(TABLE, "gb18030").splitlines(True)
MIXED = "文字编码前后不一致（第{}行有的字不是 UTF-8，别处是），没有读取；" + RESAVE
UNPAIRED = f"CSV 的引号或换行不成对，{RESAVE}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"".join([*UTF_8[:3], GB[3]]), MIXED.format(4)),
        (b"".join([*GB[:3], UTF_8[3]]), MIXED.format(1)),
        (
            b"".join(GB).replace("线下".encode("gb18030"), "线下".encode()),
            MIXED.format(1),
        ),
        (
            csv_bytes(TABLE).replace(b"PX-2", b"PX\x00-2"),
            f"文件里有空字节（NUL），多半在保存或传输中损坏，没有读取；{RESAVE}",
        ),
        (csv_bytes(TABLE).replace(b",", b";"), f"各列之间用的是分号，应为半角逗号；{RESAVE}"),
        (
            csv_bytes(TABLE, "utf-16").replace(b",\0", b"\t\0"),
            f"各列之间用的是制表符，应为半角逗号；{RESAVE}",
        ),
        (csv_bytes(TABLE).replace(b"PX33", b'"PX33'), UNPAIRED),
        (csv_bytes(TABLE).replace(b"PX33", b'"PX33') + b'"\r\n', UNPAIRED),
    ],
)
def test_a_csv_that_would_be_misread_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert told(judged(tmp_path / "a.csv")) == [sentence]


def test_a_sheet_name_nobody_could_type_is_refused(tmp_path: Path) -> None:
    for name in ("长" * 101, "数\u202e据"):
        made = book(tmp_path / "a.xlsx", sheet(rows(trainings({}))), names=[name])
        assert told(judged(made)) == ["工作表名过长，或含有看不见的字符，没有读取；请改名后重新发送。"]


def test_a_file_is_never_changed(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", sheet(rows(trainings({}))))
    before = path.read_bytes(), path.stat().st_mtime_ns
    read(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
