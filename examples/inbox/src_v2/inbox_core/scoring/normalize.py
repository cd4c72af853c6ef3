"""Brings text to a form in which words can be compared."""

from __future__ import annotations

import html
import re
import unicodedata

TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")


def normalize(text: str) -> str:
    """Plain lower-case text on one line: no markup, no entities, no accents."""
    plain = html.unescape(TAG.sub(" ", text))
    folded = unicodedata.normalize("NFKD", plain.casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def words(text: str) -> list[str]:
    """The words of a text in order; `long-acting` is one word."""
    return WORD.findall(normalize(text).replace("\u2019", "'"))
