"""Facts written into documents between markers; what stands outside of them is the owner's.

<!-- facts: result -->
(replaced)
<!-- end: result -->
"""

import re
from collections.abc import Mapping

from ml_portfolio.config.errors import UserError

BLOCK = re.compile(r"(<!-- facts: (\w+) -->\n).*?(^<!-- end: \2 -->)", re.DOTALL | re.MULTILINE)


def fill(text: str, facts: Mapping[str, str], name: str = "the text") -> str:
    """Return the text with each marked block replaced by the facts of that name, in Markdown.

    A block that the owner deleted stays deleted. Raises UserError where a marker has no facts or no
    end, or occurs twice; `name` is that of the document.
    """
    opened = re.findall(r"<!-- facts: (\w+) -->", text)
    closed = [match[2] for match in BLOCK.finditer(text)]
    for block in opened:
        if block not in facts or opened.count(block) > 1:
            known = ", ".join(facts)
            raise UserError(
                f"{name}: the marker 'facts: {block}' must occur once, one of: {known}."
            )
        if block not in closed:
            raise UserError(f"{name}: '<!-- facts: {block} -->' has no '<!-- end: {block} -->'.")
    return BLOCK.sub(lambda block: f"{block[1]}{facts[block[2]].strip()}\n{block[3]}", text)
