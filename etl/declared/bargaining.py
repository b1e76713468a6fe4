"""Collective contracts with the date of every step, and whom they cover."""

from cockpit import codes
from etl.column import Column as C
from etl.column import Source
from etl.declared.shared_columns import TOWN, uscc

CONTRACT = Source(
    "contract",
    "集体合同",
    "集体合同及协商各步骤的日期",
    (
        C("contract_id", "合同标识", "text", "唯一编号", "HT330521-00001"),
        C("contract_no", "合同编号", "text", "合同上的编号", "德工资协〔2023〕12号"),
        C("scope", "合同范围", "code", "企业、区域或行业", "企业", codes=codes.CONTRACT_SCOPES),
        C("topic", "合同类别", "code", "工资、能级为工资专项", "工资", codes=codes.CONTRACT_TOPICS),
        TOWN,
        uscc("企业合同的企业；区域、行业合同留空", required=False),
        C("offered_on", "要约日期", "date", "发出要约的日期", "2023-02-06"),
        C("replied_on", "答复日期", "date", "对方书面答复的日期", "2023-02-15", False),
        C("drafted_on", "草案日期", "date", "形成合同草案的日期", "2023-03-01", False),
        C("congress_on", "职代会日期", "date", "职代会审议通过的日期", "2023-03-15", False),
        C("signed_on", "签字日期", "date", "双方首席代表签字的日期", "2023-03-17", False),
        C("filed_on", "报送日期", "date", "报送人社部门的日期", "2023-03-22", False),
        C("effective_on", "生效日期", "date", "留空按报送后第15日", "2023-04-06", False, future=True),
        C("announced_on", "公布日期", "date", "向职工公布的日期", "2023-04-10", False),
        C(
            "ends_on",
            "期满日期",
            "date",
            "生效或已报送的必填，当日起不再有效",
            "2024-04-06",
            False,
            future=True,
        ),
        C("terminated_on", "解除日期", "date", "提前解除的日期", "", False),
    ),
    ("contract_id",),
    35,
    ordered=(
        ("offered_on", "replied_on", "drafted_on", "congress_on", "signed_on", "filed_on", "effective_on"),
        ("effective_on", "announced_on"),
        ("effective_on", "ends_on"),
        ("effective_on", "terminated_on"),
    ),
    # Without an end a contract would stay in force for ever.
    needs=(("scope", "enterprise", "uscc"), ("effective_on", None, "ends_on"), ("filed_on", None, "ends_on")),
)

CONTRACT_COVERAGE = Source(
    "contract_coverage",
    "合同覆盖",
    "每份合同覆盖的企业和职工",
    (
        C(
            "contract_id",
            "合同标识",
            "text",
            "合同的编号",
            "HT330521-00001",
            references=("contract", "contract_id"),
        ),
        uscc("被覆盖的企业"),
        C("covered_from", "覆盖开始日期", "date", "留空按合同生效", "", False, future=True),
        C("covered_to", "覆盖结束日期", "date", "当日起不再覆盖；留空按合同期满", "", False, future=True),
        C("workers", "覆盖职工数", "whole", "该企业被覆盖的职工", "120", least=1, most=200000),
    ),
    ("contract_id", "uscc"),
    35,
    ordered=(("covered_from", "covered_to"),),
    # An enterprise contract covers its own firm and no other.
    agrees=(("contract_id", "scope", "enterprise", "uscc"),),
)
