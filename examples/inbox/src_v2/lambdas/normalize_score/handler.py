"""Ranks items by topic and answers with the newsletter."""

from __future__ import annotations

from typing import Any

from inbox_core.item import Item
from inbox_core.newsletter import render, select
from inbox_core.scoring import Topic, rank


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`items` as `ingest` answers them; `topics`: `{name, keywords, weight?}` each; `title` and `perTopic` (5) if wanted."""
    topics = [
        Topic(topic["name"], tuple(topic["keywords"]), float(topic.get("weight", 1)))
        for topic in event.get("topics", [])
    ]
    ranked = rank((Item.from_dict(item) for item in event.get("items", [])), topics)
    sections = select(ranked, int(event.get("perTopic", 5)))
    return {
        "statusCode": 200,
        "scores": [{"title": s.item.title, "topic": s.topic, "score": s.score} for s in ranked],
        "newsletter": render(event.get("title", "Inbox"), sections),
    }
