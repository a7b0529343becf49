"""A badge for README.md: an image in the repository, so that no server is needed for it."""

LABEL = "ready to show"
LETTER, MARGIN = 7, 10  # pixels
OPEN, DONE = "#57606a", "#1a7f37"  # dark enough for white letters
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{text}">
<title>{text}</title>
<clipPath id="round"><rect width="{width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)">
<rect width="{width}" height="20" fill="#24292f"/>
<rect x="{left}" width="{right}" height="20" fill="{colour}"/>
</g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
<text x="{label_at}" y="14">{label}</text>
<text x="{value_at}" y="14">{value}</text>
</g>
</svg>
"""


def draw_badge(open_findings: int) -> str:
    """Return the badge as SVG."""
    value = f"{open_findings} to do" if open_findings else "yes"
    left, right = (LETTER * len(words) + MARGIN for words in (LABEL, value))
    return SVG.format(
        text=f"{LABEL}: {value}",
        label=LABEL,
        value=value,
        colour=OPEN if open_findings else DONE,
        width=left + right,
        left=left,
        right=right,
        label_at=left // 2,
        value_at=left + right // 2,
    )
