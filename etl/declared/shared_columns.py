"""Columns that several sources share."""

from etl.column import Column as C

TOWN = C("town", "镇街代码", "town", "所在镇、街道、乡的9位行政区划代码", "330521102")


def uscc(meaning: str, required: bool = True, known: bool = True) -> C:
    reference = ("enterprise", "uscc") if known else None
    return C(
        "uscc", "统一社会信用代码", "uscc", meaning, "91330500MA28C0000Y", required, references=reference
    )
