"""What protects a small group of people: the rule is docs/decisions/0012-small-groups.md."""

from dataclasses import dataclass

LEAST = 5  # persons; fewer are a small group


@dataclass(frozen=True)
class Guard:
    """A trait of persons (`split`, a mart column) whose counts may not tell of fewer than LEAST of them.

    of: the indicators, flows or stocks, whose counts decide; codes: the parts looked at, all if empty.
    inside: the guard of a wider question about the same people; where that one is not answered, nor is this.
    why: what makes the trait personal, as the handbook says it.
    """

    split: str
    of: tuple[str, ...]
    why: str
    codes: tuple[str, ...] = ()
    inside: "Guard | None" = None
