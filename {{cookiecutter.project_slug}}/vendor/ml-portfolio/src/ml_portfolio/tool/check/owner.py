"""What only the owner can give: data of their own, with a licence, and answers to questions."""

import re
from collections.abc import Mapping

from ml_portfolio.config.errors import command_name
from ml_portfolio.config.paths import SOURCE
from ml_portfolio.tool.check.findings import Content, Finding, count, shorten

EMPTY = re.compile(r"\W*(none|unknown|todo|tbd|n/?a|-|\?)?\W*", re.IGNORECASE)
QUESTION = re.compile(r"<!-- Yours to write:\s*(.*?)-->", re.DOTALL)
# The template's default answers to its questions, as they stand in the files.
PLACEHOLDERS = {
    "A machine-learning project from raw data to a served model.": "the description",
    "Your Name": "the author's name",
    "your-username": "the name on GitHub",
}


def own_data(source: Content) -> Finding:
    """Check whether the data are still those that the project came with (`sample: true`)."""
    title = source.get("title") or "no title"
    if not source:
        return Finding("unknown", f"{SOURCE.as_posix()} is missing or damaged")
    if source.get("sample") is not True:
        return Finding("ok", f"the data are your own choice: {title}")
    advice = "Readers look for a problem of your own. Replace the sample with its data: uv run "
    advice += f"{command_name()} adopt SOURCE"
    return Finding("todo", f"the data are still the template's sample: {title}", advice)


def licence(source: Content) -> Finding:
    """Check whether source, licence and citation of the data are stated."""
    keys = ("licence", "url", "citation")
    missing = [key for key in keys if EMPTY.fullmatch(str(source.get(key) or ""))]
    if not missing:
        return Finding("ok", f"data licence: {source['licence']}")
    advice = "Look it up where the data come from. Without a licence, ask before you publish them."
    return Finding("todo", f"{SOURCE.as_posix()} does not state: {', '.join(missing)}", advice)


def questions(documents: Mapping[str, str]) -> Finding:
    """Check for questions to the owner that are still in the documents (texts by path)."""
    lines = {
        path: [text.count("\n", 0, match.start()) + 1 for match in QUESTION.finditer(text)]
        for path, text in documents.items()
        if QUESTION.search(text)
    }
    if not lines:
        return Finding("ok", "every question in the documents is answered")
    number = count(sum(map(len, lines.values())), "question")
    files = shorten([f"{path} ({len(found)})" for path, found in lines.items()], 6)
    path, found = next(iter(lines.items()))
    advice = "Find each 'Yours to write', answer below it, and delete the comment. Begin with "
    return Finding("todo", f"{number} to you still open: {files}", f"{advice}{path}:{found[0]}.")


def placeholders(texts: Mapping[str, str]) -> Finding:
    """Check for default answers of the template (texts by path)."""
    found = [
        f"{meaning} ({path})"
        for words, meaning in PLACEHOLDERS.items()
        for path, text in texts.items()
        if words in text
    ]
    if not found:
        return Finding("ok", "no placeholder of the template is left")
    message = f"placeholders of the template are left: {shorten(found, 6)}"
    return Finding("todo", message, "Replace them with your own words.")
