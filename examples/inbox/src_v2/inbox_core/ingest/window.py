"""Which items are of this period."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Iterable

from ..item import Item, in_utc


def within(items: Iterable[Item], end: datetime, days: int) -> list[Item]:
    """Items published in the `days` before `end`, the end included, the start not. Undated items are left out."""
    if days <= 0:
        raise ValueError(f"a window of {days} days holds nothing")
    last = in_utc(end)
    first = last - timedelta(days=days)
    return [item for item in items if item.published and first < item.published <= last]
