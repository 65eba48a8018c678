"""Declared sources, as listed in `sources.yml` or in a user's own file of that shape.

Belongs here: what a declaration may say, and errors that name the line. Does not belong here: how a source is read
(see `tasks/sources`). Paths in a declaration are relative to the file that it stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, cast, get_args
from urllib.parse import urlsplit

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DECLARATIONS = Path(__file__).parent / "sources.yml"
"""The sources that come with the project; none of them is read unless a run names it."""

Kind = Literal["feed", "sitemap", "urls", "gdelt", "warc", "files"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WEB_KINDS = frozenset[Kind]({"feed", "sitemap", "urls", "gdelt"})
"""The kinds that are asked for over the network."""

_PLACES: dict[Kind, tuple[str, ...]] = {
    "feed": ("url", "urls"),
    "sitemap": ("url", "urls"),
    "urls": ("url", "urls", "path", "paths"),
    "gdelt": ("url", "urls"),
    "warc": ("path", "paths"),
    "files": ("path", "paths"),
}
_WEB_KEYS = ("language", "delay", "budget", "concurrency", "loopback_port")
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,62}")
_LANGUAGE = re.compile(r"[a-z]{2}")
T = TypeVar("T", int, float)


class DeclarationError(ValueError):
    """A declaration is wrong; the text names file, line, what was expected and what stood there."""


@dataclass(frozen=True, slots=True)
class Source:
    """One declared source.

    Attributes:
        id: name of the source in all tables; lower-case letters, digits, `_`, `.` and `-`.
        kind: which adapter reads it.
        urls: addresses of its feeds, sitemaps, lists or pages.
        paths: files and folders, absolute.
        language: ISO 639-1 code; pages that a listing gives another language are passed over. None: all are asked for.
        delay: seconds from one request to a host to the next; its robots.txt may ask for more.
        budget: pages a night.
        concurrency: requests to one host at once.
        loopback_port: port of this machine that may be asked, for tests; None: this machine is never asked.
    """

    id: str
    kind: Kind
    urls: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    language: str | None = None
    delay: float = 1.0
    budget: int = 500
    concurrency: int = 1
    loopback_port: int | None = None

    @property
    def is_web(self) -> bool:
        """Whether it is asked for over the network."""
        return self.kind in WEB_KINDS


def find_sources(names: Iterable[str]) -> tuple[Source, ...]:
    """Return the sources that names stand for: a declaration file means all in it, another word one of DECLARATIONS.

    Raises:
        DeclarationError: a file or a name does not exist, a declaration is wrong, or one id is declared twice.
    """
    found: dict[str, Source] = {}
    for name in names:
        for source in _named(name):
            if found.setdefault(source.id, source) != source:
                raise DeclarationError(f"expected each source id once, found {source.id!r} in two files; rename one")
    return tuple(found.values())


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the sources that a file declares, in its order; DeclarationError where it is wrong or cannot be read."""
    try:
        tree = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise DeclarationError(f"expected a declaration of sources in {path}, cannot read it: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise DeclarationError(_message(path, line, "YAML", getattr(error, "problem", None) or str(error))) from error
    if tree is None:
        return ()
    if not isinstance(tree, yaml.SequenceNode):
        raise _Entry(path, tree).error(tree, "a list of sources, each beginning with `- id:`", _kind_of(tree))
    sources = [_source(_Entry(path, node)) for node in tree.value]
    for position, source in enumerate(sources):
        if source.id in {earlier.id for earlier in sources[:position]}:
            node = tree.value[position]
            raise _Entry(path, node).error(node, "an id that no source above has", repr(source.id))
    return tuple(sources)


def _named(name: str) -> Sequence[Source]:
    if name.endswith((".yml", ".yaml")):
        return read_sources(Path(name))
    declared = read_sources(DECLARATIONS)
    chosen = [source for source in declared if source.id == name]
    if not chosen:
        known = ", ".join(source.id for source in declared)
        raise DeclarationError(f"expected a file ending in .yml, or one of {known}, got {name!r}; check the name")
    return chosen


class _Entry:
    """The node of one source, and its values by key."""

    def __init__(self, path: Path, node: yaml.Node) -> None:
        self.path = path
        self.node = node
        self.values: dict[str, yaml.Node] = {}

    def error(self, node: yaml.Node, expected: str, found: str) -> DeclarationError:
        return DeclarationError(_message(self.path, node.start_mark.line + 1, expected, found))

    def load(self) -> None:
        """Fill in the values; DeclarationError where this is no mapping, or names a key twice."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error(self.node, "a source with the keys id, kind and url or path", _kind_of(self.node))
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value in self.values:
                raise self.error(key, "each key once, as one word", f"{_shown(key)}")
            self.values[key.value] = value

    def text(self, key: str, pattern: re.Pattern[str] | None, expected: str) -> str | None:
        """Return a value that is one word; None where the key is missing."""
        node = self.values.get(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode) or (pattern and not pattern.fullmatch(node.value)):
            raise self.error(node, f"{key} to be {expected}", _shown(node))
        return str(node.value)

    def number(self, key: str, default: T, least: T, most: T) -> T:
        """Return a number within limits, of the type of the default, which stands in for a missing key."""
        node = self.values.get(key)
        if node is None:
            return default
        try:
            value = type(default)(node.value)
        except (TypeError, ValueError):
            value = None
        if value is None or not least <= value <= most:
            whole = "a whole number" if isinstance(default, int) else "a number"
            raise self.error(node, f"{key} to be {whole} from {least} to {most}", _shown(node))
        return value

    def several(self, key: str) -> Iterator[tuple[yaml.Node, str]]:
        """Yield the nodes and texts of `key` and of its plural."""
        for name in (key, f"{key}s"):
            node = self.values.get(name)
            if isinstance(node, yaml.SequenceNode) and name.endswith("s") and node.value:
                members = node.value
            else:
                members = [] if node is None else [node]
            for member in members:
                if not isinstance(member, yaml.ScalarNode) or not member.value.strip():
                    raise self.error(member, f"{name} to hold {key}s", _shown(member))
                yield member, member.value.strip()


def _source(entry: _Entry) -> Source:
    entry.load()
    identity = entry.text("id", _ID, "lower-case letters, digits, `_`, `.` and `-`, at most 63")
    kind = cast("Kind | None", entry.text("kind", re.compile("|".join(KINDS)), f"one of {', '.join(KINDS)}"))
    if identity is None or kind is None:
        raise entry.error(entry.node, "the keys id and kind", ", ".join(entry.values) or "no key")
    _require_known_keys(entry, kind)
    urls = tuple(_url(entry, node, text) for node, text in entry.several("url"))
    paths = tuple(entry.path.parent.absolute() / text for _, text in entry.several("path"))
    if not urls and not paths:
        raise entry.error(entry.node, f"one of {', '.join(_PLACES[kind])}", "neither")
    port = entry.number("loopback_port", 0, 1, 65_535)
    return Source(
        id=identity,
        kind=kind,
        urls=urls,
        paths=paths,
        language=entry.text("language", _LANGUAGE, "a two-letter ISO 639-1 code"),
        delay=entry.number("delay", 1.0, 0.0, 3600.0),
        budget=entry.number("budget", 500, 1, 1_000_000),
        concurrency=entry.number("concurrency", 1, 1, 16),
        loopback_port=port or None,
    )


def _require_known_keys(entry: _Entry, kind: Kind) -> None:
    allowed = ("id", "kind", *_PLACES[kind], *(_WEB_KEYS if kind in WEB_KINDS else ()))
    for key, node in entry.values.items():
        if key not in allowed:
            raise entry.error(node, f"keys of a source of kind {kind}: {', '.join(allowed)}", key)


def _url(entry: _Entry, node: yaml.Node, text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and parts.hostname and text.isprintable() and " " not in text
    except ValueError:
        usable = False
    if not usable:
        raise entry.error(node, "an address that begins with http:// or https://", repr(text))
    return text


def _kind_of(node: yaml.Node) -> str:
    return {"scalar": "a single value", "sequence": "a list", "mapping": "a mapping"}[str(node.id)]


def _shown(node: yaml.Node) -> str:
    return repr(node.value)[:100] if isinstance(node, yaml.ScalarNode) else _kind_of(node)


def _message(path: Path, line: int, expected: str, found: str) -> str:
    return f"{path.parent.name}/{path.name}, line {line}: expected {expected}, found {found}; correct the line"
