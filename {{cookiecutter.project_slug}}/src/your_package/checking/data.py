"""The data: whose they are, and who may use them."""

import re

from ..errors import command
from . import sample
from .findings import Finding
from .project import SOURCE, Project

NOTHING = re.compile(r"\W*(none|unknown|todo|tbd|n/?a|-|\?)?\W*", re.IGNORECASE)


def own_data(project: Project) -> list[Finding]:
    """Whether the data are still those that the project came with."""
    source = project.source
    title = str(source.get("title", "")) or "no title"
    if not source:
        return [Finding("own-data", "unseen", f"{SOURCE.as_posix()} is missing or damaged")]
    if source.get("sha256") == sample.SHA256:
        said = f"the data are still the template's sample: {title}"
    elif source.get("url") == sample.URL:
        said = f"the data are a changed copy of the template's sample: {title}"
    else:
        return [Finding("own-data", "holds", f"the data are your own choice: {title}")]
    return [
        Finding(
            "own-data",
            "mend",
            said,
            "Readers look for a problem of your own. Put its data in place of these: uv run "
            f"{command()} adopt SOURCE",
        )
    ]


def licence(project: Project) -> list[Finding]:
    """Whether it is said what others may do with the data, and whom to thank."""
    missing = [
        key
        for key in ("licence", "url", "citation")
        if NOTHING.fullmatch(str(project.source.get(key) or ""))
    ]
    if not missing:
        return [Finding("data-licence", "holds", f"data licence: {project.source['licence']}")]
    return [
        Finding(
            "data-licence",
            "mend",
            f"{SOURCE.as_posix()} does not say: {', '.join(missing)}",
            "Look it up where the data come from. Without a licence, ask before you publish them.",
        )
    ]
