"""From feeds to items."""

from .feed import FeedError, parse_feed
from .window import within

__all__ = ["FeedError", "parse_feed", "within"]
