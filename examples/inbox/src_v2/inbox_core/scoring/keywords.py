"""Scores items by the keywords of topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence

from ..item import Item
from .normalize import words

TITLE_WEIGHT = 3
SUMMARY_WEIGHT = 1


@dataclass(frozen=True)
class Topic:
    """A section of the newsletter: its keywords, each one word or a phrase, and how much it counts."""

    name: str
    keywords: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Scored:
    """An item with the topic that suits it best; `topic` is None when none does, and `score` is 0 then."""

    item: Item
    topic: str | None
    score: float


def score(item: Item, topics: Sequence[Topic]) -> Scored:
    """Every keyword found counts once for the title and once for the summary. Equal topics: the first wins."""
    title, summary = words(item.title), words(item.summary)
    best = Scored(item, None, 0.0)
    for topic in topics:
        points = sum(
            TITLE_WEIGHT * _contains(title, phrase) + SUMMARY_WEIGHT * _contains(summary, phrase)
            for phrase in (words(keyword) for keyword in topic.keywords)
        )
        if points * topic.weight > best.score:
            best = Scored(item, topic.name, points * topic.weight)
    return best


def rank(items: Iterable[Item], topics: Sequence[Topic]) -> list[Scored]:
    """All items, the best first; the newer one first among equals, and the title decides the rest."""

    def order(scored: Scored) -> tuple[float, float, str]:
        published = scored.item.published
        return (-scored.score, -published.timestamp() if published else 0.0, scored.item.title)

    return sorted((score(item, topics) for item in items), key=order)


def _contains(text: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return size > 0 and any(text[i : i + size] == phrase for i in range(len(text) - size + 1))
