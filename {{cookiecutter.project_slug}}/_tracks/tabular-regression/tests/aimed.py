"""A target that this project can learn, for tests of its other columns."""

TARGET = "answer"
WRONG = "red green blue".split()  # what another project is for


def answers(rows: int) -> list[str]:
    return [f"{(place * 37) % 101 / 4 + 1.1:.2f}" for place in range(rows)]
