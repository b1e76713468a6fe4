"""Certificates, trainings and contests."""

from cockpit import codes
from etl.column import Column as C
from etl.column import Source
from etl.declared.shared_columns import TOWN

CERTIFICATE = Source(
    "certificate",
    "技能证书",
    "职业技能等级证书，一本一行",
    (
        C("certificate_no", "证书编号", "text", "证书上的编号", "Y000033050001231000012"),
        C("person_key", "人员标识", "person_key", "在外部用密钥生成的散列值，不是身份证号", "0" * 64),
        TOWN,
        C("industry", "行业门类", "code", "所在单位的行业", "制造业", codes=codes.INDUSTRIES),
        C("occupation_code", "职业编码", "text", "国家职业分类编码", "6-18-01-01"),
        C("occupation", "职业名称", "text", "职业（工种）名称", "车工"),
        C("level", "技能等级", "code", "学徒工至首席技师", "高级工", codes=codes.LEVELS),
        C("issued_on", "发证日期", "date", "不是考试日期", "2023-05-18"),
        C("issuer", "评价机构类型", "code", "发证机构类型", "用人单位", codes=codes.ISSUERS),
        C("channel", "取得渠道", "code", "通过什么取得", "培训", codes=codes.CHANNELS),
        C("nef", "新业态", "flag", "是否新就业形态劳动者", "否"),
    ),
    ("certificate_no",),
    35,
)

TRAINING = Source(
    "training",
    "培训",
    "技能培训，一期一行",
    (
        C("training_id", "培训编号", "text", "唯一编号", "PX330521-0001"),
        C("name", "培训名称", "text", "课程或班次名称", "电工技能提升班"),
        TOWN,
        C("held_on", "开班日期", "date", "开班的日期", "2023-04-10"),
        C("form", "形式", "code", "线上播放量不计人次", "线下", codes=codes.TRAINING_FORMS),
        C("attendances", "培训人次", "whole", "到课人次", "120", least=1, most=20000),
    ),
    ("training_id",),
    35,
)

CONTEST = Source(
    "contest",
    "竞赛",
    "职业技能竞赛，一场一行",
    (
        C("contest_id", "竞赛编号", "text", "唯一编号", "JS330521-0001"),
        C("name", "竞赛名称", "text", "竞赛的名称", "数控车工技能竞赛"),
        TOWN,
        C("held_on", "举办日期", "date", "决赛日期", "2023-05-20"),
        C("level", "级别", "code", "主办单位的级别", "县级", codes=codes.CONTEST_LEVELS),
        C("entries", "参赛人次", "whole", "参赛人次", "52", least=1, most=20000),
    ),
    ("contest_id",),
    35,
)
