"""数据上报: files are sent, judged at once, and published only after a second look."""

from cockpit import intake, shell, ui
from cockpit.shell import data
from cockpit.ui import intake_decide, intake_list, intake_marks, intake_send

page = shell.page("intake", also=("unit", "pending", "file"))
root, snapshot = data.root(), page.snapshot
intake_marks.ways("intake")
left, right = ui.columns(4, 8)
with left, page.tile("send"):
    unit = page.choice("unit", "报送单位", intake.units())
    intake_send.sender(root, unit)
    intake_send.templates(
        root, unit, snapshot.version, {name: source.label for name, source in snapshot.sources.items()}
    )
chosen = intake_list.asked(root, unit)
with right, page.tile("pendings"):
    intake_list.listing(root, unit, chosen)
with page.tile("verdict"):
    intake_decide.verdict(root, chosen, unit, snapshot.version)
