"""填报情况: who has sent what and when, who is late, and by how much."""

from cockpit import handbook, shell, ui
from cockpit.ui import intake_marks, intake_returns

page = shell.page("returns")
intake_marks.ways("returns")
found = handbook.returns(page.snapshot, page.slice.district.code)
left, right = ui.columns(1, 1)
with left, page.tile("rate"):
    intake_returns.rates(found)
with right, page.tile("late"):
    intake_returns.late(found)
with page.tile("matrix"):
    intake_returns.matrix(found)
    ui.note(f"以{page.snapshot.clock_date}为今天；○ 未报送，■ 迟报，● 及时。“收到”是最近一份文件入库的日期。")
