"""Code lists: stable English code -> what staff write and read.

Workbooks carry the Chinese words, the store and the marts carry the codes, the URL carries the codes,
the screen shows the words again. Order matters where it is a ladder (LEVELS) or a reading order.
"""

YES_NO = {"yes": "是", "no": "否"}

# 学徒工 … 首席技师: position is level_rank 0..7 (新八级工制度).
LEVELS = {
    "apprentice": "学徒工",
    "junior": "初级工",
    "middle": "中级工",
    "senior": "高级工",
    "technician": "技师",
    "senior_technician": "高级技师",
    "special": "特级技师",
    "chief": "首席技师",
}
CHANNELS = {"contest": "竞赛", "training": "培训", "assessment": "自主评价"}
ISSUERS = {"employer": "用人单位", "social": "社会评价组织"}
TRAINING_FORMS = {"offline": "线下", "online": "线上"}
CONTEST_LEVELS = {
    "national": "全国",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "enterprise": "企业",
}

# GB/T 4754-2017 门类
INDUSTRIES = {
    "A": "农、林、牧、渔业",
    "B": "采矿业",
    "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业",
    "E": "建筑业",
    "F": "批发和零售业",
    "G": "交通运输、仓储和邮政业",
    "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业",
    "J": "金融业",
    "K": "房地产业",
    "L": "租赁和商务服务业",
    "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业",
    "O": "居民服务、修理和其他服务业",
    "P": "教育",
    "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业",
    "S": "公共管理、社会保障和社会组织",
    "T": "国际组织",
}
OWNERSHIPS = {
    "state": "国有",
    "collective": "集体",
    "private": "民营",
    "hmt": "港澳台资",
    "foreign": "外资",
}
SIZES = {"lt25": "25人以下", "s25": "25—99人", "s100": "100—499人", "s500": "500人及以上"}
ENTERPRISE_EXITS = {"deregistered": "注销", "moved_out": "迁出"}

CONTRACT_SCOPES = {"enterprise": "企业", "area": "区域", "industry": "行业"}
CONTRACT_TOPICS = {
    "general": "综合",
    "wage": "工资",
    "nengji": "能级",
    "women": "女职工",
    "safety": "安全",
}
COVERAGE_SPLIT = {"single": "仅单签", "area": "仅区域行业", "both": "两者都有", "none": "未覆盖"}
# 浙江省集体合同条例(2010-11-25) 第7、24、34、35条
BARGAIN_STEPS = {
    "reply": "答复（10个工作日内）",
    "congress": "提交职代会（15个工作日内）",
    "filing": "报送人社（签字后10日内）",
    "announce": "公布（生效后5个工作日内）",
}
BARGAIN_STAGES = {
    "offer": "要约",
    "reply": "答复",
    "draft": "草案",
    "congress": "职代会通过",
    "sign": "签字",
    "filing": "报送",
    "effective": "生效",
}

UNION_KINDS = {"single": "单独基层工会", "joint": "联合基层工会", "federation": "工会联合会"}
UNION_METHODS = {
    "single": "单独组建",
    "area": "区域联建",
    "industry": "行业统建",
    "fallback": "兜底建",
    "party": "党群共建",
}
POOLS = {"p100": "百人以上", "p25": "二十五人以上", "above_scale": "规上"}
CLOSE_REASONS = {
    "own_union": "已建会",
    "covered": "被覆盖",
    "left": "注销迁出",
    "too_small": "不足人数",
}
MEMBER_EVENTS = {
    "opening": "期初在册",
    "join": "入会",
    "restore": "恢复会籍",
    "transfer_in": "转入",
    "transfer_out": "转出",
    "leave": "退会",
}
# One person stands in one group only, the first that fits.
MEMBER_GROUPS = {"nef": "新就业形态", "migrant": "农民工", "other": "其他职工"}

STATION_TYPES = {"basic": "基本型", "benchmark": "标杆型", "h24": "24小时智能型"}
PROVISIONS = {"own": "自建", "shared": "共建"}
VENUES = {
    "union": "工会阵地",
    "party": "党群服务中心",
    "bank": "银行网点",
    "telecom": "通信营业厅",
    "community": "社区",
    "street": "沿街商户",
    "other": "其他",
}
FACILITIES = {
    "water": "饮水机",
    "microwave": "微波炉",
    "fridge": "冰箱",
    "aircon": "空调",
    "charging": "充电",
    "wifi": "无线网络",
    "medkit": "药箱",
    "toilet": "卫生间",
    "seat": "桌椅",
    "aed": "AED",
}
CRS = {"cgcs2000": "CGCS2000", "wgs84": "WGS84", "gcj02": "GCJ-02", "bd09": "BD-09"}
COUNT_METHODS = {"counter": "计数器", "register": "登记", "estimate": "估算"}
# 八有
EIGHT_HAVE = {
    "has_sign": "有统一标识名称",
    "has_site": "有合适场地标准",
    "has_facilities": "有健全设施",
    "has_functions": "有完善功能",
    "has_rules": "有规范制度",
    "has_online_map": "有线上地图可查",
    "has_publicity": "有宣传教育",
    "has_activities": "有暖心服务活动",
}
STATUS = {"published": "公开", "reported": "上报", "demo": "演示"}
