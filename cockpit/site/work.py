"""Pages that show no indicator: what staff work with."""

from cockpit.site.page import Page, Tile

WEEKLY = Page(
    "weekly",
    "周报",
    ":material/summarize:",
    tiles=(Tile("make", "做一份最近整周的周报"), Tile("packs", "已做好的周报")),
)
INTAKE = Page(
    "intake",
    "数据上报",
    ":material/upload_file:",
    tiles=(Tile("send", "选文件上报"), Tile("pendings", "待确认的上报"), Tile("verdict", "检查结果")),
)
RETURNS = Page(
    "returns",
    "填报情况",
    ":material/checklist:",
    tiles=(
        Tile("rate", "填报及时率"),
        Tile("late", "迟报和未报"),
        Tile("matrix", "各来源、各区县报到哪一天"),
    ),
    menu=False,
)
BATCHES = Page(
    "batches",
    "来文与版本",
    ":material/history:",
    tiles=(
        Tile("batches", "收到的文件"),
        Tile("batch", "选中的文件"),
        Tile("versions", "发布过的版本"),
        Tile("log", "操作记录"),
    ),
    menu=False,
)
HANDBOOK = Page(
    "handbook",
    "口径与来源",
    ":material/fact_check:",
    tiles=(
        Tile("sources", "来源与新鲜度"),
        Tile("rows", "读到、接收与退回的行"),
        Tile("rejections", "退回的行与原因"),
        Tile("inputs", "本版本的输入文件"),
        Tile("definitions", "指标口径"),
    ),
)
WALLS = Page("walls", "大屏状态", ":material/tv:", tiles=(Tile("walls", "大屏"),), menu=False)
WORK = (WEEKLY, INTAKE, RETURNS, BATCHES, HANDBOOK, WALLS)
