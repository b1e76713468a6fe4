"""Chinese names of the columns of facts, as staff know them from their own workbooks."""

from cockpit import codes
from cockpit.indicators import BREAKDOWNS

# What a measure column counts: the header of the one column that adds up to the figure.
COUNTED = "计入"

LABELS = {
    "county_name": "区县",
    "town_name": "镇街",
    "town": "镇街代码",
    "town_kind": "镇街类别",
    "day": "日期",
    "checked_on": "检查日期",
    "from_on": "计入自",
    "to_on": "计入至",
    "file": "文件",
    "sheet": "工作表",
    "row_no": "行号",
    # 技能
    "certificate_no": "证书编号",
    "occupation": "职业名称",
    "from_level": "原等级",
    "training_id": "培训编号",
    "contest_id": "竞赛编号",
    # 协商
    "contract_id": "合同标识",
    "contract_no": "合同编号",
    "ends_on": "期满日期",
    "terminated_on": "解除日期",
    "started_on": "起算日期",
    "done_on": "完成日期",
    "reached_on": "到达日期",
    # 组建
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "employees": "职工人数",
    "union_id": "工会编号",
    "event": "变动类型",
    "item_id": "台账编号",
    "owner_unit": "责任单位",
    "listed_on": "列入日期",
    # 站点
    "station_no": "站点编号",
    "lon": "经度",
    "lat": "纬度",
    "area_m2": "面积平方米",
    "open_hours": "开放时间",
    "facilities": "设施",
    "on_gaode": "高德上图",
    "on_baidu": "百度上图",
    "on_tencent": "腾讯上图",
    "opened_on": "启用日期",
    "accepted_on": "验收日期",
    "closed_on": "关闭日期",
    "checker_unit": "检查单位",
    **{key: name for key, (name, _) in BREAKDOWNS.items()},
}

# Where the same column is called something else in one mart's facts.
IN_MART = {
    ("certificate", "day"): "发证日期",
    ("training", "day"): "开班日期",
    ("contest", "day"): "举办日期",
    ("expiry", "day"): "期满日期",
    ("bargain", "day"): "到限日期",
    ("stage", "day"): "要约日期",
    ("union", "name"): "工会名称",
    ("union_new", "name"): "工会名称",
    ("union_new", "day"): "批准日期",
    ("member", "name"): "工会名称",
    ("member", "day"): "变动日期",
    ("clearance", "closed_on"): "销号日期",
    ("station_new", "day"): "启用日期",
    ("visit", "day"): "月末",
    ("division", "name"): "名称",
    **{(mart, "name"): "站点名称" for mart in ("station", "station_new", "visit", "check", "check_item")},
}

# Column -> the words of its codes. Facts hold more codes than a filter offers.
WORDS = {
    **{key: words for key, (_, words) in BREAKDOWNS.items()},
    "coverage_split": codes.COVERAGE_SPLIT,
    "topic": codes.CONTRACT_TOPICS,
    "from_level": codes.LEVELS,
    "event": codes.MEMBER_EVENTS,
    "facilities": codes.FACILITIES,
    **dict.fromkeys(("on_gaode", "on_baidu", "on_tencent"), codes.YES_NO),
}


def label(mart: str, column: str) -> str:
    """The Chinese header of a column of `fact_<mart>`."""
    return IN_MART.get((mart, column), LABELS[column])


def word(column: str, code: str | None) -> str | None:
    """A code in words, several codes (a;b) joined by 、; what has no word ('none') is left out."""
    if code is None:
        return None
    return "、".join(WORDS[column][part] for part in code.split(";") if part in WORDS[column])
