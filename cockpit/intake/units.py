"""Who sends and who acts: the unions of the city and its counties. Units, never persons."""

from cockpit import districts


def name(code: str | None) -> str:
    """The union of a district; — where no unit is known."""
    return f"{districts.get(code).name}总工会" if code else "—"


def units() -> dict[str, str]:
    """Code -> name, counties first: they send most. None is chosen beforehand: it would be the wrong one."""
    root = districts.ROOT
    return {"": "请选择", **{d.code: name(d.code) for d in (*districts.children(root.code), root)}}


def may_decide(unit: str, sender: str | None) -> bool:
    """Its own upload, or any for the city; None (versions, what the inbox received): the city.

    Against mistakes, no lock: nobody signs in to the page.
    """
    return unit in (sender, districts.ROOT.code)


def places() -> dict[str, str]:
    """Code -> name of the districts that send, the city first."""
    root = districts.ROOT
    return {d.code: d.name for d in (root, *districts.children(root.code))}
