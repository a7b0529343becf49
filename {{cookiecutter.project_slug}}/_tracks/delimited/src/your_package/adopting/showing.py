"""A table of words on the terminal."""

import shutil
from collections.abc import Sequence

MOST = 80  # lines


def show(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns side by side; the last one gets what room is left."""
    room = max(shutil.get_terminal_size((110, 24)).columns, 80)
    widest = [min(28, max(len(row[place]) for row in [head, *rows])) for place in range(len(head))]
    widest[-1] = max(12, room - sum(widest[:-1]) - 2 * len(head))
    for row in [head, *rows[:MOST]]:
        cells = (clip(cell, width) for cell, width in zip(row, widest, strict=True))
        print("  ".join(cells).rstrip())
    if len(rows) > MOST:
        print(f"… and {len(rows) - MOST} more")


def clip(cell: str, width: int) -> str:
    flat = " ".join(cell.split())
    return (flat if len(flat) <= width else f"{flat[: width - 1]}…").ljust(width)
