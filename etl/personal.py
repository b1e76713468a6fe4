"""Cells that look like an ID number, a mobile phone or a bank card, all of a column at a time."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cockpit.personal import CARD, ID, MASK, PHONE, is_card, is_id, kinds, masked
from etl.reading.grid import Mask

__all__ = ["MASK", "kinds", "masked", "own_identifier", "suspects"]
# Eleven digits, loosely grouped: cheap, and everything that looks personal contains it. No number is written
# with a colon, but every date that has a time is.
MAYBE = r"(?:[0-9\x{FF10}-\x{FF19}][^0-9\x{FF10}-\x{FF19}A-Za-z:\p{Han}]{0,3}){11}"
# An identifier in its own column: one token, and neither 18 nor 15 digits with a worker's year of birth in
# them. Numbers made of division, date and serial have as many, but dates of recent years.
TOKEN = r"^[0-9A-Za-z_/.\-]+$"
WHOLE = (
    r"^(?:(?:86|1[3-9]|62|60|4|5[1-5]|9558|35)[0-9 ./_\-]{8,24}"
    r"|[1-9][0-9]{5}[./_\-][0-9./_\-]{11,15}[0-9Xx])$"
)
EIGHTEEN = r"(?:^|[^0-9])[0-9]{6}(?:19[0-9]{2}|200[0-9])[0-9]{7}[0-9Xx](?:$|[^0-9])"
FIFTEEN = r"(?:^|[^0-9A-Za-z.])[0-9]{6}[3-9][0-9]{8}(?:$|[^0-9A-Za-z])"


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
    plain = pc.and_(token, pc.invert(pc.match_substring_regex(column, f"{EIGHTEEN}|{FIFTEEN}")))
    own: Mask = pc.fill_null(plain, False).to_numpy(zero_copy_only=False).copy()
    digits = pc.fill_null(pc.match_substring_regex(column, WHOLE), False)
    words = column.filter(digits).dictionary_encode()
    bare = np.array([_is_bare(word) for word in words.dictionary.to_pylist()], dtype=bool)
    own[digits.to_numpy(zero_copy_only=False)] &= ~bare[words.indices.to_numpy()]
    return own


def _is_bare(word: str) -> bool:
    card = CARD.fullmatch(word) is not None and is_card(word)
    born = ID.fullmatch(word) is not None and re.match(EIGHTEEN, re.sub(r"[./_-]", "", word)) and is_id(word)
    return bool(card or born or PHONE.fullmatch(word))
