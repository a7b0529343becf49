"""A table of text on the terminal."""

import shutil
from collections.abc import Sequence

MAX_ROWS = 80
MAX_WIDTH = 28  # characters of a column, but the last


def show(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns side by side; the last one gets the room that is left."""
    room = max(shutil.get_terminal_size((110, 24)).columns, 80)
    widths = [min(MAX_WIDTH, max(map(len, column))) for column in zip(head, *rows, strict=True)]
    widths[-1] = max(12, room - sum(widths[:-1]) - 2 * len(head))
    for row in [head, *rows[:MAX_ROWS]]:
        cells = (clip(cell, width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    if len(rows) > MAX_ROWS:
        print(f"… and {len(rows) - MAX_ROWS} more")


def clip(cell: str, width: int) -> str:
    flat = " ".join(cell.split())
    return (flat if len(flat) <= width else f"{flat[: width - 1]}…").ljust(width)
