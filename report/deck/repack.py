"""The same slides, the same bytes: clock times inside an Office file are set to the data's date."""

import io
import re
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

STAMPED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
PROPERTIES = "docProps/core.xml"


def repacked(content: bytes, day: date) -> bytes:
    """An Office file with every time in it, those of embedded workbooks too, set to midnight of `day`."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, _timeless(name, source.read(name), day))
    return made.getvalue()


def _timeless(name: str, content: bytes, day: date) -> bytes:
    if name.endswith(".xlsx"):
        return repacked(content, day)
    if name == PROPERTIES:
        return STAMPED.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode() + rb"\g<2>", content)
    return content
