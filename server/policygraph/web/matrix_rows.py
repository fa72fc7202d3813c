"""The rows of the matrix: the bodies with their duties by provision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from .duties import Duty


@dataclass(slots=True)
class Row:
    """A body with its duties by provision; stated: how many provisions the text itself gives it."""

    actor: str
    cells: dict[str, list[Duty]] = field(default_factory=lambda: defaultdict(list))

    @property
    def stated(self) -> int:
        return sum(any(not duty.membership for duty in duties) for duties in self.cells.values())

    @property
    def spread(self) -> int:
        return sum(all(duty.membership for duty in duties) for duties in self.cells.values())


def rows(found: Sequence[Duty], sort: str) -> list[Row]:
    """The bodies in the order in which the text first names them, or those with most provisions first.

    Bodies that are there as members alone stand below their group.
    """
    made: dict[str, Row] = {}
    for duty in sorted(found, key=lambda duty: bool(duty.membership)):
        made.setdefault(duty.actor, Row(duty.actor)).cells[duty.provision].append(duty)
    listed = list(made.values())
    if sort == "count":
        listed.sort(key=lambda row: (-row.stated, -row.spread))
    groups = {row.actor for row in listed}
    below: dict[str, list[Row]] = defaultdict(list)
    for row in listed:
        through = next(iter(row.cells.values()))[0].through
        below["" if row.stated or through not in groups else through].append(row)
    return [each for row in below[""] for each in (row, *below[row.actor])]
