"""From ranked items to a newsletter."""

from .render import render
from .select import Section, select

__all__ = ["Section", "render", "select"]
