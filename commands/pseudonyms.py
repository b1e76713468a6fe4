"""`pseudonymise`: what a district runs on its own machine before it sends a file with ID numbers."""

from pathlib import Path

from commands import DONE, REFUSED, USAGE, Stop, data_root
from commands.environment import RUNTIME, ensure


def pseudonymise(
    file: Path | None, key_file: Path, new_key: bool, column: str | None, out: Path | None
) -> int:
    """Never prints a value or the key; of the key only its id."""
    if file is None and not new_key:
        raise Stop(USAGE, "请写明要换的文件，或用 --new-key 生成密钥。")
    if file is not None and not file.is_file():
        raise Stop(USAGE, f"找不到文件：{file}")
    if key_file.resolve().is_relative_to(data_root()):
        raise Stop(USAGE, f"密钥不能放在驾驶舱的数据文件夹 {data_root()} 中，请放在本单位自己保管的地方。")
    ensure(RUNTIME)
    from etl import person_key

    try:
        key = person_key.new_key(key_file) if new_key else person_key.read_key(key_file)
    except person_key.BadKey as bad:
        raise Stop(USAGE, str(bad)) from bad
    if new_key:
        print(
            f"密钥：{key_file}（只有本用户可读）。请另存一份妥善保管，不要发给驾驶舱；丢失后无法重做同样的标识。"
        )
    print(f"密钥标识：{person_key.key_id(key)}（各区县应相同；不同则同一个人会被数成两个人）")
    return DONE if file is None else _change(file, key, column, out)


def _change(file: Path, key: bytes, column: str | None, out: Path | None) -> int:
    from etl.pseudonymise import Refused, default_place, pseudonymise

    try:
        done = pseudonymise(file, key, column, out or default_place(file))
    except Refused as refusal:
        raise Stop(REFUSED, str(refusal)) from refusal
    print(f"已换 {done.numbers} 个号码，共 {done.persons} 人：{done.out}")
    print("原文件没有改动。报送换好的文件，不要报送原文件。")
    return DONE
