"""Reads one parsed article: the components in their order, with records between them.

    times -> names -> nominals -> places -> identities -> pronouns -> event candidates -> drafts -> groups -> records
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seeds.actors import fold_name
from tasks.nlp.drafts import draft
from tasks.nlp.grouping import group
from tasks.nlp.identity import IdentityResolver, countries_mentioned
from tasks.nlp.mentions import MentionIndex
from tasks.nlp.names import find_names
from tasks.nlp.nominals import find_nominals
from tasks.nlp.places import resolve_places
from tasks.nlp.pronouns import find_pronouns
from tasks.nlp.reading import document_entities, draft_event_ids, entity_mentions, event_mention, share_settings
from tasks.nlp.records import Reading
from tasks.nlp.senses import sense_factor
from tasks.nlp.setting import dated_tokens
from tasks.nlp.times import find_times
from tasks.nlp.triggers import find_candidates

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.knowledge import Knowledge
    from tasks.nlp.records import Article, TimeMention

_LEAST_CONFIDENCE = 0.25
"""Candidates below this are no events."""


def read_doc(doc: Doc, article: Article, knowledge: Knowledge) -> Reading:
    """Return everything that is read in one parsed article."""
    times = find_times(doc.text, article.published_on)
    index = read_mentions(doc, article, knowledge)
    drafts = read_events(doc, article, index, times)
    share_settings(drafts)
    ids = draft_event_ids(article.document_id, drafts)
    return Reading(
        article.document_id,
        times,
        entity_mentions(doc, index.mentions),
        document_entities(index.mentions, drafts),
        [event_mention(item, ids[item.event] if item.event is not None else None) for item in drafts],
    )


def read_mentions(doc: Doc, article: Article, knowledge: Knowledge) -> MentionIndex:
    """Return the entity mentions of an article, with type, place and identity."""
    index = MentionIndex(find_names(doc, knowledge, article.published_on))
    index = MentionIndex([*index.mentions, *find_nominals(doc, index, knowledge)])
    weights = countries_mentioned(doc, index.mentions)
    places = [m for m in index.mentions if m.entity_type == "place" and m.actor is None]
    resolve_places(doc, places, knowledge.gazetteer, weights)
    for mention in places:
        # A dateline says where the reporter was, not where the story is.
        if mention.country and doc[mention.start].idx >= article.body_start:
            weights[mention.country] += 1
    IdentityResolver(doc, index, knowledge, article.document_id, weights).resolve()
    for pronoun in find_pronouns(doc, index):
        index.add(pronoun)
    index.mentions.sort(key=lambda mention: (mention.start, mention.end))
    return index


def read_events(doc: Doc, article: Article, index: MentionIndex, times: list[TimeMention]) -> list[EventDraft]:
    """Return the event mentions of an article's story and headline, grouped into events."""
    dated = dated_tokens(doc, times)
    drafts = []
    for candidate in find_candidates(doc, index):
        if not _in_story(candidate.token.idx, article):
            continue
        found = draft(candidate, index, dated, article.published_on)
        found.confidence = round(found.confidence * sense_factor(doc, candidate.token), 3)
        if found.confidence >= _LEAST_CONFIDENCE:
            drafts.append(found)
    order = {sentence.start: number for number, sentence in enumerate(doc.sents)}
    group(drafts, order)
    return drafts


def _in_story(offset: int, article: Article) -> bool:
    if article.title_start is not None and article.title_end is not None and article.title_start <= offset < article.title_end:
        return True
    return article.body_start <= offset < article.body_end
