"""Numbers and names as they stand in sentences and tables."""

import math
from typing import TypeGuard

NO_NUMBER = "–"


class Code(str):
    """A name or a value of the data: shown as code, never read as markup."""


def one_line(text: object) -> str:
    return " ".join(str(text).split())


def is_number(value: float | None) -> TypeGuard[float]:
    return value is not None and math.isfinite(value)


def percent(share: float | None, digits: int = 1) -> str:
    """0.759 → 75.9 %; a share of some rows is not rounded to none or to all of them."""
    if not is_number(share):
        return NO_NUMBER
    step = 10.0**-digits
    if 0 < share * 100 < step:
        return f"under {step:g} %"
    if 100 - step < share * 100 < 100:
        return f"over {100 - step:g} %"
    return f"{share * 100:.{digits}f} %"


def percentage_points(difference: float) -> str:
    """A difference of two shares, 0.171 → 17.1 percentage points."""
    return f"{difference * 100:.1f} percentage points"


def significant(value: float | None) -> str:
    """Three digits, or as many as stand before the point: 0.0123, 38.2, 1,235."""
    if not is_number(value):
        return NO_NUMBER
    before = math.floor(math.log10(abs(value))) + 1 if value else 1
    return with_minus(f"{value:,.{max(3 - before, 0)}f}")


def decimals(value: float | None, digits: int = 3) -> str:
    if not is_number(value):
        return NO_NUMBER
    return with_minus(f"{value:,.{digits}f}")


def with_minus(number: str) -> str:
    """With a minus sign in place of the hyphen; -0.000 has none."""
    if not number.strip("-0."):
        number = number.lstrip("-")
    return number.replace("-", "−")


def thousands(count: int) -> str:
    return f"{count:,}"


def tiny(value: float | None) -> str:
    """A number of which only the size matters: 4e-07."""
    return NO_NUMBER if value is None else f"{value:.1g}"


def p_value(p: float | None) -> str:
    if not is_number(p):
        return "p not defined"
    return "p < 0.001" if p < 0.001 else f"p = {p:.2g}"


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
