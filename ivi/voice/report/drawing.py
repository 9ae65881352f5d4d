# SPDX-License-Identifier: Apache-2.0
"""Small pictures as SVG text: lines over the noise, and bars. They need nothing but this file."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WIDTH, ROW = 720, 22  # pixels
LEFT, RIGHT, TOP, BOTTOM = 200, 60, 44, 40  # pixels around the drawing
COLOURS = (
    *("#1f6f8b", "#d1495b", "#66a182", "#8d6a9f", "#edae49", "#3d405b"),
    *("#8c5e2a", "#5f7c8a", "#a23b72", "#3aa0e0", "#b0b82e", "#e58fb8"),
)
"""As many as there are voices in the largest set with its recordings: no two lines look the same."""
STYLE = "font: 13px sans-serif; fill: #333"


def _picture(height: int, title: str, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="16" y="24" style="font: bold 15px sans-serif; fill: #222">{escape(title)}</text>\n'
    )
    return head + "\n".join(parts) + "\n</svg>\n"


def bars(title: str, values: Mapping[str, float], unit: str = "%", most: float = 100.0) -> str:
    """A bar for each value, in the order given."""
    parts = []
    scale = (WIDTH - LEFT - RIGHT) / most if most else 0.0
    for row, (name, value) in enumerate(values.items()):
        y = TOP + row * ROW
        long = max(0.0, value) * scale
        parts += [
            f'<text x="{LEFT - 8}" y="{y + 14}" text-anchor="end" style="{STYLE}">{escape(name)}</text>',
            f'<rect x="{LEFT}" y="{y + 3}" width="{long:.1f}" height="{ROW - 7}" fill="{COLOURS[0]}"/>',
            f'<text x="{LEFT + long + 6:.1f}" y="{y + 14}" style="{STYLE}">{value:.1f} {unit}</text>',
        ]
    return _picture(TOP + len(values) * ROW + 16, title, parts)


def lines(title: str, marks: Sequence[str], series: Mapping[str, Sequence[float | None]], least: float = 0.0) -> str:
    """A line for each series over the marks of the horizontal axis; values in percent, from `least` to 100.

    A mark at which a series has no value is passed over; a dot stands at each that it has.
    """
    height, left, right = 320, 56, 190
    step = (WIDTH - left - right) / max(1, len(marks) - 1)

    def at(number: int, value: float) -> tuple[float, float]:
        share = (max(least, value) - least) / (100 - least)
        return left + number * step, height - BOTTOM - share * (height - TOP - BOTTOM)

    parts = []
    for tick in range(6):
        value = least + (100 - least) * tick / 5
        _, y = at(0, value)
        parts += [
            f'<line x1="{left}" y1="{y:.1f}" x2="{WIDTH - right}" y2="{y:.1f}" stroke="#dddddd"/>',
            f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end" style="{STYLE}">{value:.0f}</text>',
        ]
    for number, mark in enumerate(marks):
        x, _ = at(number, least)
        parts.append(f'<text x="{x:.1f}" y="{height - 14}" text-anchor="middle" style="{STYLE}">{escape(mark)}</text>')
    for number, (name, values) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        places = [at(place, value) for place, value in enumerate(values) if value is not None]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        y = TOP + 12 + number * 18
        parts += [
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>',
            f'<rect x="{WIDTH - right + 16}" y="{y - 9}" width="12" height="10" fill="{colour}"/>',
            f'<text x="{WIDTH - right + 34}" y="{y}" style="{STYLE}">{escape(name)}</text>',
        ]
    return _picture(height, title, parts)
