"""大屏状态: which walls report, what they show, and which are silent, frozen or behind."""

from cockpit import shell, ui
from cockpit.shell import front, heartbeat
from cockpit.ui import walls

page = shell.page("walls")
with page.tile("walls"):
    walls.listing(heartbeat.walls(), page.snapshot.version, front.stamp())
    ui.note(
        "大屏地址：本服务的 /wall，可加参数 screens、seconds、district、period、theme、name；"
        "给每块大屏起一个自己的 name，这里才分得清。"
    )
