"""Personal data beside the cells of a workbook: the file is refused, the place is told, the value never."""

from pathlib import Path

import pytest

from etl.check import check_files
from tests.made_workbook import HEAD, book, rows, sheet, trainings
from tests.sending import TODAY
from tests.test_contract_privacy import PHONE, resident

GOOD = rows(trainings({}))


@pytest.mark.parametrize(
    ("part", "content", "where"),
    [
        ("xl/comments1.xml", "<comments><t>请拨{}</t></comments>", "批注"),
        ("xl/threadedComments/threadedComment1.xml", "<x><text>{}</text></x>", "批注"),
        ("docProps/core.xml", "<cp><creator>{}</creator></cp>", "文档属性"),
        ("docProps/custom.xml", "<p><v>{}</v></p>", "文档属性"),
        ("xl/drawings/drawing1.xml", "<d><t>{}</t></d>", "文本框或图表"),
        ("xl/pivotCache/pivotCacheRecords1.xml", '<r><s v="{}"/></r>', "数据透视表缓存"),
        ("xl/externalLinks/externalLink1.xml", "<e><v>{}</v></e>", "外部链接缓存"),
        ("xl/worksheets/_rels/sheet1.xml.rels", '<r><x Target="tel:{}"/></r>', "超链接"),
        ("customXml/item1.xml", "<x>{}</x>", "自定义内容"),
    ],
)
@pytest.mark.parametrize("value", [PHONE, resident()])
def test_personal_data_beside_the_cells(
    tmp_path: Path, part: str, content: str, where: str, value: str
) -> None:
    path = book(tmp_path / "a.xlsx", sheet(GOOD), more={part: HEAD + content.format(value)})
    (judged,) = check_files(tmp_path, [path], TODAY)
    (sentence,) = judged.sentences
    assert judged.refused
    assert sentence.expected == f"{where}中疑似含有个人信息（内容不予显示），整份退回；请删去后重发"
    assert value not in str(judged)


def test_personal_data_in_a_margin_and_in_a_hidden_sheet(tmp_path: Path) -> None:
    margin = f"<headerFooter><oddFooter>联系人{PHONE}</oddFooter></headerFooter>"
    hidden = sheet(rows([[PHONE]]))
    files = [
        book(tmp_path / "a.xlsx", sheet(GOOD, after=margin)),
        book(tmp_path / "b.xlsx", sheet(GOOD), hidden, states=("", 'state="veryHidden"')),
    ]
    judged = check_files(tmp_path, files, TODAY)
    assert [verdict.refused for verdict in judged] == [True, True]
    assert PHONE not in str(judged)


def test_sizes_names_and_dates_of_parts_are_no_personal_data(tmp_path: Path) -> None:
    """An author's name is kept nowhere; attributes of drawings are lengths."""
    parts = {
        "docProps/core.xml": "<c><creator>办公室</creator><created>2023-05-01T08:00:00Z</created></c>",
        "docProps/app.xml": "<p><AppVersion>16.0300</AppVersion></p>",
        "xl/drawings/drawing1.xml": '<d><off x="13912345678" y="1"/></d>',
        "xl/comments1.xml": "<c><t>2023年5月1日核对，共120人</t></c>",
    }
    path = book(tmp_path / "a.xlsx", sheet(GOOD), more={k: HEAD + v for k, v in parts.items()})
    (judged,) = check_files(tmp_path, [path], TODAY)
    assert (judged.refused, judged.accepted) == (False, 1)
