"""Features derived from numeric columns: there are none, a review is all that is known."""

from typing import Any

DERIVED: dict[str, Any] = {}
