"""ID numbers become person keys on the sender's machine: the algorithm, the key, the file.

The ID number 11010519491231002X and its 15-digit form are the example that GB 11643-1999 itself prints.
"""

import hashlib
import os
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

import manage
from etl.check import check_files
from etl.person_key import BadKey, NoNumber, canonical, key_id, new_key, person_key, read_key
from etl.pseudonymise import Refused, pseudonymise
from etl.store import ingest
from tests.made_workbook import book, rows, sheet
from tests.sending import TODAY, csv_bytes, lines, row, workbook
from tests.test_contract_privacy import PHONE, resident

KEY = bytes.fromhex("8f1c2a9b7d3e506142f0e1b4c89a6d5371265f0ca4bd83e99c7b10d2e6f54833")
NOW = datetime.fromisoformat("2023-07-01T09:00:00+08:00")
PRINTED = "11010519491231002X"


def by_definition(key: bytes, message: bytes) -> str:
    """RFC 2104, written out: H(K xor opad, H(K xor ipad, message))."""
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in block) + message).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in block) + inner).hexdigest()


def table(*numbers: object, header: str = "身份证号") -> list[list[object]]:
    """Certificates of these people, one each."""
    rows = [row("certificate", certificate_no=f"Z{i}") for i in range(len(numbers))]
    sent: list[list[object]] = [list(line) for line in lines("certificate", *rows)]
    sent[1][1] = header
    for line, number in zip(sent[2:], numbers, strict=True):
        line[1] = number
    return sent


def csv_file(path: Path, *numbers: str, header: str = "身份证号") -> Path:
    path.write_bytes(csv_bytes([[str(c) for c in line] for line in table(*numbers, header=header)]))
    return path


def test_the_hash_by_definition_is_that_of_rfc_4231() -> None:
    """Test case 1 of RFC 4231: 20 bytes 0x0b, 'Hi There'."""
    expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    assert by_definition(b"\x0b" * 20, b"Hi There") == expected


@pytest.mark.parametrize(
    "written",
    [
        PRINTED,
        "11010519491231002x",
        " 110105 19491231 002X\u200b",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",
    ],
)
def test_every_spelling_of_a_number_gives_the_hash_of_its_18_characters(written: str) -> None:
    assert canonical(written) == PRINTED
    assert person_key(KEY, written) == by_definition(KEY, PRINTED.encode())


def test_the_person_key_is_a_fixed_one() -> None:
    """Computed with `openssl dgst -sha256 -mac HMAC`; a change would count persons twice."""
    assert person_key(KEY, PRINTED) == "c1f05ea33520277cc413e7f51db694925f4d992fa9c51b59dbc03165673d3911"
    assert key_id(KEY) == "1c2c3424"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("110105194912310021", "的校验码不对"),
        ("11010519491331002X", "中的出生日期不存在"),
        ("110105499931002", "中的出生日期不存在"),
        ("110105491231997", "是15位号码且看不出出生的世纪，请改填18位号码"),
        ("1101051949123100", "不是15位或18位的身份证号"),
        ("张三", "不是15位或18位的身份证号"),
        ("ab" * 32, "已经是散列值，不能再换一次"),
    ],
)
def test_what_is_no_number_says_why_and_never_what(text: str, why: str) -> None:
    with pytest.raises(NoNumber) as raised:
        canonical(text)
    assert raised.value.args == (why,)


def test_a_new_key_is_random_private_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "key"
    made = new_key(path)
    assert (len(made), path.stat().st_mode & 0o777, read_key(path)) == (32, 0o600, made)
    assert new_key(tmp_path / "other") != made
    with pytest.raises(BadKey, match="已存在"):
        new_key(path)
    assert read_key(path) == made


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        (KEY.hex(), 0o644, "chmod 600"),
        (KEY.hex(), 0o640, "chmod 600"),
        (KEY.hex()[:-2], 0o600, "64个十六进制字符"),
        ("工会密钥", 0o600, "64个十六进制字符"),
        ("00" * 32, 0o600, "不是随机的"),
        (bytes(range(32)).hex(), 0o600, "不是随机的"),
        ("0123456789abcdef" * 4, 0o600, "不是随机的"),
    ],
)
def test_a_weak_short_or_open_key_file_is_refused(tmp_path: Path, content: str, mode: int, why: str) -> None:
    path = tmp_path / "key"
    path.write_text(content, "utf-8")
    path.chmod(mode)
    with pytest.raises(BadKey, match=why) as raised:
        read_key(path)
    assert content not in str(raised.value)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_check_refuses_the_file_before_and_accepts_it_after(tmp_path: Path, kind: str) -> None:
    people = [resident(1), resident(2), resident(1).lower()]
    path = csv_file(tmp_path / "证书.csv", *people)
    if kind == "xlsx":
        path = workbook(tmp_path / "证书.xlsx", {"证书": table(*people), "说明": [["按月报送"]]})
    before = path.read_bytes()
    assert check_files(tmp_path / "none", [path], TODAY)[0].refused
    done = pseudonymise(path, KEY, None, tmp_path / f"好.{kind}")
    judged = check_files(tmp_path / "none", [done.out], TODAY)[0]
    assert (done.numbers, done.persons, judged.accepted, judged.rejected) == (3, 2, 3, 0)
    assert (judged.district, judged.as_of) == ("330521", "2023-06-30")
    assert judged.rows is not None
    assert judged.rows["person_key"].to_pylist() == [by_definition(KEY, n.upper().encode()) for n in people]
    assert path.read_bytes() == before
    assert resident(1).encode() not in done.out.read_bytes()


def test_the_title_names_the_key_and_other_cells_stay_what_they_were(tmp_path: Path) -> None:
    sent = table(resident())
    sent[2][5], sent[2][7] = "=1+1", 20230518
    path = workbook(tmp_path / "证书.xlsx", {"证书": sent})
    first = pseudonymise(path, KEY, None, tmp_path / "好.xlsx").out
    sheet = openpyxl.load_workbook(first)["证书"]
    assert sheet["A1"].value == f"{sent[0][0]} · 标识密钥{key_id(KEY)}"
    assert [cell.value for cell in sheet[2]] == ["证书编号", "人员标识", *sent[1][2:]]
    assert [cell.value for cell in sheet[3]][2:] == sent[2][2:]
    assert (sheet["F3"].data_type, sheet["H3"].data_type) == ("s", "n")


def test_a_header_without_a_title_gets_a_row_above_it(tmp_path: Path) -> None:
    path = tmp_path / "证书.csv"
    path.write_bytes(csv_bytes([[str(c) for c in line] for line in table(resident())[1:]]))
    out = pseudonymise(path, KEY, None, tmp_path / "好.csv").out
    told = out.read_text("utf-8-sig").splitlines()
    assert (told[0].split(",")[0], told[1].split(",")[:2]) == (
        f"标识密钥{key_id(KEY)}",
        ["证书编号", "人员标识"],
    )


@pytest.mark.parametrize(
    ("numbers", "header", "column", "why"),
    [
        ([resident(), "330599199001010019"], "身份证号", None, "第4行的内容的校验码不对"),
        ([resident()], "证件", None, "没有找到要换的号码"),
        ([resident()], "身份证号", "证件", "没有找到要换的号码"),
        ([resident()], "证件 *", "证件", ""),
        (["a" * 64], "人员标识", None, "第3行的内容已经是散列值"),
        ([""], "身份证号", None, "没有找到要换的号码"),
    ],
)
def test_a_file_is_changed_whole_or_not_at_all(
    tmp_path: Path, numbers: list[str], header: str, column: str | None, why: str
) -> None:
    path = csv_file(tmp_path / "证书.csv", *numbers, header=header)
    if not why:
        assert pseudonymise(path, KEY, column, tmp_path / "好.csv").numbers == 1
        return
    with pytest.raises(Refused, match=why) as raised:
        pseudonymise(path, KEY, column, tmp_path / "好.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["证书.csv"]
    assert not [number for number in numbers if number and number in str(raised.value)]


def test_other_personal_data_and_a_taken_place_stop_it(tmp_path: Path) -> None:
    sent = table(resident())
    sent[2][5] = f"王某{PHONE}"
    path = workbook(tmp_path / "证书.xlsx", {"证书": sent})
    with pytest.raises(Refused, match="第3行F列疑似含有手机号") as raised:
        pseudonymise(path, KEY, None, tmp_path / "好.xlsx")
    assert PHONE not in str(raised.value)
    with pytest.raises(Refused, match="已存在"):
        pseudonymise(path, KEY, None, path)
    twice = table(resident())
    twice[1][5] = "证件号码"
    with pytest.raises(Refused, match="请用 --column"):
        pseudonymise(workbook(tmp_path / "两列.xlsx", {"证书": twice}), KEY, None, tmp_path / "好.xlsx")


def test_the_command_prints_the_key_id_and_no_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.pseudonyms.ensure", lambda lock: "")
    monkeypatch.setenv("COCKPIT_DATA", str(tmp_path / "data"))
    path, key = csv_file(tmp_path / "证书.csv", resident()), tmp_path / "key"
    order = ["pseudonymise", str(path), "--key-file", str(key)]
    assert manage.main(order) == 2
    assert manage.main([*order, "--new-key"]) == 0
    shown = capsys.readouterr()
    assert key_id(read_key(key)) in shown.out and (tmp_path / "证书_散列.csv").is_file()
    assert resident() not in shown.out + shown.err and read_key(key).hex() not in shown.out + shown.err
    assert manage.main(order) == 1  # 证书_散列.csv is there
    os.makedirs(tmp_path / "data")
    inside = ["pseudonymise", "--new-key", "--key-file", str(tmp_path / "data" / "key")]
    assert manage.main(inside) == 2


def test_a_file_under_another_key_is_refused(tmp_path: Path) -> None:
    """One person would be counted as two. The first key accepted is the city's."""
    other = bytes(reversed(KEY))
    path = csv_file(tmp_path / "证书.csv", resident())
    first = pseudonymise(path, KEY, None, tmp_path / "一.csv").out
    second = pseudonymise(path, other, None, tmp_path / "二.csv").out
    root = tmp_path / "data"
    (root / "inbox").mkdir(parents=True)
    first.rename(root / "inbox" / "一.csv")
    assert [batch.key_id for batch in ingest(root, NOW)] == [key_id(KEY)]
    again = pseudonymise(path, KEY, None, tmp_path / "三.csv").out
    judged = {v.file: v for v in check_files(root, [second, again], TODAY)}
    assert (judged["三.csv"].accepted, judged["二.csv"].refused) == (1, True)
    assert [s.expected for s in judged["二.csv"].sentences] == [
        f"人员标识用的密钥与已收下的（{key_id(KEY)}）不同，同一个人会被数成两个人，"
        "整份退回；请用全市统一的密钥重做"
    ]
    alone = {v.file: v.refused for v in check_files(tmp_path / "none", [again, second], TODAY)}
    assert sorted(alone.values()) == [False, True]


@pytest.mark.parametrize("broken", ["merged", "uncomputed"])
def test_cells_that_would_be_lost_stop_it(tmp_path: Path, broken: str) -> None:
    found = table(resident(1), resident(2))
    if broken == "uncomputed":
        found[2][-1] = "<f>A1</f><v/>|"
    merge = '<mergeCells><mergeCell ref="C3:C4"/></mergeCells>' if broken == "merged" else ""
    path = book(tmp_path / "a.xlsx", sheet(rows(found), after=merge))
    with pytest.raises(Refused, match="没有结果的公式或跨行的合并单元格"):
        pseudonymise(path, KEY, None, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()
