"""The one who fetches: asks politely, goes on where a redirect leads, and tells what came of it.

Belongs here: the order of the steps of one `get`. Does not belong here: the steps (one file each beside this one).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING

from tasks.sources.http.decoding import ACCEPT_ENCODING, decode
from tasks.sources.http.faults import FetchError
from tasks.sources.http.politeness import Budget, Hosts, Pace, retry_after
from tasks.sources.http.records import Exchange, Response, Validators, header
from tasks.sources.http.robots import Rules, rules_of
from tasks.sources.http.transport import Allowance, Network, exchange
from tasks.sources.http.urls import Target, parse, redirected

if TYPE_CHECKING:
    from tasks.sources.http.settings import ClientSettings

_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING_STATUS = frozenset({429, 500, 502, 503, 504})
_PASSING_PROBLEMS = frozenset({"unreachable", "timeout", "truncated"})
_OK, _NOT_MODIFIED = 200, 304
_NO_VALIDATORS = Validators()


@dataclass(slots=True)
class _Trip:
    """One `get` on its way: what it may still use, where it stands, the answer there, and all answers so far."""

    url: str
    validators: Validators
    allowance: Allowance
    at: str = ""
    answer: Exchange | None = None
    exchanges: list[Exchange] = field(default_factory=list)


class Client:
    """Fetches for one source in one night; implements `records.Fetcher`, for several threads at once."""

    def __init__(self, settings: ClientSettings, hosts: Hosts | None = None, network: Network | None = None) -> None:
        """Take the settings of the source.

        Args:
            settings: how politely and within which bounds.
            hosts: the night's hosts, so that the clients of several sources take turns at one; by default only the
                calls of this client do.
            network: look-up of names and certificates; the system's by default.
        """
        self._settings = settings
        self._hosts = hosts or Hosts()
        self._network = network or Network()
        self._budget = Budget(settings.budget_requests, settings.budget_seconds, self._hosts.clock)
        self._pace = Pace(settings.delay_seconds, settings.concurrency, settings.max_wait_seconds)
        self._rules: dict[str, Rules] = {}
        self._reading: defaultdict[str, Lock] = defaultdict(Lock)
        self._lock = Lock()

    def get(self, url: str, validators: Validators = _NO_VALIDATORS) -> Response:
        """Fetch one address, and return what became of it; see `Response`."""
        began = datetime.now(UTC)
        trip = _Trip(url, validators, Allowance(self._settings.deadline_seconds, self._settings.max_wire_bytes), at=url)
        try:
            body, fault = self._usable_body(self._follow(trip, heed_robots=True), validators), None
        except FetchError as error:
            body, fault = b"", error
        status = trip.answer.status if trip.answer else fault.status if fault else None
        return Response(
            url=url,
            final_url=trip.at,
            status=status,
            headers=trip.answer.headers if trip.answer else (),
            body=body,
            wire_bytes=trip.allowance.wire_bytes,
            fetched_at=began,
            seconds=self._settings.deadline_seconds - trip.allowance.seconds,
            problem=fault.problem if fault else None,
            detail=fault.detail if fault else None,
            exchanges=tuple(trip.exchanges),
        )

    def _follow(self, trip: _Trip, *, heed_robots: bool) -> Exchange:
        """Ask, go on where redirects lead, each checked like the first address, and return the last answer."""
        target = parse(trip.url)
        seen: set[str] = set()
        while target.url not in seen and len(seen) <= self._settings.max_redirects:
            seen.add(target.url)
            trip.at = target.url
            pace = self._allowed_pace(trip, target) if heed_robots else self._pace
            trip.answer = self._ask_patiently(trip, target, pace)
            location = header(trip.answer.headers, "location")
            if trip.answer.status not in _REDIRECTS or location is None:
                return trip.answer
            trip.at, trip.answer = location, None
            target = redirected(target, location)
        raise FetchError("redirects", f"expected a page after at most {len(seen) - 1} redirects, got one more")

    def _ask_patiently(self, trip: _Trip, target: Target, pace: Pace) -> Exchange:
        """Ask, and ask again where the fault may have passed; each time the host is left to rest for longer."""
        outcome = self._ask(trip, target, pace)
        for _ in range(self._settings.retries):
            if not _passing(outcome) or trip.allowance.seconds <= 0:
                break
            outcome = self._ask(trip, target, pace)
        if isinstance(outcome, FetchError):
            raise outcome
        return outcome

    def _ask(self, trip: _Trip, target: Target, pace: Pace) -> Exchange | FetchError:
        """Ask once, in turn; return the answer or a fault that may pass, and raise any other."""
        outcome: Exchange | FetchError
        with self._hosts.turn(target.host, pace, self._budget.left()):
            self._budget.spend()
            try:
                headers = self._request_headers(target, trip.validators)
                outcome = exchange(target, headers, trip.allowance, self._settings, self._network)
                trip.exchanges.append(outcome)
            except FetchError as fault:
                outcome = fault
            if _passing(outcome):
                self._hosts.rest(target.host, self._settings.backoff_seconds, _rest_asked_for(outcome))
            else:
                self._hosts.well(target.host)
        if isinstance(outcome, FetchError) and not _passing(outcome):
            raise outcome
        return outcome

    def _request_headers(self, target: Target, validators: Validators) -> tuple[tuple[str, str], ...]:
        conditions = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
        return (
            ("Host", target.authority),
            ("User-Agent", self._settings.user_agent),
            ("Accept", _ACCEPT),
            ("Accept-Encoding", ACCEPT_ENCODING),
            *((name, value) for name, value in conditions if value and value.isascii() and value.isprintable()),
            ("Connection", "close"),
        )

    def _allowed_pace(self, trip: _Trip, target: Target) -> Pace:
        """Return how fast the site may be asked, by our settings and its robots.txt; FetchError where it may not be."""
        rules = self._rules_of(trip, target)
        if rules.fault is not None:
            detail = f"{target.origin}/robots.txt answered {rules.fault}, which stands for `disallow everything`"
            raise FetchError("robots", detail, rules.fault)
        if not rules.allows(target.url):
            raise FetchError("robots", f"{target.origin}/robots.txt disallows {target.path[:200]}")
        return replace(self._pace, delay=max(self._pace.delay, rules.crawl_delay))

    def _rules_of(self, trip: _Trip, target: Target) -> Rules:
        """Return the rules of a site, which are read once a night, on behalf of the first who needs them."""
        with self._lock:
            reading = self._reading[target.origin]
        with reading:
            if target.origin not in self._rules:
                self._rules[target.origin] = self._read_rules(trip, target)
            return self._rules[target.origin]

    def _read_rules(self, trip: _Trip, target: Target) -> Rules:
        """Read a site's robots.txt; redirects are followed, whatever site they lead to."""
        url = f"{target.origin}/robots.txt"
        errand = _Trip(url, _NO_VALIDATORS, trip.allowance, exchanges=trip.exchanges)
        try:
            answer = self._follow(errand, heed_robots=False)
        except FetchError as fault:
            if fault.problem == "redirects":  # as good as not there, says the standard
                return Rules(None, "")
            raise FetchError(fault.problem, f"{url}: {fault.detail}", fault.status) from None
        body = self._decoded(answer) if answer.status == _OK else b""
        return rules_of(answer.status, body, self._settings.user_agent)

    def _usable_body(self, answer: Exchange, validators: Validators) -> bytes:
        if answer.status == _NOT_MODIFIED and validators != _NO_VALIDATORS:
            return b""
        if answer.status != _OK:
            raise FetchError("http_error", f"expected 200, got {answer.status} {answer.reason}".rstrip())
        return self._decoded(answer)

    def _decoded(self, answer: Exchange) -> bytes:
        encodings = (value for name, value in answer.headers if name.lower() == "content-encoding")
        names = [name.strip() for value in encodings for name in value.split(",")]
        return decode(answer.payload, names, self._settings.max_decoded_bytes, self._settings.max_ratio)


def _passing(outcome: Exchange | FetchError) -> bool:
    """Say whether a fault may be gone in a moment."""
    if isinstance(outcome, FetchError):
        return outcome.problem in _PASSING_PROBLEMS
    return outcome.status in _PASSING_STATUS


def _rest_asked_for(outcome: Exchange | FetchError) -> float:
    """Return the seconds for which an answer asks to be left alone; 0 where it does not."""
    if isinstance(outcome, FetchError):
        return 0.0
    return retry_after(header(outcome.headers, "retry-after"), datetime.now(UTC))
