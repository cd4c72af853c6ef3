"""From items to ranked items."""

from .keywords import Scored, Topic, rank, score
from .normalize import normalize, words

__all__ = ["Scored", "Topic", "normalize", "rank", "score", "words"]
