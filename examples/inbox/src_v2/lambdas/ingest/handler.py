"""Reads feeds and answers with the items of the period."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from inbox_core.ingest import FeedError, parse_feed, within


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`feeds`: `{name, text}` or `{name, url}` each; `days` (7) before `until` (now). A bad feed does not stop the others."""
    until = event.get("until")
    end = datetime.fromisoformat(until) if until else datetime.now(timezone.utc)
    items, problems = [], []
    for feed in event.get("feeds", []):
        try:
            items += parse_feed(feed.get("text") or _fetch(feed["url"]), feed["name"])
        except (FeedError, OSError) as error:
            problems.append(str(error))
    kept = within(items, end, int(event.get("days", 7)))
    return {"statusCode": 200, "items": [item.to_dict() for item in kept], "problems": problems}


def _fetch(url: str) -> str:
    # Imported when needed: a smoke test with inline feeds measures this function, not its dependencies.
    import requests

    response = requests.get(url, timeout=10)
    response.raise_for_status()
    return response.text
