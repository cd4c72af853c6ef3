"""Chooses what a newsletter shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterable

from ..scoring import Scored, words


@dataclass
class Section:
    """What is shown of one topic, in the order given."""

    topic: str
    scored: list[Scored] = field(default_factory=list)


def select(ranked: Iterable[Scored], per_topic: int = 5) -> list[Section]:
    """The first `per_topic` items of each topic, sections in the order of their best item.

    The same news told twice, by link or by title, is shown once; items without a topic are not shown.
    """
    sections: dict[str, Section] = {}
    seen: set[tuple[str, ...]] = set()
    for scored in ranked:
        marks = [("title", *words(scored.item.title))]
        if scored.item.link:
            marks.append(("link", scored.item.link))
        if scored.topic is None or seen.intersection(marks):
            continue
        section = sections.setdefault(scored.topic, Section(scored.topic))
        if len(section.scored) < per_topic:
            section.scored.append(scored)
            seen.update(marks)
    return list(sections.values())
