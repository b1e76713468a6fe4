"""大屏状态: which walls report, what they show, and which are silent, frozen or behind."""

from cockpit import shell, ui
from cockpit.shell import heartbeat
from cockpit.ui import walls

page = shell.page("walls")
with page.tile("walls"):
    walls.listing(heartbeat.walls(), page.snapshot.version)
    ui.note(
        f"当前版本{page.snapshot.version}。大屏地址：本服务的 /wall，"
        "可加参数 screens、seconds、district、period、name。"
    )
