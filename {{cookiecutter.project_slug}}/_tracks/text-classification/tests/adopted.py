"""A file that this project can adopt."""

import csv


def make_source(folder):
    """Texts of two classes, parted by a semicolon."""
    path = folder / "my data.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["id", "Review", "stars"])
        for place in range(90):
            good = place % 3
            words = "a lovely café, truly" if good else "cold soup; never again"
            writer.writerow([place, f"Visit {place} was {words}", "good" if good else "bad"])
    return path
