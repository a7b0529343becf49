"""Are the data the owner's choice, and may they be used?"""

import re
from collections.abc import Mapping
from typing import Any

from ml_portfolio.config.errors import command_name
from ml_portfolio.config.paths import SOURCE
from ml_portfolio.tool.check.findings import Finding

EMPTY = re.compile(r"\W*(none|unknown|todo|tbd|n/?a|-|\?)?\W*", re.IGNORECASE)


def own_data(source: Mapping[str, Any]) -> Finding:
    """Check whether the data are still those that the project came with (`sample: true`)."""
    name, title = "own-data", source.get("title") or "no title"
    if not source:
        return Finding(name, "unknown", f"{SOURCE.as_posix()} is missing or damaged")
    if source.get("sample") is not True:
        return Finding(name, "ok", f"the data are your own choice: {title}")
    return Finding(
        name,
        "todo",
        f"the data are still the template's sample: {title}",
        "Readers look for a problem of your own. Replace the sample with its data: uv run "
        f"{command_name()} adopt SOURCE",
    )


def licence(source: Mapping[str, Any]) -> Finding:
    """Check whether source, licence and citation of the data are stated."""
    keys = ("licence", "url", "citation")
    missing = [key for key in keys if EMPTY.fullmatch(str(source.get(key) or ""))]
    if not missing:
        return Finding("data-licence", "ok", f"data licence: {source['licence']}")
    return Finding(
        "data-licence",
        "todo",
        f"{SOURCE.as_posix()} does not state: {', '.join(missing)}",
        "Look it up where the data come from. Without a licence, ask before you publish them.",
    )
