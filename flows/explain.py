"""What `dateline explain` shows: where a row comes from, the words that say so, and what was decided against.

Reads the tables only, so that it explains a row as it was published, from any snapshot.
"""

from dataclasses import dataclass
from typing import Any

import duckdb
from rich.console import Group
from rich.table import Table
from rich.text import Text

from flows.errors import errors_in_one_line
from flows.query import open_tables, wide_console
from schemas.vocabulary import TOLL_KINDS
from warehouse.errors import WarehouseError

Row = dict[str, Any]
_MOST_MENTIONS = 20
"""Mentions of an event that are shown, the surest first."""
_STYLES = {
    "trigger": "bold reverse",
    "actor": "bold green",
    "recipient": "bold red",
    "location": "blue",
    "date": "cyan",
}


def explain_and_show(identifier: str, warehouse: str, as_of: int | None) -> None:
    """Show the mention of this id, or all mentions of the event of this id."""
    console = wide_console()
    with errors_in_one_line():
        connection = open_tables(warehouse, as_of)
        mentions = find_mentions(connection, identifier)
        for mention in mentions[:_MOST_MENTIONS]:
            console.print(_page(mention), highlight=False)
        if len(mentions) > _MOST_MENTIONS:
            console.print(f"and {len(mentions) - _MOST_MENTIONS} mentions more, of less confidence")


@dataclass(frozen=True, slots=True)
class Explained:
    """One event mention and all that belongs to it, as rows of the tables."""

    mention: Row
    document: Row
    arguments: list[Row]
    places: list[Row]
    times: list[Row]

    @property
    def sentence(self) -> str:
        """The sentence that reports the event."""
        text: str = self.document["text"]
        return text[self.mention["sentence_start"] : self.mention["sentence_end"]]


def find_mentions(connection: duckdb.DuckDBPyConnection, identifier: str) -> list[Explained]:
    """Return the event mentions of an event_mention_id or an event_id, the surest first.

    Raises:
        WarehouseError: no event or event mention has this id.
    """
    found = _rows(
        connection,
        """
        SELECT m.*, place.name AS place, speaker.name AS speaker
        FROM event_mentions AS m
        LEFT JOIN entities AS place ON place.entity_id = m.place_id
        LEFT JOIN entities AS speaker ON speaker.entity_id = m.attributed_to
        WHERE $id IN (m.event_mention_id, m.event_id)
        ORDER BY m.confidence DESC, m.event_mention_id
        """,
        identifier,
    )
    if not found:
        raise WarehouseError(
            f"expected an event_id or event_mention_id, as the table event_mentions has them, found {identifier!r}"
        )
    return [_explained(connection, mention) for mention in found]


def _explained(connection: duckdb.DuckDBPyConnection, mention: Row) -> Explained:
    (document,) = _rows(connection, "FROM documents WHERE document_id = $id", mention["document_id"])
    arguments = _rows(
        connection,
        """
        SELECT a.*, e.name AS entity FROM event_arguments AS a LEFT JOIN entities AS e USING (entity_id)
        WHERE event_mention_id = $id ORDER BY a.start, a."end" DESC, role
        """,
        mention["event_mention_id"],
    )
    in_sentence = f'start >= {int(mention["sentence_start"])} AND "end" <= {int(mention["sentence_end"])}'
    places = _rows(
        connection,
        f"""
        SELECT surface, entity_id FROM entity_mentions
        WHERE document_id = $id AND entity_type = 'place' AND {in_sentence} ORDER BY start
        """,  # noqa: S608 - two integers of our own
        mention["document_id"],
    )
    times = _rows(
        connection,
        f"SELECT * FROM time_mentions WHERE document_id = $id AND {in_sentence} ORDER BY start",  # noqa: S608 - see above
        mention["document_id"],
    )
    return Explained(mention, document, arguments, places, times)


def _rows(connection: duckdb.DuckDBPyConnection, query: str, identifier: str) -> list[Row]:
    cursor = connection.execute(query, {"id": identifier})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _page(explained: Explained) -> Group:
    mention, document = explained.mention, explained.document
    published = f"{document['published_at']:%Y-%m-%d}" if document["published_at"] else "no date"
    where_from = [document["title"], document["source_id"], published, document["url"]]
    heading = Text(f"event mention {mention['event_mention_id']}, event {mention['event_id'] or 'none'}", style="bold")
    source = Text(", ".join(part for part in where_from if part), style="dim")
    return Group(heading, source, Text(), marked(explained), Text(), _decisions(explained))


def marked(explained: Explained) -> Text:
    """Return the sentence with its spans marked as `{role: words}`; spans of one place share a mark."""
    offset = explained.mention["sentence_start"]
    spans: dict[tuple[int, int], list[str]] = {}
    for start, end, role in _spans(explained):
        spans.setdefault((start - offset, end - offset), []).append(role)
    sentence = explained.sentence
    inside = {span: roles for span, roles in spans.items() if 0 <= span[0] < span[1] <= len(sentence)}
    opens = sorted(inside, key=lambda span: (span[0], -span[1]))
    text = Text()
    for position in range(len(sentence) + 1):
        text.append("}" * sum(span[1] == position for span in opens), style="dim")
        for span in (span for span in opens if span[0] == position):
            text.append("{" + ", ".join(inside[span]) + ": ", style="dim")
        covering = [span for span in opens if span[0] <= position < span[1]]
        innermost = min(covering, key=lambda span: span[1] - span[0], default=None)
        style = _STYLES.get(inside[innermost][0], "underline") if innermost else ""
        text.append(sentence[position : position + 1], style=style)
    return text


def _spans(explained: Explained) -> list[tuple[int, int, str]]:
    mention = explained.mention
    trigger = (mention["trigger_start"], mention["trigger_end"], "trigger")
    return [trigger, *((a["start"], a["end"], a["role"]) for a in explained.arguments)]


def _decisions(explained: Explained) -> Table:
    mention = explained.mention
    table = Table("what", "decided", "how sure", "because", "what lost")
    kind = "/".join(part for part in (mention["event_type"], mention["event_mode"]) if part)
    lost = "\n".join(mention["alternatives"]) or "no other reading in the lexicon"
    table.add_row("type", kind, _share(mention["confidence"]), f"triggers.tsv: {mention['evidence']}", lost)
    table.add_row("whether", mention["modality"], "", "", "")
    if mention["speaker"]:
        table.add_row("who says so", mention["speaker"], "", "", "")
    for role in ("actor", "recipient", "instrument"):
        for argument in (a for a in explained.arguments if a["role"] == role):
            table.add_row(role, argument["entity"] or argument["surface"], "", f"“{argument['surface']}”", "")
    table.add_row("where", mention["place"] or "unknown", *_where(explained))
    days = " to ".join(dict.fromkeys(str(mention[c]) for c in ("occurred_from", "occurred_to") if mention[c]))
    table.add_row("when", days or "unknown", *_when(explained))
    for kind in TOLL_KINDS:
        if mention[f"{kind}_min"] is not None:
            words = ", ".join(f"“{a['surface']}”" for a in explained.arguments if a["role"] == kind)
            so_far = " so far" if mention["toll_is_cumulative"] else ""
            table.add_row(kind, _interval(mention[f"{kind}_min"], mention[f"{kind}_max"]) + so_far, "", words, "")
    return table


def _where(explained: Explained) -> tuple[str, str, str]:
    mention = explained.mention
    chosen = [a for a in explained.arguments if a["role"] == "location"]
    because = ", ".join(f"“{a['surface']}”" for a in chosen)
    if mention["place"] and not because:
        because = "the article says so elsewhere"
    others = dict.fromkeys(p["surface"] for p in explained.places if p["entity_id"] != mention["place_id"])
    return _share(mention.get("place_certainty")), because, ", ".join(others)


def _when(explained: Explained) -> tuple[str, str, str]:
    mention = explained.mention
    chosen = {(a["start"], a["end"]) for a in explained.arguments if a["role"] == "date"}
    because = ", ".join(f"“{a['surface']}”" for a in explained.arguments if a["role"] == "date")
    if mention["occurred_from"] and not because:
        because = "the article says so elsewhere"
    others = [f"{t['surface']} ({t['value']})" for t in explained.times if (t["start"], t["end"]) not in chosen]
    return _share(mention.get("date_certainty")), because, ", ".join(others)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _interval(low: int, high: int | None) -> str:
    return f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"
