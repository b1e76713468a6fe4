"""Service stations, their months and their inspections."""

from cockpit import codes
from etl.column import Column as C
from etl.column import Source
from etl.declared.shared_columns import TOWN

STATION = Source(
    "station",
    "服务站点",
    "户外劳动者服务站点名录，关闭的也保留",
    (
        C("station_no", "站点编号", "text", "唯一编号", "ZD330521-001"),
        C("name", "站点名称", "text", "挂牌名称", "英溪路工会驿站"),
        TOWN,
        C("type", "站点类型", "code", "验收认定的类型", "标杆型", codes=codes.STATION_TYPES),
        C("provision", "建设方式", "code", "自建或共建", "共建", codes=codes.PROVISIONS),
        C("venue", "场所类型", "code", "设在什么场所", "银行网点", codes=codes.VENUES),
        C("lon", "经度", "number", "十进制度", "119.967", least=117, most=124),
        C("lat", "纬度", "number", "十进制度", "30.541", least=27, most=32),
        C("crs", "坐标系", "code", "高德、腾讯为GCJ-02，百度为BD-09", "GCJ-02", codes=codes.CRS),
        C("area_m2", "面积平方米", "number", "使用面积", "35", least=1, most=5000),
        C("open_24h", "24小时开放", "flag", "门是否全天可进", "否"),
        C("open_hours", "开放时间", "text", "每日开放时间", "08:00-20:00"),
        C("facilities", "设施", "codes", "现有设施", "饮水机、微波炉", False, codes=codes.FACILITIES),
        C("nef", "新业态站点", "flag", "是否为新就业形态劳动者而建", "否"),
        C("opened_on", "启用日期", "date", "启用的日期", "2022-06-18"),
        C("accepted_on", "验收日期", "date", "验收合格的日期", "2022-07-01", False),
        C("on_gaode", "高德上图", "flag", "高德地图可查", "是"),
        C("on_baidu", "百度上图", "flag", "百度地图可查", "否"),
        C("on_tencent", "腾讯上图", "flag", "腾讯地图可查", "否"),
        C("closed_on", "关闭日期", "date", "关闭的日期", "", False),
    ),
    ("station_no",),
    35,
    ordered=(("opened_on", "accepted_on"), ("opened_on", "closed_on")),
)

STATION_VISIT = Source(
    "station_visit",
    "站点月报",
    "各站点每月服务人次",
    (
        C(
            "station_no",
            "站点编号",
            "text",
            "站点的编号",
            "ZD330521-001",
            references=("station", "station_no"),
        ),
        C("month", "月份", "month", "计入当月最后一天", "2023-05"),
        C("visits", "服务人次", "whole", "当月服务人次", "860", least=0, most=200000),
        C("count_method", "计数方式", "code", "人次怎么来的", "登记", codes=codes.COUNT_METHODS),
        C("activities", "活动场次", "whole", "集中暖心服务场次", "1", least=0, most=100),
    ),
    ("station_no", "month"),
    45,
)

STATION_CHECK = Source(
    "station_check",
    "站点检查",
    "按“八有”逐项检查的结果",
    (
        C(
            "station_no",
            "站点编号",
            "text",
            "站点的编号",
            "ZD330521-001",
            references=("station", "station_no"),
        ),
        C("checked_on", "检查日期", "date", "检查的日期", "2023-05-12"),
        C("checker_unit", "检查单位", "text", "实施检查的单位，不填个人姓名", "德清县总工会"),
        *(C(key, label, "flag", "该项是否达到", "是") for key, label in codes.EIGHT_HAVE.items()),
    ),
    ("station_no", "checked_on"),
    190,
)
