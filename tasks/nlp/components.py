"""The components of the pipeline, in their order; each reads what those before it left on the document.

    paragraphs  a line feed ends a sentence                       (before the parser)
    lemmas      lemmas of verbs, nouns and adjectives             (`lemmas.py`)
    times       doc._.times: time expressions                     (`times.py`)
    mentions    doc._.mentions: names and described people        (`names.py`, `nominals.py`)
    places      which point each place name means                 (`places.py`)
    identities  who each mention is, pronouns included            (`identity.py` and those it calls, `pronouns.py`)
    events      doc._.events: who did what to whom, grouped       (`triggers.py`, `scoring.py`, `drafts.py`,
                                                                   `grouping.py`, `particular.py`)

`doc._.article` tells them what the clean stage knows of the text: publication day, dateline, where the story stands.
Its text may differ from the document's in case (`casing.py`); surfaces are the article's, names the document's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc

from tasks.nlp.asides import place_nationality, places_within, split_nationalities
from tasks.nlp.casualties import is_tally
from tasks.nlp.confidence import calibrate, without_doubtful
from tasks.nlp.dating import dated_tokens
from tasks.nlp.drafts import draft
from tasks.nlp.grouping import group, without_bare_words
from tasks.nlp.identity import IdentityResolver
from tasks.nlp.knowledge import load_knowledge
from tasks.nlp.mentions import MentionIndex
from tasks.nlp.names import find_names
from tasks.nlp.narrative import continue_story
from tasks.nlp.nationality import countries_mentioned
from tasks.nlp.nominals import find_nominals
from tasks.nlp.offsets import find_offsets
from tasks.nlp.particular import mark_general
from tasks.nlp.places import resolve_places
from tasks.nlp.pronouns import find_pronouns
from tasks.nlp.reading import document_entities, draft_event_ids, entity_mentions, event_mention, share_settings
from tasks.nlp.records import Article, Reading
from tasks.nlp.scoring import LexiconScorer, find_candidates
from tasks.nlp.settings import country_in_focus, share_places
from tasks.nlp.shared_tolls import count_known, mark_totals, share_tolls, tell_of_none
from tasks.nlp.times import find_times
from tasks.nlp.unlisted import place_unlisted
from tasks.nlp.where import Scenes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tasks.nlp.drafts import EventDraft

_LONGEST_SENTENCE = 300
"""Tokens; what is longer is a table or a list, in which nobody does anything to anybody."""
_LONGEST_RUN = 400
"""Tokens without a stop after which a list is cut, since the time that its words take grows with its length."""
_STOPS = frozenset(".!?")
_LEAST_LIKELIHOOD = 0.18
"""Candidates below this are no events."""
_LEAST_OF_TOLL = 0.15
"""What counts people may be less likely, where it proves to tell of an event that is likely."""
_LEAST_OF_UNDONE = 0.04
"""What was only planned, demanded or denied is kept with less: it is seldom the news of its sentence."""
_SCORER = LexiconScorer()


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
    article, index = doc._.article, doc._.mentions
    dated, scenes = dated_tokens(doc, doc._.times, article.published_on), Scenes(doc, index)
    drafts = []
    for candidate in find_candidates(doc, index, _SCORER):
        likely = candidate.likelihood >= _LEAST_OF_UNDONE and len(candidate.token.sent) <= _LONGEST_SENTENCE
        if likely and _in_story(candidate.token.idx, article):
            found = draft(candidate, _SCORER, scenes, dated, article.published_on)
            least = _LEAST_OF_TOLL if found.tolls else _least(found)
            if candidate.likelihood >= least and (found.tolls or not is_tally(candidate)):
                drafts.append(found)
    order = {sentence.start: number for number, sentence in enumerate(doc.sents)}
    mark_totals(drafts)
    count_known(drafts)
    group(drafts, order)
    mark_general(drafts)
    tell_of_none(drafts, order)
    drafts = list(without_bare_words(list(_likely(drafts))))
    share_settings(drafts, article.published_on)
    continue_story(doc, drafts, dated, article.published_on)
    share_settings(drafts, article.published_on)
    focus = country_in_focus(index, countries_mentioned(doc, index.mentions), load_knowledge().gazetteer)
    share_places(drafts, focus, order)
    calibrate(drafts)
    share_tolls(drafts)
    without_doubtful(drafts)
    doc._.events = drafts
    return doc


def _likely(drafts: Sequence[EventDraft]) -> Iterator[EventDraft]:
    """Yield the mentions that are likely by themselves, or as a toll of an event that is: `14 people died when`."""
    likely = [draft for draft in drafts if draft.candidate.likelihood >= _least(draft)]
    sure = {draft.event for draft in likely if draft.event is not None}
    yield from (draft for draft in drafts if draft.candidate.likelihood >= _least(draft) or draft.event in sure)


def _least(draft: EventDraft) -> float:
    return _LEAST_LIKELIHOOD if draft.modality in {"asserted", "historical"} else _LEAST_OF_UNDONE


def _in_story(offset: int, article: Article) -> bool:
    in_title = (
        article.title_start is not None
        and article.title_end is not None
        and article.title_start <= offset < article.title_end
    )
    return in_title or article.body_start <= offset < article.body_end


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
        [event_mention(text, item, ids[item.event] if item.event is not None else None) for item in drafts],
    )


def _bare_article(doc: Doc) -> Article:
    """Return what is known of a text that came without an article: nothing but its words."""
    return doc.user_data.get("article") or Article("", doc.text, None, None, None, None, None, 0, len(doc.text))


def _set_article(doc: Doc, article: Article) -> None:
    doc.user_data["article"] = article


COMPONENTS: tuple[Callable[[Doc], Doc], ...] = (times, mentions, places, identities, events)
"""The components after the lemmas, in their order."""

Doc.set_extension("article", getter=_bare_article, setter=_set_article, force=True)
for _name in ("times", "mentions", "events"):
    Doc.set_extension(_name, default=None, force=True)
