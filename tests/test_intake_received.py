"""Uploads put down: whole or nothing, and a sentence for what is not taken."""

import hashlib
import io
import json
import os
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from cockpit.intake import received
from cockpit.intake.received import CHINA, BadUpload, receive

NOW = datetime(2023, 7, 3, 9, 30, tzinfo=CHINA)


def files(*names: str, content: bytes = b"a,b") -> list[tuple[str, BinaryIO]]:
    return [(name, io.BytesIO(content)) for name in names]


def test_what_was_sent_lies_there_untouched_with_its_hash_and_its_sender(tmp_path: Path) -> None:
    id = receive(tmp_path, "330521", [*files("企业.xlsx"), *files("企业.xlsx", content=b"other")], NOW)
    folder = tmp_path / "pending" / id
    assert [path.read_bytes() for path in sorted((folder / "files").iterdir())] == [b"a,b", b"other"]
    assert sorted(path.name for path in (folder / "files").iterdir()) == ["1-企业.xlsx", "2-企业.xlsx"]
    assert json.loads((folder / "request.json").read_text("utf-8")) == {
        "id": id,
        "at": "2023-07-03T09:30:00+08:00",
        "sender": "330521",
        "files": [
            {"file": "企业.xlsx", "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for content in (b"a,b", b"other")
        ],
    }
    assert len(id) == 20 and id < receive(tmp_path, "330521", files("a.csv"))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (files(), "还没有选文件。"),
        (
            files(*(f"{n}.csv" for n in range(61))),
            "一次最多报60个文件，这次选了61个，请分几次报。",
        ),
        (
            files("a.csv", "../../通知\u202e.docx"),
            "“通知.docx”不是 xlsx、xls、csv 文件，没有收下；请另存为 xlsx 再报。",
        ),
        (
            [*files("a.csv"), *files("空.xlsx", content=b"")],
            "“空.xlsx”是空文件，没有收下；请检查后再报。",
        ),
        (
            files("大.xlsx", content=b"x" * 2049),
            "“大.xlsx”超过2MB，没有收下；请拆成几个文件再报。",
        ),
        (
            files("甲.csv", "乙.csv", content=b"x" * 2000),
            "这一次的文件合计超过3MB，没有收下；请分几次报。",
        ),
    ],
)
def test_what_is_not_taken_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: list[tuple[str, BinaryIO]], sentence: str
) -> None:
    for name, value in {"MEGABYTE": 1024, "CHUNK": 100, "LARGEST_MB": 2, "TOGETHER_MB": 3}.items():
        monkeypatch.setattr(received, name, value)
    with pytest.raises(BadUpload) as bad:
        receive(tmp_path, "330521", sent)
    assert str(bad.value) == sentence
    assert list(tmp_path.glob("pending/*")) == []


def test_what_is_too_much_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"MEGABYTE": 1024, "TOGETHER_MB": 3}.items():
        monkeypatch.setattr(received, name, value)
    sent = files("甲.csv", "乙.csv", content=b"x" * 2000)
    with pytest.raises(BadUpload, match="合计超过3MB"):
        receive(tmp_path, "330521", sent)
    assert not (tmp_path / "pending").exists()


def test_what_was_taken_is_on_the_disk_with_its_folders_before_its_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut there is the whole upload or none."""
    synced: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
    )
    id = receive(tmp_path, "330521", files("a.csv", "b.csv"))
    folders = ["files", id, "pending", tmp_path.name]
    assert synced == ["1-a.csv", "2-b.csv", *folders, "request.json.tmp", id]


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(28, "No space left on device")

    with pytest.raises(BadUpload, match="服务器没有存下文件（磁盘已满）"):
        receive(tmp_path, "330521", [("a.csv", Full(b"x"))])
    assert list(tmp_path.glob("pending/*")) == []


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", closed)
    with pytest.raises(BadUpload, match="服务器没有存下文件（没有权限），请告诉管理员检查磁盘。"):
        receive(tmp_path, "330521", files("a.csv"))
