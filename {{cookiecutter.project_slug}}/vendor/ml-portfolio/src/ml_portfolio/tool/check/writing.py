"""Is written what only the owner can write?"""

import re
from collections.abc import Mapping

from ml_portfolio.tool.check.findings import Finding, count, shorten

QUESTION = re.compile(r"<!-- Yours to write:\s*(.*?)-->", re.DOTALL)
# The template's default answers to its questions, as they stand in the files.
PLACEHOLDERS = {
    "A machine-learning project from raw data to a served model.": "the description",
    "Your Name": "the author's name",
    "your-username": "the name on GitHub",
}


def questions(documents: Mapping[str, str]) -> Finding:
    """Check for questions to the owner that are still in the documents (texts by path)."""
    places = {name: question_lines(text) for name, text in documents.items()}
    places = {name: lines for name, lines in places.items() if lines}
    if not places:
        return Finding("questions", "ok", "every question in the documents is answered")
    files = [f"{name} ({len(lines)})" for name, lines in places.items()]
    name, lines = next(iter(places.items()))
    return Finding(
        "questions",
        "todo",
        f"{count(sum(map(len, places.values())), 'question')} to you still open: "
        f"{shorten(files, 6)}",
        "Find each 'Yours to write', answer below it, and delete the comment. Begin with "
        f"{name}:{lines[0]}.",
    )


def question_lines(text: str) -> list[int]:
    """Return the lines on which questions begin."""
    return [text.count("\n", 0, match.start()) + 1 for match in QUESTION.finditer(text)]


def placeholders(texts: Mapping[str, str]) -> Finding:
    """Check for default answers of the template (texts by path)."""
    found = [
        f"{meaning} ({name})"
        for words, meaning in PLACEHOLDERS.items()
        for name, text in texts.items()
        if words in text
    ]
    if not found:
        return Finding("placeholders", "ok", "no placeholder of the template is left")
    message = f"placeholders of the template are left: {shorten(found, 6)}"
    return Finding("placeholders", "todo", message, "Replace them with your own words.")
