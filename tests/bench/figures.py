"""What a benchmark found: our figure beside its floor of the same run."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from statistics import median

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Figure:
    """One row. `reach` is the ratio that was promised; `at_most` says on which side of it we must be."""

    what: str
    unit: str
    ours: float
    floor: float
    reach: float
    at_most: bool

    @property
    def ratio(self) -> float:
        """Ours in terms of the floor."""
        return self.ours / self.floor

    @property
    def is_reached(self) -> bool:
        """The promise holds."""
        return self.ratio <= self.reach if self.at_most else self.ratio >= self.reach


def figure(
    what: str, unit: str, ours: Iterable[float], floor: Iterable[float], reach: float, *, at_most: bool = False
) -> Figure:
    """A row from several rounds: their medians."""
    return Figure(what, unit, median(ours), median(floor), reach, at_most)


def show(figures: list[Figure]) -> None:
    """The rows as a table."""
    table = Table("what", "unit", "ours", "floor", "ratio", "reach", "")
    for row in figures:
        side = "≤" if row.at_most else "≥"
        verdict = "reached" if row.is_reached else "NOT REACHED"
        cells = (f"{row.ours:,.2f}", f"{row.floor:,.2f}", f"{row.ratio:.2f}", f"{side} {row.reach}", verdict)
        table.add_row(row.what, row.unit, *cells)
    Console(width=140).print(table)


def as_json(figures: list[Figure]) -> str:
    """The rows for programs."""
    rows = [asdict(row) | {"ratio": row.ratio, "is_reached": row.is_reached} for row in figures]
    return json.dumps(rows, indent=2, ensure_ascii=False)
