"""Prints a newsletter as Markdown."""

from __future__ import annotations

import re
from typing import Sequence

from .select import Section

SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def render(title: str, sections: Sequence[Section]) -> str:
    """One page, ending in a newline; says so when there is nothing to tell."""
    lines = [f"# {_plain(title)}"]
    for section in sections:
        lines += ["", f"## {_plain(section.topic)}", ""]
        for scored in section.scored:
            item = scored.item
            day = f", {item.published:%Y-%m-%d}" if item.published else ""
            name = f"[{_plain(item.title)}](<{item.link}>)" if _is_web(item.link) else _plain(item.title)
            lines.append(f"- {name} ({_plain(item.source)}{day})")
    if not sections:
        lines += ["", "Nothing new in this period."]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """On one line, with Markdown's own characters shown as they are."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _is_web(link: str) -> bool:
    return re.fullmatch(r"https?://[^\s<>]+", link) is not None
