"""周报: the packs that were made, to download, and one more made now."""

from cockpit import districts, shell
from cockpit.shell import data
from cockpit.ui import packs

page = shell.page("weekly", also=("place",))
with page.tile("make"):
    places = [districts.ROOT, *districts.children(districts.ROOT.code)]
    district = page.choice("place", "哪个区划", {place.code: place.name for place in places})
    packs.maker(data.root(), district)
with page.tile("packs"):
    packs.listing(data.root())
