"""The register of enterprises, which most other sources refer to."""

from cockpit import codes
from etl.column import Column as C
from etl.column import Source
from etl.declared.shared_columns import TOWN, uscc

ENTERPRISE = Source(
    "enterprise",
    "企业",
    "辖区内的用人单位名录，注销、迁出的也保留",
    (
        uscc("企业的18位统一社会信用代码", known=False),
        C("name", "企业名称", "text", "营业执照上的名称", "示例纺织有限公司"),
        TOWN,
        C("industry", "行业门类", "code", "GB/T 4754 门类", "制造业", codes=codes.INDUSTRIES),
        C("ownership", "所有制", "code", "登记的经济类型", "民营", codes=codes.OWNERSHIPS),
        C("employees", "职工人数", "whole", "在岗职工，含劳务派遣", "120", least=0, most=200000),
        C("employees_on", "人数截至日期", "date", "职工人数的时点", "2023-06-30"),
        C("above_scale_years", "规上年度", "years", "列入规上名单的年度，逐年冻结", "2022、2023", False),
        C("reform_pilot", "产改试点", "flag", "是否产业工人队伍建设改革试点", "否"),
        C("opened_on", "成立日期", "date", "营业执照上的成立日期", "2015-03-01"),
        C("closed_on", "注销迁出日期", "date", "注销或迁出的日期", "", False),
        C("exit", "退出原因", "code", "注销或迁出", "", False, codes=codes.ENTERPRISE_EXITS),
    ),
    ("uscc",),
    100,
    ordered=(("opened_on", "closed_on"),),
    needs=(("closed_on", None, "exit"), ("exit", None, "closed_on")),
)
