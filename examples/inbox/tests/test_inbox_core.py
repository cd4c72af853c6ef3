"""Run from the root: python3 -m unittest discover -s tests"""

import importlib.util
import json
import sys
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src_v2"))

from inbox_core.ingest import FeedError, parse_feed, within  # noqa: E402
from inbox_core.item import Item  # noqa: E402
from inbox_core.newsletter import render, select  # noqa: E402
from inbox_core.scoring import Topic, normalize, rank, score, words  # noqa: E402

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom">
  <entry><title>One</title><link rel="self" href="https://a/self"/><link rel="alternate" href="https://a/1"/>
    <summary type="html">&lt;b&gt;bold&lt;/b&gt;</summary><published>2026-01-10T10:00:00+02:00</published></entry>
  <entry><title/><link href="https://a/2"/></entry>
</feed>"""


def item(title: str, days_ago: float = 1, **fields: str) -> Item:
    published = datetime(2026, 1, 15, tzinfo=timezone.utc) - timedelta(days=days_ago)
    return Item(title, fields.get("link", ""), fields.get("summary", ""), "test", published)


def call(function: str, event: str) -> dict:
    path = ROOT / "src_v2" / "lambdas" / function / "handler.py"
    spec = importlib.util.spec_from_file_location(f"{function}_handler", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.handler(json.loads((ROOT / "scripts" / "events" / event).read_text()), None)


class Ingest(unittest.TestCase):
    def test_atom(self):
        (one,) = parse_feed(ATOM, "a")
        self.assertEqual((one.link, one.summary), ("https://a/1", "<b>bold</b>"))
        self.assertEqual(one.published, datetime(2026, 1, 10, 8, tzinfo=timezone.utc))

    def test_rss_with_a_date_nobody_can_read(self):
        (one,) = parse_feed("<rss><channel><item><title>x</title><pubDate>soon</pubDate></item></channel></rss>", "r")
        self.assertIsNone(one.published)

    def test_no_feed(self):
        for text in ("<html/>", "not xml", '<!DOCTYPE x [<!ENTITY a "a">]><rss/>'):
            with self.subTest(text), self.assertRaises(FeedError):
                parse_feed(text, "bad")

    def test_window_has_one_open_end(self):
        end = datetime(2026, 1, 15, tzinfo=timezone.utc)
        items = [item("end", 0), item("start", 7), item("after", -1), Item("undated", "", "", "test")]
        self.assertEqual([i.title for i in within(items, end, 7)], ["end"])
        with self.assertRaises(ValueError):
            within(items, end, 0)

    def test_items_survive_json(self):
        one = item("x", summary="s")
        self.assertEqual(Item.from_dict(json.loads(json.dumps(one.to_dict()))), one)
        with self.assertRaises(ValueError):
            Item.from_dict({"link": "https://a"})


class Scoring(unittest.TestCase):
    topics = [Topic("Trials", ("phase 3",)), Topic("Deals", ("licence",), 2)]

    def test_normalize(self):
        self.assertEqual(normalize("<p>Caf\u00e9&nbsp;&amp;\n Cr\u00c8me</p>"), "cafe & creme")
        self.assertEqual(words("Long-acting, it\u2019s 3.5%"), ["long-acting", "it's", "3", "5"])

    def test_a_phrase_is_found_whole(self):
        self.assertEqual(score(item("Phase 3 begins", summary="in phase 3"), self.topics).score, 4)
        self.assertIsNone(score(item("Phase 30 begins"), self.topics).topic)

    def test_weight_and_order(self):
        ranked = rank([item("old licence", 3), item("nothing"), item("new licence", 1), item("phase 3")], self.topics)
        self.assertEqual([s.item.title for s in ranked], ["new licence", "old licence", "phase 3", "nothing"])
        self.assertEqual([s.score for s in ranked], [6, 6, 3, 0])


class Newsletter(unittest.TestCase):
    topics = [Topic("Deals", ("licence",))]

    def test_the_same_news_once(self):
        twice = [item("A licence", link="https://a"), item("a LICENCE!", link="https://b"), item("no topic")]
        twice.append(item("licence, other title", link="https://a"))
        (section,) = select(rank(twice, self.topics))
        self.assertEqual(len(section.scored), 1)

    def test_limit(self):
        (section,) = select(rank([item(f"licence {n}") for n in range(9)], self.topics), per_topic=4)
        self.assertEqual([s.item.title for s in section.scored], [f"licence {n}" for n in range(4)])

    def test_markdown_is_escaped(self):
        page = render("T", select(rank([item("a *licence* [x]", link="javascript:alert(1)")], self.topics)))
        self.assertIn("- a \\*licence\\* \\[x\\] (test, 2026-01-14)", page)
        self.assertIn("Nothing new", render("T", []))


class Handlers(unittest.TestCase):
    def test_ingest(self):
        answer = call("ingest", "ingest-feed.json")
        self.assertEqual([i["title"] for i in answer["items"]], ["Long-acting insulin enters phase 3"])
        self.assertEqual((answer["statusCode"], answer["problems"]), (200, []))

    def test_normalize_score(self):
        answer = call("normalize_score", "normalize-score-items.json")
        self.assertEqual([s["topic"] for s in answer["scores"]], ["Trials", "Partnerships"])
        self.assertIn("- [Long-acting insulin enters phase 3](<https://example.com/insulin>)", answer["newsletter"])


if __name__ == "__main__":
    unittest.main()
