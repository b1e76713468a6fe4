"""From a resident ID number to the contract's person key: HMAC-SHA-256 under a key the cockpit never sees.

Algorithm and reasons: docs/decisions/0011-person-keys.md.
"""

import hmac
import os
import re
import secrets
import stat
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

KEY_BYTES = 32
KEY_FORM = re.compile(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}")
# 32 random bytes hold fewer different ones than this, or so regular a sequence, once in more than 10^9 keys.
LEAST_DIFFERENT = 16
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
# 15-digit numbers with these last digits were given to people a hundred years old.
CENTENARIANS = ("996", "997", "998", "999")


class BadKey(Exception):
    """The key file cannot be used; args[0] is a Chinese sentence."""


class NoNumber(Exception):
    """A text is no resident ID number; args[0] says why, in a Chinese clause without the text."""


def person_key(key: bytes, text: str) -> str:
    """64 lower-case hexadecimal characters, the same for every spelling of one number.

    Raises:
        NoNumber: see `canonical`.
    """
    return hmac.digest(key, canonical(text).encode("ascii"), "sha256").hex()


def canonical(text: str) -> str:
    """18 characters: full width made narrow, blanks away, X in capitals, 15 digits made 18 (GB 11643-1999).

    Raises:
        NoNumber: another length or other characters, no such day of birth, or a wrong check character.
    """
    narrow = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in narrow if not c.isspace() and unicodedata.category(c) != "Cf").upper()
    if re.fullmatch("[0-9A-F]{64}", plain):
        raise NoNumber("已经是散列值，不能再换一次")
    if re.fullmatch("[0-9]{15}", plain):
        if plain.endswith(CENTENARIANS):
            raise NoNumber("是15位号码且看不出出生的世纪，请改填18位号码")
        plain = f"{plain[:6]}19{plain[6:]}"
        plain += check_character(plain)
    if not re.fullmatch("[0-9]{17}[0-9X]", plain):
        raise NoNumber("不是15位或18位的身份证号")
    if not _born(plain[6:14]):
        raise NoNumber("中的出生日期不存在")
    if check_character(plain) != plain[17]:
        raise NoNumber("的校验码不对")
    return plain


def check_character(number: str) -> str:
    """Of the first 17 digits: ISO 7064, MOD 11-2."""
    return CHECK[sum(int(d) * w for d, w in zip(number[:17], WEIGHTS, strict=True)) % 11]


def _born(digits: str) -> bool:
    try:
        return date(1800, 1, 1) <= date.fromisoformat(digits) <= date.today()
    except ValueError:
        return False


def key_id(key: bytes) -> str:
    """8 hexadecimal characters that tell two keys apart and tell nothing else of them."""
    return hmac.digest(key, b"key id", "sha256").hex()[:8]


def new_key(path: Path) -> bytes:
    """Make a key file that its owner alone can read. An existing file is never replaced.

    Raises:
        BadKey: there is a file of that name.
    """
    key = secrets.token_bytes(KEY_BYTES)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as taken:
        raise BadKey(f"{path} 已存在，不覆盖：换掉密钥，同一个人就会被数成两个人。") from taken
    with open(handle, "w", encoding="ascii") as file:
        file.write(key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return key


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file.

    Raises:
        BadKey: no plain file, open to others, not 64 hexadecimal characters, or no random ones.
    """
    if not path.is_file():
        raise BadKey(f"找不到密钥文件 {path}；还没有密钥的，用 --new-key 生成一个。")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadKey(f"密钥文件 {path} 别的用户也能打开，不使用：请先 chmod 600 {path}。")
    text = path.read_text("ascii", errors="replace").strip()
    if not KEY_FORM.fullmatch(text):
        raise BadKey(f"密钥文件 {path} 不是64个十六进制字符（32字节），不使用；请用 --new-key 生成。")
    key = bytes.fromhex(text)
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    if min(len(set(key)), len(steps)) < LEAST_DIFFERENT:
        raise BadKey(f"密钥文件 {path} 的内容有规律、不是随机的，不使用；请用 --new-key 生成。")
    return key
