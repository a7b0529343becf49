"""What only the owner can write: is it written, and is nothing left of the template's words?"""

import re
from pathlib import Path

from .findings import Finding, count, shorten
from .project import Project, read

QUESTION = re.compile(r"<!-- Yours to write:\s*(.*?)-->", re.DOTALL)
# The template's default answers to its questions, as they stand in the files.
PLACEHOLDERS = {
    "A machine-learning project from raw data to a served model.": "the description",
    "Your Name": "the author's name",
    "your-username": "the name on GitHub",
}
FILES = ("README.md", "LICENSE", "pyproject.toml", "data/source.yaml")


def questions(project: Project) -> list[Finding]:
    """The places where an owner is asked and has not answered."""
    open_ones = [place for name, text in project.documents.items() for place in asked(name, text)]
    if not open_ones:
        return [Finding("questions", "holds", "every question that the documents ask is answered")]
    counts: dict[str, list[str]] = {}
    for place in open_ones:
        counts.setdefault(place.split(":")[0], []).append(place)
    where = [f"{name} ({len(places)})" for name, places in counts.items()]
    return [
        Finding(
            "questions",
            "mend",
            f"{count(len(open_ones), 'question')} to you still open: {shorten(where, 6)}",
            "Find each 'Yours to write', answer below it, and delete the comment. Begin with "
            f"{open_ones[0]}.",
        )
    ]


def asked(name: str, text: str) -> list[str]:
    """The places of open questions in a document: README.md:12."""
    return [f"{name}:{text.count(chr(10), 0, at.start()) + 1}" for at in QUESTION.finditer(text)]


def placeholders(project: Project) -> list[Finding]:
    """Words that the template put in where nothing was answered."""
    texts = {name: read(Path(name)) for name in FILES}
    found = [
        f"{what} ({name})"
        for words, what in PLACEHOLDERS.items()
        for name, text in texts.items()
        if words in text
    ]
    if not found:
        return [Finding("placeholders", "holds", "no words of the template stand in for yours")]
    said = f"placeholders of the template are left: {shorten(found, 6)}"
    return [Finding("placeholders", "mend", said, "Replace them with your own words.")]
