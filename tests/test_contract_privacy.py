"""Personal data anywhere refuses the file, tells the place and keeps the value; look-alikes pass.

All numbers are made up: 330599 is no county, and the telephone numbers count up from 19900000000.
"""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.personal import kinds
from etl.check import check_files
from etl.contract import credit_code
from etl.contract.credit_code import ALPHABET
from etl.sources import SOURCES
from tests.sending import TODAY, USCC, lines, row, send, verdict, workbook


def resident(serial: int = 1, born: str = "19900101") -> str:
    """A number with a right check character (GB 11643-1999)."""
    body = f"330599{born}{serial:03d}"
    return body + "10X98765432"[sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(body)) % 11]


def card(body: str = "622202020011223") -> str:
    """A number with a right Luhn digit."""
    doubled = [int(d) * (1 if i % 2 else 2) for i, d in enumerate(reversed(body))]
    return body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


def mistyped(number: str) -> str:
    """The same with a wrong check character."""
    return number[:17] + ("1" if number[17] != "1" else "2")


PHONE = "19900001234"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (resident(), ["身份证号"]),
        (f"身份证{resident()}。", ["身份证号"]),
        (f"ID{resident()}", ["身份证号"]),
        (f"{resident()[:6]} {resident()[6:14]} {resident()[14:]}", ["身份证号"]),
        (f"{resident()[:6]} {resident()[6:10]} {resident()[10:14]} {resident()[14:]}", ["身份证号"]),
        ("-".join(resident()[i : i + 4] for i in range(0, 18, 4)), ["身份证号"]),
        (" ".join(resident()), ["身份证号"]),
        (resident(5).lower(), ["身份证号"]),
        ("330599199001010000", ["身份证号"]),  # stored as a number by Excel, last digits lost
        ("330599900101001", ["身份证号"]),  # 15 digits, before 1999
        (mistyped(resident()), ["身份证号"]),
        (
            f"{mistyped(resident())[:6]} {mistyped(resident())[6:14]} {mistyped(resident())[14:]}",
            ["身份证号"],
        ),
        ("911199199001011234", ["身份证号"]),  # a foreigner's permanent residence
        ("810000199001011234", ["身份证号"]),  # residents of 香港, 澳门 and 台湾
        ("830000199001011234", ["身份证号"]),
        (PHONE, ["手机号"]),
        (f"电话：{PHONE}", ["手机号"]),
        ("199-0000-1234", ["手机号"]),
        ("+86 19900001234", ["手机号"]),
        ("199.0000.1234", ["手机号"]),
        ("199 - 0000 - 1234", ["手机号"]),
        ("199 00001234", ["手机号"]),
        ("19900 001234", ["手机号"]),
        (" ".join(PHONE), ["手机号"]),
        ("0086-19900001234", ["手机号"]),
        ("199/0000/1234", ["手机号"]),
        ("199_0000_1234", ["手机号"]),
        ("(+86)(199)0000-1234", ["手机号"]),
        ("199\u200b0000\u200b1234", ["手机号"]),
        ("１９９００００１２３４", ["手机号"]),
        (card(), ["银行卡号"]),
        ("6222 0202 0011 " + card()[12:], ["银行卡号"]),
        ("6222  0202 - 0011  " + card()[12:], ["银行卡号"]),
        (card("622202020011223344"), ["银行卡号"]),
    ],
)
def test_what_looks_personal_is_seen(text: str, found: list[str]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    "text",
    [
        resident(born="19901301")[:18],  # no such month
        resident(born="20990101"),  # not born yet
        mistyped(resident(born="20230512")),  # division, date and serial
        "91330500MA28C0000Y",
        "913305211466425519",  # credit codes of digits only: a firm, a public institution, a union
        "123305217141234561",
        "813305217141234563",
        "Y000033050001231000012",  # certificates
        "0000330500012310000127",
        "1233003012400123",
        "20230512330521000123",
        "1234567.89",
        "350000000000.00",
        "330521102、330521103",
        "330521102-330521103",
        "330521,330522,330523,330502,330503",
        "0" * 64,
        "19900001234567",
        "8" + PHONE,
        "12900001234",
        "119.19900001234",
        "135.33333333",
        "120.09543210, 30.87221234",
        "2023/05/01-2023/06/30",
        "0572-19900001",
        "2023-05-01 00:00:00",
        "20230501 20230601",
        "HT-15-20230612-1",
        "13 120 45 2023 10",
        "0572-2049920",  # an office, not a person
        card()[:-1] + str((int(card()[-1]) + 1) % 10),
        "德工资协〔2023〕12号",
    ],
)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert kinds(text) == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 999), st.dates(date(1930, 1, 1), date(2020, 12, 31)), st.text("工会 ,。", max_size=4))
def test_a_resident_number_is_seen_in_any_text(serial: int, born: date, around: str) -> None:
    number = resident(serial, f"{born:%Y%m%d}")
    assert "身份证号" in kinds(around + number + around)
    assert ("身份证号" in kinds(mistyped(number))) == (born.year < 2010)


@pytest.mark.parametrize("column", [c.key for c in SOURCES["training"].columns])
@pytest.mark.parametrize("value", [resident(), f"王某{PHONE}"])
def test_personal_data_in_any_column_refuses_the_whole_file(tmp_path: Path, column: str, value: str) -> None:
    good = row("training", training_id="PX-2")
    judged = verdict(tmp_path, "training", good, row("training", **{column: value}))
    place = chr(65 + [c.key for c in SOURCES["training"].columns].index(column))
    assert (judged.refused, judged.read, judged.accepted, judged.rows) == (True, 0, 0, None)
    assert [(s.row, s.column, s.found) for s in judged.sentences] == [(4, place, "")]
    assert value not in str(judged) and resident() not in str(judged) and PHONE not in str(judged)


@pytest.mark.parametrize(
    "where", ["title", "header", "extra column", "another sheet", "sheet name", "number cell"]
)
def test_personal_data_beside_the_columns_refuses_the_file_too(tmp_path: Path, where: str) -> None:
    table: list[list[object]] = [list(line) for line in lines("training", row("training"))]
    sheets = {"培训": table}
    if where == "title":
        table[0] = ["德清县", f"联系人电话{PHONE}"]
    elif where == "header":
        table[1].append(f"联系电话{PHONE}")
    elif where == "extra column":
        table[2].append(PHONE)
    elif where == "number cell":
        table[2].append(int(PHONE))
    elif where == "another sheet":
        sheets["填写说明"] = [["问题请拨", PHONE]]
    else:
        sheets = {f"培训{PHONE}": table}
    judged = check_files(tmp_path, [workbook(tmp_path / "a.xlsx", sheets)], TODAY)[0]
    assert judged.refused and judged.sentences
    assert PHONE not in str(judged)


def test_a_personal_file_name_refuses_the_file_and_is_not_repeated(tmp_path: Path) -> None:
    judged = check_files(tmp_path, [send(tmp_path / f"培训{PHONE}.csv", "training", row("training"))], TODAY)[
        0
    ]
    assert judged.refused
    assert PHONE not in str(judged)


def test_identifiers_that_resemble_phones_and_cards_pass_in_their_own_column(tmp_path: Path) -> None:
    """Numbers with a card or a phone as a part of them pass; a whole phone or card does not."""
    certificate = verdict(tmp_path / "1", "certificate", row("certificate", certificate_no=f"Z-{card()}"))
    contract = verdict(tmp_path / "2", "contract", row("contract", contract_no=f"HT-{PHONE}"))
    dated = resident(17, born="20230512")  # division, date, serial: a usual way to number contracts
    numbered = verdict(tmp_path / "4", "contract", row("contract", contract_no=dated))
    worker = verdict(tmp_path / "5", "contract", row("contract", contract_no=resident()))
    assert (numbered.accepted, worker.refused) == (1, True)
    elsewhere = verdict(tmp_path / "3", "certificate", row("certificate", occupation=card()))
    assert (certificate.accepted, contract.accepted, elsewhere.refused) == (1, 1, True)


@pytest.mark.parametrize(
    "number", [mistyped(resident()), f"HT-{mistyped(resident())}", "330599900101001", "911199199001011234"]
)
@pytest.mark.parametrize(
    ("source", "column"), [("certificate", "certificate_no"), ("contract", "contract_id")]
)
def test_an_id_number_is_no_identifier_however_it_is_typed(
    tmp_path: Path, source: str, column: str, number: str
) -> None:
    judged = verdict(tmp_path, source, row(source, **{column: number}))
    assert judged.refused and number not in str(judged)


@pytest.mark.parametrize(
    "number",
    [
        "Y000033050001231000012",  # certificates of 22, 20 and 16 characters
        "0000330500012310000127",
        "20230512330521000123",
        "1233003012400123",
        "330521202305120017",  # division, date and serial, the year with four digits or with two
        "330521-20230512-0017",
        "330521230512001",
        "HT330521-00001",
        USCC,
    ],
)
def test_numbers_that_unions_give_are_identifiers(tmp_path: Path, number: str) -> None:
    assert verdict(tmp_path / "1", "certificate", row("certificate", certificate_no=number)).accepted == 1
    assert verdict(tmp_path / "2", "contract", row("contract", contract_no=number)).accepted == 1


@pytest.mark.parametrize("code", ["913305211466425519", "123305217141234561", "813305217141234563"])
def test_credit_codes_of_digits_only_are_no_id_numbers(tmp_path: Path, code: str) -> None:
    code = code[:17] + next(c for c in ALPHABET if credit_code.compact(code[:17] + c))
    assert verdict(tmp_path, "enterprise", row("enterprise", uscc=code)).accepted == 1


@pytest.mark.parametrize(
    "found", ["330521199001011237", mistyped(resident(born="20150101")), "张三", "0" * 63]
)
def test_what_is_no_person_key_is_never_shown(tmp_path: Path, found: str) -> None:
    judged = verdict(tmp_path, "certificate", row("certificate", person_key=found))
    assert judged.accepted == 0 and found not in str(judged)
    assert judged.refused or [s.found for s in judged.sentences] == ["（内容略）"]


@pytest.mark.parametrize(
    "number", [PHONE, "199-0000-1234", "86" + PHONE, card(), f"{PHONE[:5]}\u200b{PHONE[5:]}"]
)
def test_a_bare_phone_or_card_is_no_identifier(tmp_path: Path, number: str) -> None:
    judged = verdict(tmp_path, "contest", row("contest", contest_id=number))
    assert judged.refused and number not in str(judged)


def test_hundreds_of_places_are_told_shortly(tmp_path: Path) -> None:
    rows = [row("training", training_id=f"PX-{i}", name=f"{19900000000 + i}") for i in range(60)]
    judged = verdict(tmp_path, "training", *rows)
    assert len(judged.sentences) == 51
    assert judged.sentences[-1].expected == "另有10处疑似个人信息"


def test_an_identifier_that_looks_personal_is_not_shown_when_its_row_is_rejected(tmp_path: Path) -> None:
    number = f"HT-{PHONE}"
    rows = [row("contract", contract_id=number), row("contract", contract_id=number, topic="能级")]
    judged = verdict(tmp_path, "contract", *rows)
    assert [(s.column, s.found) for s in judged.sentences] == [("合同标识", "（内容略）")] * 2
    assert PHONE not in str(judged.sentences)
