"""Anything that looks like a resident ID number, a mobile phone or a bank card. Values never leave here."""

import re
import unicodedata
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.reading.grid import Mask

MASK = "（内容略）"
# Eleven digits, loosely grouped: cheap, and everything below contains it. No number is written with a colon,
# but every date that has a time is.
MAYBE = r"(?:[0-9\x{FF10}-\x{FF19}][^0-9\x{FF10}-\x{FF19}A-Za-z:\p{Han}]{0,3}){11}"
# GB 11643-1999 with its ISO 7064 MOD 11-2 check character, and the 15-digit form before it.
# The check is strict enough for blanks and hyphens anywhere between the digits.
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
    r"(?<![\dA-Z.])\d{4}(?:(?:[ /_-]?\d{4}){3}(?:[ /_-]?\d{1,3})?|(?:\.\d{4}){3}(?:\.\d{1,3})?)(?![\dA-Z])",
    re.IGNORECASE,
)
PROVINCES = {str(p) for p in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55))}
PROVINCES |= {"61", "62", "63", "64", "65", "71", "81", "82", "83"}
ISSUERS = ("62", "60", "4", "51", "52", "53", "54", "55", "9558", "35")
# An identifier in its own column: one token, and not 18 digits with a worker's year of birth in them.
# Numbers made of division, date and serial have 18 digits too, but dates of recent years.
TOKEN = r"^[0-9A-Za-z_/.\-]+$"
WHOLE = (
    r"^(?:(?:86|1[3-9]|62|60|4|5[1-5]|9558|35)[0-9 ./_\-]{8,24}"
    r"|[1-8][0-9]{5}[./_\-][0-9./_\-]{11,15}[0-9Xx])$"
)
EIGHTEEN = r"(^|[^0-9])[0-9]{6}(19[0-9]{2}|200[0-9])[0-9]{7}[0-9Xx]($|[^0-9])"


def kinds(text: str) -> list[str]:
    """What a text looks like it holds: of 身份证号, 手机号, 银行卡号."""
    plain = _plain(text)
    found = {
        "身份证号": any(_is_id(_bare(m[0])) for m in ID.finditer(plain))
        or any(_is_day("19" + m[2]) and m[1][:2] in PROVINCES for m in OLD_ID.finditer(plain)),
        "手机号": PHONE.search(plain) is not None,
        "银行卡号": any(_is_card(_bare(m[0])) for m in CARD.finditer(plain)),
    }
    return [kind for kind, seen in found.items() if seen]


def suspects(column: pa.Array, own: Mask | None = None) -> Mask:
    """Cells that look personal; `own` marks valid numbers in their own column, which never are."""
    cells = column if own is None else pc.if_else(pa.array(own), pa.scalar(None, pa.string()), column)
    words = cells.dictionary_encode()
    maybe = pc.fill_null(pc.match_substring_regex(words.dictionary, MAYBE), False)
    seen: Mask = maybe.to_numpy(zero_copy_only=False).copy()
    seen[seen] = [bool(kinds(word)) for word in words.dictionary.filter(maybe).to_pylist()]
    told = pc.fill_null(pa.array(seen).take(words.indices), False)
    mask: Mask = told.to_numpy(zero_copy_only=False)
    return mask


def own_identifier(column: pa.Array) -> Mask:
    """Identifiers that resemble a phone, a card or an ID only by accident: in a part, not as a whole."""
    token = pc.match_substring_regex(column, TOKEN)
    plain = pc.and_(token, pc.invert(pc.match_substring_regex(column, EIGHTEEN)))
    own: Mask = pc.fill_null(plain, False).to_numpy(zero_copy_only=False).copy()
    digits = pc.fill_null(pc.match_substring_regex(column, WHOLE), False)
    words = column.filter(digits).dictionary_encode()
    bare = np.array([_is_bare(word) for word in words.dictionary.to_pylist()], dtype=bool)
    own[digits.to_numpy(zero_copy_only=False)] &= ~bare[words.indices.to_numpy()]
    return own


def _is_bare(word: str) -> bool:
    card = CARD.fullmatch(word) is not None and _is_card(_bare(word))
    born = ID.fullmatch(word) is not None and re.match(EIGHTEEN, _bare(word)) and _is_id(_bare(word))
    return bool(card or born or PHONE.fullmatch(word))


def _bare(text: str) -> str:
    return re.sub(r"[^\dX]", "", text.upper())


def _plain(text: str) -> str:
    """One width, one kind of dash, nothing invisible (Unicode category Cf) between the digits."""
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", seen).replace("\u2014", "-")


def masked(text: str) -> str:
    return MASK if kinds(text) else text


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return date(1900, 1, 1) <= day <= date.today()


def _is_id(number: str) -> bool:
    """A right check character, or the zeros that Excel leaves when it stores one as a number."""
    if number[:2] not in PROVINCES or not _is_day(number[6:14]):
        return False
    total = sum(int(digit) * (2 ** (17 - i) % 11) for i, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17] or number.endswith("000")


def _is_card(digits: str) -> bool:
    """A known issuer and the Luhn check digit (ISO/IEC 7812)."""
    if not digits.startswith(ISSUERS):
        return False
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
