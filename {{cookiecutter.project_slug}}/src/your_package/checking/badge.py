"""A badge for README.md: a picture in the repository, so that no server is asked for it."""

LABEL = "ready to show"
LETTER, MARGIN = 7, 10  # pixels
OPEN, DONE = "#57606a", "#1a7f37"  # white words on them can be read well
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" aria-label="{said}">
<title>{said}</title>
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


def draw(left_to_do: int) -> str:
    """The picture, as SVG."""
    value = f"{left_to_do} to do" if left_to_do else "yes"
    left, right = (LETTER * len(words) + MARGIN for words in (LABEL, value))
    return SVG.format(
        said=f"{LABEL}: {value}",
        label=LABEL,
        value=value,
        colour=OPEN if left_to_do else DONE,
        width=left + right,
        left=left,
        right=right,
        label_at=left // 2,
        value_at=left + right // 2,
    )
