"""Reads RSS 2.0 and Atom with the standard library."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

from ..item import Item, in_utc

ATOM = "{http://www.w3.org/2005/Atom}"


class FeedError(ValueError):
    """The text is no feed this package reads."""


def parse_feed(text: str, source: str) -> list[Item]:
    """The items of a feed in its own order; entries without a title are left out."""
    # A feed needs no document type, and entities declared in one can grow without bound.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise FeedError(f"{source}: a document type is not accepted")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise FeedError(f"{source}: {error}") from error
    if root.tag == "rss":
        items = [_from_rss(entry, source) for entry in root.iterfind("channel/item")]
    elif root.tag == f"{ATOM}feed":
        items = [_from_atom(entry, source) for entry in root.iterfind(f"{ATOM}entry")]
    else:
        raise FeedError(f"{source}: neither RSS 2.0 nor Atom, but <{root.tag}>")
    return [item for item in items if item.title]


def _from_rss(entry: ElementTree.Element, source: str) -> Item:
    return Item(
        title=_text(entry, "title"),
        link=_text(entry, "link"),
        summary=_text(entry, "description"),
        source=source,
        published=_date(_text(entry, "pubDate")),
    )


def _from_atom(entry: ElementTree.Element, source: str) -> Item:
    link = entry.find(f"{ATOM}link[@rel='alternate']")
    if link is None:
        link = entry.find(f"{ATOM}link")
    return Item(
        title=_text(entry, f"{ATOM}title"),
        link=link.get("href", "") if link is not None else "",
        summary=_text(entry, f"{ATOM}summary") or _text(entry, f"{ATOM}content"),
        source=source,
        published=_date(_text(entry, f"{ATOM}published") or _text(entry, f"{ATOM}updated")),
    )


def _text(entry: ElementTree.Element, path: str) -> str:
    found = entry.find(path)
    return "".join(found.itertext()).strip() if found is not None else ""


def _date(text: str) -> datetime | None:
    """RFC 822 as RSS has it or ISO 8601 as Atom has it; None for anything else."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return in_utc(read(text))
        except (TypeError, ValueError):
            continue
    return None
