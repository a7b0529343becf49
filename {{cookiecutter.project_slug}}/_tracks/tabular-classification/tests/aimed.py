"""A target that this project can learn, for tests of its other columns."""

TARGET = "answer"
WRONG = "1.5 2.25 3.125".split()  # what another project is for


def answers(rows: int) -> list[str]:
    return ["yes" if place % 3 else "no" for place in range(rows)]
