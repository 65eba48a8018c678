"""The closed lists: every value that a coded column may hold, and what it means.

Belongs here: codes that appear in rows. Does not belong here: words of the language (lexicons are in `seeds/`).
"""

from __future__ import annotations

REJECTION_REASONS: dict[str, str] = {
    "unreadable": "the file could not be opened or read",
    "oversized": "larger than the size limit; its bytes are not kept",
    "refused_url": "not fetched: no http or https address, or one with a password, odd characters or no end",
    "refused_address": "not fetched: the name leads to an address that is not public, or is an address oddly spelled",
    "robots": "not fetched: the site's robots.txt disallows it, or could not be read for a fault of the site",
    "budget": "not fetched: the source has used up its requests or its time for this night",
    "deferred": "not fetched: the host wants to be left alone for longer than a run waits",
    "unreachable": "no answer: the name is unknown, the connection failed, or what came is not HTTP",
    "timeout": "no whole answer within the time limit",
    "http_error": "the server answered with an error, or with neither a page nor `not modified`",
    "redirects": "led on and on: more redirects than allowed, in a circle, or to nowhere",
    "truncated": "the answer ended before it was complete",
    "bomb": "its compressed bytes grow beyond all measure; they are not kept",
    "bad_encoding": "its compression is damaged or of an unknown kind",
    "bad_listing": "no feed, sitemap or list of articles, or one that is damaged",
    "not_a_page": "an answer or an archived record that is no page: a picture, a redirect, a reference to another one",
    "empty": "no bytes, or white space only",
    "binary": "not text: holds NUL bytes or the signature of a binary format",
    "undecodable": "no encoding turns the bytes into text",
    "bad_json": "the line is not valid JSON",
    "bad_record": "valid JSON, but not a record with the expected fields",
    "bad_archive": "the compressed file is damaged from here on",
    "no_text": "a page in which no article text was found",
    "too_long": "the article text is longer than one article can be",
    "language": "the article is not in English",  # in rows of versions before 0.3: such articles are documents now
    "repeated": "the same record, byte for byte, stands earlier in the same input",
    "too_slow": "reading it took more time than any article may",
    "parse_failed": "the page or text could not be taken apart",
    "extract_failed": "the language pipeline failed on this article",
}
"""Reason code to meaning, for `rejections.reason`."""

REJECTING_STAGES = ("fetch", "clean", "extract")
"""The stages that may reject a record, for `rejections.stage`."""

ADDRESS_ROLES: dict[str, str] = {
    "listing": "a feed, a sitemap or a list, which names pages",
    "page": "an article's page",
}
"""What an address of a source is for, for `source_state.role`."""

ADDRESS_STATES: dict[str, str] = {
    "done": "answered, or given up",
    "pending": "another night asks for it: over budget, or a fault that may pass",
}
"""Where things stand with an address, for `source_state.state`."""

SOURCE_STATES: dict[str, str] = {
    "ok": "all its listings and files could be read",
    "partial": "some of its listings or files could not be read",
    "down": "none of its listings or files could be read",
}
"""How a source was that night, for `source_health.state`."""

MEDIA_TYPES = ("text/plain", "text/html", "application/json")
"""How the bytes of a record are to be read; `application/json` is one record of a JSONL file."""

ENTITY_TYPES: dict[str, str] = {
    "person": "one named or described human being",
    "organization": "a named body that acts as one: government, army, party, armed group, company",
    "group": "people without a body: militants, civilians, Kurds",
    "place": "country, region, town or facility",
}
"""Entity type to meaning."""

MENTION_KINDS: dict[str, str] = {"name": "a proper name", "nominal": "a description", "pronoun": "a pronoun"}
"""Mention kind to meaning."""

EVENT_TYPES: dict[str, str] = {
    "AGREE": "agree to do or settle something",
    "CONSULT": "meet, visit, talk, negotiate",
    "SUPPORT": "praise, endorse, recognise, defend in words",
    "CONCEDE": "yield to a demand, apologise, ease a policy",
    "COOPERATE": "work together in fact: trade, joint exercises, intelligence shared",
    "AID": "give money, goods, protection, asylum",
    "RETREAT": "withdraw, release, disarm, cease fire, resign",
    "REQUEST": "ask, call for, demand in words",
    "ACCUSE": "accuse, criticise, investigate, allege",
    "REJECT": "refuse, decline, veto, defy in words",
    "THREATEN": "threaten or warn of force, sanctions, protest",
    "PROTEST": "demonstrate, strike, riot",
    "SANCTION": "embargo, expel, break off relations, withdraw support",
    "MOBILIZE": "put forces in place or on alert",
    "COERCE": "seize, arrest, ban, deport, censor, restrict",
    "ASSAULT": "use violence: kill, wound, bomb, shoot, torture",
}
"""PLOVER event type to meaning."""

MODALITIES: dict[str, str] = {
    "asserted": "reported as having happened or happening",
    "historical": "asserted, but as background from long before the article",
    "planned": "intended, announced or expected",
    "demanded": "asked for by somebody",
    "hypothetical": "possible, conditional or feared",
    "negated": "said not to have happened",
}
"""Modality to meaning; an event takes the first of these that one of its mentions has."""

EVENT_MODALITIES = ("asserted", "historical", "planned", "demanded")
"""The modalities whose mentions report an event, strongest first."""

TOLL_KINDS: dict[str, str] = {
    "killed": "killed",
    "wounded": "wounded",
    "kidnapped": "kidnapped or taken hostage",
    "arrested": "arrested or detained",
    "displaced": "driven from their homes",
}
"""What happens to the people whom events count, and how it is described."""

ARGUMENT_ROLES: dict[str, str] = {
    "actor": "who did it",
    "recipient": "to whom it was done",
    "location": "where",
    "date": "when",
    "instrument": "with what",
    **{kind: f"the words that say how many or who were {what}" for kind, what in TOLL_KINDS.items()},
}
"""Argument role to meaning."""

PARTICIPANT_ROLES = ("actor", "recipient")
"""The roles that make an entity a participant of an event."""

DATE_PRECISIONS = ("day", "week", "month", "quarter", "year", "decade")
"""Date precisions, finest first."""

GEO_PRECISIONS = ("exact", "city", "admin2", "admin1", "country")
"""How finely a place is known, finest first."""

RUN_STATES: dict[str, str] = {
    "completed": "every shard and every source was read",
    "incomplete": "some shards failed and are missing, or sources could not be read",
}
"""State of a published run to meaning."""

TIME_ORIGINS: dict[str, str] = {
    "record": "the record's own `published_at` field",
    "listing": "the feed, sitemap or list that named the page",
    "json-ld": "structured data in the page",
    "meta": "a meta tag of the page",
    "time": "a time element of the page",
    "url": "the address of the page",
    "text": "a line of the text, such as `Updated 31 May 2018`",
    "dateline": "the dateline of the text",
    "page": "the visible text of the page",
}
"""How a publication time was found, for `documents.published_origin`."""
