"""What looks like an ID number, a mobile phone or a bank card, in one text. Values never leave here."""

import re
import unicodedata
from datetime import date

MASK = "（内容略）"
NOT_KEPT = "这里疑似写有身份证号、手机号或银行卡号，会长期留在记录里，没有办理；请删去后再试。"
# GB 11643-1999 with its ISO 7064 MOD 11-2 check character, and the 15-digit form before it. The digits may
# stand apart in any way.
ID = re.compile(r"(?<!\d)\d(?:[ ./_-]?\d){16}[ ./_-]?[\dX](?!\d)", re.IGNORECASE)
OLD_ID = re.compile(r"(?<![\dA-Z.])(\d{6})(\d{6})(\d{3})(?![\dA-Z])", re.IGNORECASE)
# Points only where all groups have them: 135.33333333 is a number.
PHONE = re.compile(
    r"(?<![\dA-Z.])(?:\(?\+?86\)?[ ./_-]?)?"
    r"(?:\(?1[3-9]\d\)?(?:[ /_-]{0,3}\d{4}[ /_-]{0,3}\d{4}|\.\d{4}\.\d{4}|(?: ?\d){8})"
    r"|(?<!\d[ -])1[ -][3-9](?:[ -]\d){9}(?![ -]\d))(?![\dA-Z])",
    re.IGNORECASE,
)
CARD = re.compile(
    r"(?<![\dA-Z.])\d{4}"
    r"(?:(?:[ /_-]{0,3}\d{4}){3}(?:[ /_-]{0,3}\d{1,3})?|(?:\.\d{4}){3}(?:\.\d{1,3})?)(?![\dA-Z])",
    re.IGNORECASE,
)
PROVINCES = {str(p) for p in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55))}
PROVINCES |= {"61", "62", "63", "64", "65", "71"}
# 港澳台居民居住证 begin with 81 to 83, 外国人永久居留身份证 with 9.
RESIDENTS = ("8", "9")
# Years of birth of those a union's files may tell of. Numbers made of division, date and serial have 18
# digits too, but dates of recent years: such a one is a person's only when its check character is right.
BORN = r"(?:19\d\d|200\d)"
ISSUERS = ("62", "60", "4", "51", "52", "53", "54", "55", "9558", "35")


def kinds(text: str) -> list[str]:
    """What a text looks like it holds: of 身份证号, 手机号, 银行卡号. A mistyped 身份证号 is one too."""
    plain = _plain(text)
    found = {
        "身份证号": any(is_id(m[0]) or seems_id(m[0]) for m in ID.finditer(plain))
        or any(_is_day("19" + m[2]) and _is_region(m[1]) for m in OLD_ID.finditer(plain)),
        "手机号": PHONE.search(plain) is not None,
        "银行卡号": any(is_card(m[0]) for m in CARD.finditer(plain)),
    }
    return [kind for kind, seen in found.items() if seen]


def masked(text: str) -> str:
    return MASK if kinds(text) else text


def seems_id(text: str) -> bool:
    """A region and a day of birth where such a number has them, whatever its check character."""
    number = _bare(text)
    return _is_region(number) and re.match(BORN, number[6:]) is not None and _is_day(number[6:14])


def is_id(text: str) -> bool:
    """A right check character, or the zeros that Excel leaves when it stores one as a number."""
    number = _bare(text)
    if not _is_region(number) or not _is_day(number[6:14]):
        return False
    total = sum(int(digit) * (2 ** (17 - i) % 11) for i, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17] or number.endswith("000")


def is_card(text: str) -> bool:
    """A known issuer and the Luhn check digit (ISO/IEC 7812)."""
    digits = _bare(text)
    if not digits.startswith(ISSUERS):
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _bare(text: str) -> str:
    return re.sub(r"[^\dX]", "", text.upper())


def _plain(text: str) -> str:
    """One width, one kind of dash, nothing invisible (Unicode category Cf) between the digits."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", seen).replace("\u2014", "-")


def _is_region(number: str) -> bool:
    return number[:2] in PROVINCES or number.startswith(RESIDENTS)


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= day <= date.today()
