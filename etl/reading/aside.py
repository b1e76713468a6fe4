"""Text of a workbook that stands in no cell: it is never data, but it may hold what must not be sent."""

import re
from collections.abc import Iterator
from html import unescape

KINDS = (
    (re.compile(r"^xl/(comments|threadedcomments|persons)"), "批注"),
    (re.compile(r"^docprops/"), "文档属性"),
    (re.compile(r"^xl/(drawings|diagrams|charts)/[^/]*\.xml$"), "文本框或图表"),
    (re.compile(r"^xl/pivotcache/"), "数据透视表缓存"),
    (re.compile(r"^xl/externallinks/"), "外部链接缓存"),
    (re.compile(r"^xl/tables/|^xl/workbook\.xml$"), "名称或表格定义"),
    (re.compile(r"^customxml/"), "自定义内容"),
)
# Caches keep their values in attributes; elsewhere attributes are sizes and identifiers.
CACHES = ("数据透视表缓存", "外部链接缓存")
VALUE = re.compile(r"\sv=\"([^\"]*)\"")
CONTENT = re.compile(r">([^<]+)<")
MARGIN = re.compile(rb"<(?:\w+:)?headerFooter\b.*?</(?:\w+:)?headerFooter>", re.DOTALL)
TARGET = re.compile(rb"\sTarget=\"((?:tel|sms|mailto)[^\"]*)\"", re.IGNORECASE)


def asides(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """(where it stands, text): 批注, 文档属性, 页眉页脚, hyperlinks, caches and the like."""
    for name, part in parts.items():
        kind = next((told for pattern, told in KINDS if pattern.match(name)), None)
        if kind:
            yield from ((kind, text) for text in _texts(part.decode("utf-8", "replace"), kind in CACHES))
        elif name.startswith("xl/worksheets/_rels/"):
            yield from (("超链接", target.decode("utf-8", "replace")) for target in TARGET.findall(part))
        elif name.startswith("xl/worksheets/") and b"headerFooter" in part[-20_000:]:
            for margin in MARGIN.findall(part[-20_000:]):
                yield from (("页眉页脚", text) for text in _texts(margin.decode("utf-8", "replace"), False))


def _texts(part: str, attributes: bool) -> Iterator[str]:
    """The texts of one part; what one cell or box holds in several runs is joined too."""
    found = [text.strip() for text in CONTENT.findall(part) if text.strip()]
    yield from (unescape(text) for text in found)
    if attributes:
        yield from (unescape(text) for text in VALUE.findall(part))
