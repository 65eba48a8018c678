"""The events of one article, from proposals to settled mentions: the order in which the components of events work.

propose, score   which words denote events, in which sense           (`triggers.py`, `scoring.py`, `likelihood.py`)
draft            what the sentence says: roles, day, place, tolls     (`drafts.py` and those it calls)
group            which mentions tell of one event                     (`grouping.py`)
settle           what an event's mentions and the story lend others   (`narrative.py`, `settings.py`, `shared_tolls.py`)
calibrate        how sure each mention is                             (`confidence.py`)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.nlp.casualties import is_tally
from tasks.nlp.confidence import calibrate
from tasks.nlp.dating import dated_tokens
from tasks.nlp.drafts import draft
from tasks.nlp.evidence import NEW
from tasks.nlp.grouping import group, without_bare_words
from tasks.nlp.knowledge import load_knowledge
from tasks.nlp.narrative import continue_story
from tasks.nlp.nationality import countries_mentioned
from tasks.nlp.particular import mark_general
from tasks.nlp.reading import share_settings
from tasks.nlp.scoring import EncoderScorer, find_candidates
from tasks.nlp.settings import country_in_focus, share_places
from tasks.nlp.shared_tolls import count_known, mark_totals, share_tolls, tell_of_none
from tasks.nlp.where import Scenes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from tasks.nlp.dating import DatedToken
    from tasks.nlp.drafts import EventDraft
    from tasks.nlp.records import Article
    from tasks.nlp.triggers import EventCandidate

_LONGEST_SENTENCE = 300
"""Tokens; what is longer is a table or a list, in which nobody does anything to anybody."""
_LEAST_LIKELIHOOD = 0.32
"""Candidates below this are no events."""
_LEAST_OF_UNDONE, _LEAST_READ_SO = 0.1, 0.02
"""What was only planned, demanded or denied is kept with less: it is seldom the news of its sentence, which is what
labelled news marks; with least where the encoder takes the word itself for such an event."""
_LEAST_OF_TOLL = 0.1
"""What counts people may be less likely, where it proves to tell of an event that is likely."""
_SCORER = EncoderScorer()


def tell_events(doc: Doc) -> list[EventDraft]:
    """Return the event mentions of an article's story and headline, grouped, settled and calibrated."""
    dated = dated_tokens(doc, doc._.times, doc._.article.published_on)
    order = {sentence.start: number for number, sentence in enumerate(doc.sents)}
    drafts = list(_drafts(doc, dated))
    mark_totals(drafts)
    count_known(drafts)
    group(drafts, order)
    mark_general(drafts)
    tell_of_none(drafts, order)
    drafts = list(without_bare_words(list(_likely(drafts))))
    _settle(doc, drafts, dated, order)
    calibrate(drafts)
    share_tolls(drafts)
    return drafts


def _drafts(doc: Doc, dated: Sequence[DatedToken]) -> Iterator[EventDraft]:
    """Yield what the sentences say of the candidates that may be kept."""
    scenes, article = Scenes(doc, doc._.mentions), doc._.article
    for candidate in find_candidates(doc, doc._.mentions, _SCORER):
        if not _may_be_told(candidate, article):
            continue
        found = draft(candidate, _SCORER, scenes, dated, article.published_on)
        least = _LEAST_OF_TOLL if found.tolls else _least(found)
        if candidate.likelihood >= least and (found.tolls or not is_tally(candidate)) and _is_known(found):
            yield found


def _is_known(found: EventDraft) -> bool:
    """Tell whether the lexicon has the word, or it passes between two parties: the encoder alone is too easily sure."""
    return found.candidate.trigger.line != NEW or bool(found.actors and found.recipients)


def _settle(doc: Doc, drafts: list[EventDraft], dated: Sequence[DatedToken], order: dict[int, int]) -> None:
    """Give mentions the day and place that their event, then the story, lends them."""
    index, published_on = doc._.mentions, doc._.article.published_on
    share_settings(drafts, published_on)
    continue_story(doc, drafts, dated, published_on)
    share_settings(drafts, published_on)
    focus = country_in_focus(index, countries_mentioned(doc, index.mentions), load_knowledge().gazetteer)
    share_places(drafts, index, focus, order)


def _likely(drafts: Sequence[EventDraft]) -> Iterator[EventDraft]:
    """Yield the mentions that are likely by themselves, or as a toll of an event that is: `14 people died when`."""
    likely = [draft for draft in drafts if draft.candidate.likelihood >= _least(draft)]
    sure = {draft.event for draft in likely if draft.event is not None}
    yield from (draft for draft in drafts if draft.candidate.likelihood >= _least(draft) or draft.event in sure)


def _least(draft: EventDraft) -> float:
    if draft.modality in {"asserted", "historical"}:
        return _LEAST_LIKELIHOOD
    return _LEAST_READ_SO if draft.candidate.is_read_so else _LEAST_OF_UNDONE


def _may_be_told(candidate: EventCandidate, article: Article) -> bool:
    token = candidate.token
    short = len(token.sent) <= _LONGEST_SENTENCE
    least = _LEAST_READ_SO if candidate.is_read_so else _LEAST_OF_UNDONE
    return short and candidate.likelihood >= least and _in_story(token.idx, article)


def _in_story(offset: int, article: Article) -> bool:
    in_title = (
        article.title_start is not None
        and article.title_end is not None
        and article.title_start <= offset < article.title_end
    )
    return in_title or article.body_start <= offset < article.body_end
