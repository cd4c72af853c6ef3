"""The one thing that travels through the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Mapping


@dataclass(frozen=True)
class Item:
    """One entry of a feed. `published` is aware and in UTC; None where the feed gives no date that can be read."""

    title: str
    link: str
    summary: str
    source: str
    published: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON can carry it, the date in ISO 8601."""
        return {
            "title": self.title,
            "link": self.link,
            "summary": self.summary,
            "source": self.source,
            "published": self.published.isoformat() if self.published else None,
        }

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Item:
        """The inverse of `to_dict`; a date without a zone is taken as UTC. Raises ValueError on a missing title."""
        if not fields.get("title"):
            raise ValueError("an item needs a title")
        published = fields.get("published")
        return cls(
            title=str(fields["title"]),
            link=str(fields.get("link", "")),
            summary=str(fields.get("summary", "")),
            source=str(fields.get("source", "")),
            published=in_utc(datetime.fromisoformat(published)) if published else None,
        )


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a naive one is taken to be in UTC already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)
