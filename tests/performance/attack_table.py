# SPDX-License-Identifier: Apache-2.0
"""Writes what the attacks came to as a page for people."""

from attack_boxes import Results
from attack_scene import ROOT
from escapes.registry import ATTACKS

PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- attacks: begin -->", "<!-- attacks: end -->"
ALL = "all layers"


def table(found: dict[str, Results]) -> str:
    """Counts by class and configuration, then by name what each missing layer lets through. Titles are the keys."""
    titles = list(found)
    lines = [f"| class | tried | {' | '.join(titles)} |", f"|---|---|{'---|' * len(titles)}"]
    for group in dict.fromkeys(attack.group for attack in ATTACKS.values()):
        keys = [key for key, attack in ATTACKS.items() if attack.group == group]
        counts = [_count(found[title], keys) for title in titles]
        lines.append(f"| {group} | {len(keys)} | {' | '.join(counts)} |")
    sums = [f"**{_count(found[title], list(ATTACKS))}**" for title in titles]
    lines += [f"| **together** | **{len(ATTACKS)}** | {' | '.join(sums)} |", ""]
    return "\n".join([*lines, *_named(found)])


def _count(results: Results, keys: list[str]) -> str:
    tried = [key for key in keys if key in results]
    succeeded = sum(results[key][0] for key in tried)
    return f"{succeeded}" if len(tried) == len(keys) else f"{succeeded} of {len(tried)}"


def _named(found: dict[str, Results]) -> list[str]:
    """The attacks that succeed, by name."""
    whole = found.get(ALL, {})
    lines = ["With all layers these succeed:", ""]
    lines += [f"- {ATTACKS[key].name}: {text}" for key, (succeeded, text) in whole.items() if succeeded]
    lines += ["", "What gets through besides when a layer is missing:", ""]
    for title, results in found.items():
        more = [ATTACKS[key].name for key, one in results.items() if one[0] and not whole.get(key, (False, ""))[0]]
        if title.startswith("no ") and title != "no sandbox":
            lines.append(f"- **{title}** ({len(more)}): {'; '.join(more) or 'nothing'}.")
    return lines


def put_into(page: str, text: str) -> str:
    """The page with `text` between its marks. Raises ValueError without them."""
    head, begin, rest = page.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page has no {BEGIN} … {END}")
    return f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}"
