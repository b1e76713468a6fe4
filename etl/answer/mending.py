"""What to do about each kind of sentence."""

from etl.contract import Sentence

# Part of what a sentence says -> what mends it; the first that fits counts.
MENDS = (
    (
        "疑似含有",
        "删去个人信息（本表中已遮盖）；人员标识请在原文件上用 manage.py pseudonymise 换成散列值后重发。",
    ),
    ("人员标识用的密钥", "用全市统一的密钥，在原文件上重新运行 manage.py pseudonymise。"),
    ("仍是退回时遮盖的内容", "重新填写这一格，或把它清空。"),
    ("公式", "在这一格直接填结果（本文件不带公式）。"),
    ("与表头一样长", "把多出的内容并回前面正确的列，再清空多出的格。"),
    ("没有重复的行", "删去这一行；如果本是两条记录，改正其中一条的编号。"),
    ("唯一的", "只留正确的一行，其余删去；如果本是两条记录，改正其中一条的编号。"),
    ("没有被其他区县使用", "核对编号；是本区县的记录，请换一个没有用过的编号。"),
    ("已报送并接受的", "编号写错的，改正编号；没有写错的，把所指的记录先报来或一同报来。"),
    ("以数字存储", "把单元格格式设为“文本”，再按原件重新填写。"),
    ("64位十六进制散列值", "在原文件中填身份证号，再用 manage.py pseudonymise 换成散列值后重发。"),
    ("必填", "在这一格填写；确实没有这条记录的，把整行删去。"),
    ("标题写明的区划", "改正这一格；确是别的区县的记录，从本表删去，由该区县报送。"),
    ("境内的坐标", "核对经度、纬度有没有填反，坐标系有没有选错。"),
    ("不晚于数据截至日", "改正日期；日期没有填错的，改正标题中的“数据截至”。"),
    ("不早于", "核对这一格和前面各步的日期，改正填错的那个。"),
    ("不大于", "核对这两个数，改正填错的那个。"),
    ("下列之一", "从所列的词中选一个，一字不差。"),
    ("下列若干项", "从所列的词中选，一字不差，用顿号隔开。"),
    ("缺少必需的列", "补上所缺的列；表头的字要与模板完全一样。"),
    ("表头", "用模板（manage.py etl template）的表头填写。"),
    ("请", ""),
)


def mend(told: Sentence) -> str:
    """One Chinese sentence; empty when the sentence already says what to do."""
    fitting = (what for part, what in MENDS if part in told.expected)
    return next(fitting, "按此改正这一格。" if told.row is not None else "改正后重发整份文件。")
