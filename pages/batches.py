"""来文与版本: every file ever taken in, every version published from them, and who did what."""

from cockpit import intake, shell, ui
from cockpit.shell import data
from cockpit.ui import intake_ledger, intake_marks, intake_versions

page = shell.page("batches", also=("unit", "of", "batch", "target"))
root = data.root()
intake_marks.ways("batches")
labels = {name: source.label for name, source in page.snapshot.sources.items()}
batches = intake.batches(root)
for lost in intake.spoilt(root):
    intake_marks.sentence(lost)
left, right = ui.columns(8, 4)
with left, page.tile("batches"):
    sender = page.choice("of", "哪个区县", {"": "全部", **intake.places()})
    intake_ledger.batches([one for one in batches if sender in ("", one.district)], labels)
with right, page.tile("batch"):
    unit = page.choice("unit", "操作单位", intake.units())
    intake_ledger.batch(root, batches, unit, labels)
left, right = ui.columns(1, 1)
with left, page.tile("versions"):
    intake_versions.versions(root, unit)
with right, page.tile("log"):
    intake_versions.log(root)
