"""口径与来源: how fresh the sources are, what was refused and why, what every figure means."""

from cockpit import handbook, shell, ui
from cockpit.ui.definitions import definitions
from cockpit.ui.downloads import downloads

page = shell.page("handbook")
snapshot = page.snapshot
left, right = ui.columns(8, 4)
with left, page.tile("sources"):
    ui.table(handbook.freshness(snapshot))
    ui.link("walls", "大屏状态：各块大屏是否正常")
    ui.note(f"以{snapshot.clock_date}为今天判断是否过期；○ 未报送，■ 过期，● 正常。")
with right, page.tile("rows"):
    ui.table(handbook.counts(snapshot))
left, right = ui.columns(1, 1)
with left, page.tile("rejections"):
    refused = handbook.rejections(snapshot)
    downloads(page, refused, "退回的行与原因")
    ui.table(refused[["来源", "说明"]], "没有被退回的行。")
with right, page.tile("inputs"):
    ui.table(handbook.inputs(snapshot), "没有输入文件。")
with page.tile("definitions"):
    definitions({name: source.label for name, source in snapshot.sources.items()})
