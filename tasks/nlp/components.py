"""The components of the pipeline, in their order; each reads what those before it left on the document.

    paragraphs  a line feed ends a sentence                       (before the parser)
    lemmas      lemmas of verbs, nouns and adjectives             (`lemmas.py`)
    times       doc._.times: time expressions                     (`times.py`)
    mentions    doc._.mentions: names and described people        (`names.py`, `nominals.py`)
    places      which point each place name means                 (`places.py`)
    identities  who each mention is, pronouns included            (`identity.py` and those it calls, `pronouns.py`)
    events      doc._.events: who did what to whom, grouped       (`story.py` and those it calls)

`doc._.article` tells them what the clean stage knows of the text: publication day, dateline, where the story stands.
Its text may differ from the document's in case (`casing.py`); surfaces are the article's, names the document's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc

from tasks.nlp.asides import place_nationality, places_within, split_nationalities
from tasks.nlp.identity import IdentityResolver
from tasks.nlp.knowledge import load_knowledge
from tasks.nlp.mentions import MentionIndex
from tasks.nlp.names import find_names
from tasks.nlp.nationality import countries_mentioned
from tasks.nlp.nominals import find_nominals
from tasks.nlp.offsets import find_offsets
from tasks.nlp.places import resolve_places
from tasks.nlp.pronouns import find_pronouns
from tasks.nlp.reading import document_entities, draft_event_ids, entity_mentions, event_mention
from tasks.nlp.records import Article, Reading
from tasks.nlp.story import tell_events
from tasks.nlp.times import find_times
from tasks.nlp.unlisted import place_unlisted

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_RUN = 400
"""Tokens without a stop after which a list is cut, since the time that its words take grows with its length."""
_STOPS = frozenset(".!?")


def paragraphs(doc: Doc) -> Doc:
    """Begin a sentence after every line feed, and in endless lists; the parser keeps these borders and finds others."""
    starts, run = [], 0
    fed = True
    for token in doc:
        starts.append(fed or run >= _LONGEST_RUN)
        run = 0 if starts[-1] or token.text in _STOPS else run + 1
        fed = token.is_space and "\n" in token.text
    # All at once: with every token that is set by itself, spaCy looks through the whole document.
    values = np.asarray(starts, dtype=np.uint64).reshape(-1, 1)
    return doc.from_array(["SENT_START"], values)  # type: ignore[arg-type]  # the stub knows only thinc's arrays


def times(doc: Doc) -> Doc:
    """Find the time expressions."""
    article = doc._.article
    found = find_times(doc.text, article.published_on)
    doc._.times = [replace(time, surface=article.text[time.start : time.end]) for time in found]
    return doc


def mentions(doc: Doc) -> Doc:
    """Find names, then the described people and bodies outside them."""
    knowledge = load_knowledge()
    names, nationalities = split_nationalities(find_names(doc, knowledge, doc._.article.published_on))
    named = MentionIndex(list(names))
    asides = [*places_within(doc, names, knowledge), *nationalities]
    doc._.mentions = MentionIndex([*names, *find_nominals(doc, named, knowledge)], asides)
    return doc


def places(doc: Doc) -> Doc:
    """Resolve the place names."""
    index, gazetteer = doc._.mentions, load_knowledge().gazetteer
    found = [m for m in index.mentions if m.entity_type == "place" and m.actor is None]
    found += [m for m in index.asides if not place_nationality(m, gazetteer)]
    resolve_places(doc, found, index, gazetteer, countries_mentioned(doc, index.mentions))
    index.add_offsets(find_offsets(doc, index, gazetteer))
    place_unlisted(doc, index, gazetteer)
    return doc


def identities(doc: Doc) -> Doc:
    """Say who each mention is, then resolve pronouns."""
    index, article = doc._.mentions, doc._.article
    weights = countries_mentioned(doc, index.mentions)
    for mention in index.mentions:
        mention.in_dateline = bool(article.dateline) and doc[mention.start].idx < article.body_start
        if mention.place is not None and mention.country and not mention.in_dateline:
            weights[mention.country] += 1
    IdentityResolver(doc, index, load_knowledge(), weights).resolve()
    for pronoun in find_pronouns(doc, index):
        index.add(pronoun)
    index.mentions.sort(key=lambda mention: (mention.start, mention.end))
    return doc


def events(doc: Doc) -> Doc:
    """Draw up the event mentions of the story and its headline, and group them into events."""
    doc._.events = tell_events(doc)
    return doc


def reading(doc: Doc) -> Reading:
    """Return the records of a document that has passed all components."""
    document_id, drafts, found = doc._.article.document_id, doc._.events, doc._.mentions.recorded()
    text = doc._.article.text
    ids = draft_event_ids(document_id, drafts)
    return Reading(
        document_id,
        doc._.times,
        entity_mentions(doc, found),
        document_entities(found, drafts),
        [event_mention(text, item, ids.get(item.event)) for item in drafts],
    )


def _bare_article(doc: Doc) -> Article:
    """Return what is known of a text that came without an article: nothing but its words."""
    return doc.user_data.get("article") or Article("", doc.text, None, None, None, None, None, 0, len(doc.text))


def _set_article(doc: Doc, article: Article) -> None:
    doc.user_data["article"] = article


COMPONENTS: tuple[Callable[[Doc], Doc], ...] = (times, mentions, places, identities, events)
"""The components after the lemmas, in their order."""

Doc.set_extension("article", getter=_bare_article, setter=_set_article, force=True)
for _name in ("times", "mentions", "encoded", "events"):
    Doc.set_extension(_name, default=None, force=True)
