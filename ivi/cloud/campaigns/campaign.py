# SPDX-License-Identifier: Apache-2.0
"""One campaign: which signals, when, how often, how much, for what and whom. The words are those of the CBOR map."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ivi.cloud.campaigns.condition import Condition, compile_condition
from ivi.cloud.columns import MAX_CAMPAIGN, Aggregate
from ivi.cloud.delivery import DataUse, DeliveryClass
from ivi.model.databroker import Deadband
from ivi.model.errors import InvalidArgumentError
from ivi.vss import patterns

MAX_SIGNALS = 256  # paths and patterns in one campaign
MIN_PERIOD, MAX_PERIOD = 10, 86_400_000  # ms
MAX_TRIGGER = 600_000  # ms before or after
MAX_BOUNDS = 64  # of a histogram
MAX_BUDGET = 1 << 40  # bytes a day
URGENT = 5  # priority from which rows are made each second and not every ten
TOP_PRIORITY = 9
_NAME = re.compile(rf"[A-Za-z0-9_.-]{{1,{MAX_CAMPAIGN}}}", re.ASCII)
_WORD = re.compile(r"[a-z0-9_-]{1,32}", re.ASCII)
_MAX_DAYS = 36_500
_MAX_BAND = 1e300
_MAX_TIME = 1 << 48  # ms since 1970
_AGGREGATES = {kind.name.lower(): kind for kind in Aggregate if kind}


@dataclass(frozen=True, slots=True)
class OnChange:
    """A value is taken when it has moved."""

    deadband: Deadband = field(default_factory=Deadband)
    max_hz: float = 0.0
    """At most so many times a second; 0 for no limit."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Whenever the condition becomes true: what was before, and what comes after."""

    before_ms: int
    after_ms: int


@dataclass(frozen=True, slots=True)
class Windows:
    """Only what windows of time add up to is sent."""

    window_ms: int
    what: tuple[Aggregate, ...]
    bounds: tuple[float, ...] = ()
    """Of the histogram, rising."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One request for data."""

    id: str
    signals: tuple[str, ...]
    """VSS paths and patterns."""
    use: DataUse
    period_ms: int = 0
    """Between two samples; 0 when `on_change` says when."""
    on_change: OnChange | None = None
    when: Condition | None = None
    """Without a trigger: only while it holds. With one: what it waits for."""
    trigger: Trigger | None = None
    windows: Windows | None = None
    from_ms: int = 0
    """Milliseconds since 1970 from which it runs."""
    until_ms: int = _MAX_TIME
    """When it ends."""
    priority: int = 0
    """0 to 9."""
    budget: int = 0
    """Bytes a day that it may send; 0 for no limit."""

    @property
    def delivery(self) -> DeliveryClass:
        """What a trigger caught is an event, which is never dropped; all else is telemetry."""
        return DeliveryClass.EVENTS if self.trigger else DeliveryClass.TELEMETRY


def parse_campaign(value: object) -> Campaign:
    """The campaign in a CBOR map. Raises InvalidArgumentError that names the campaign and the word."""
    if not isinstance(value, Mapping):
        raise InvalidArgumentError("a campaign is a map")
    name = value.get("id")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise InvalidArgumentError(f"a campaign's id has 1 to {MAX_CAMPAIGN} letters, digits, `_`, `.` and `-`")
    words = _Words(f"campaign {name}", value)
    made = Campaign(
        id=words.take("id", str, ""),
        signals=_signals(words),
        use=_use(words.inner("use")),
        period_ms=words.whole("period_ms", MIN_PERIOD, MAX_PERIOD, 0),
        on_change=_on_change(words.inner("on_change")) if "on_change" in value else None,
        when=compile_condition(words.take("when", str, "")) if "when" in value else None,
        trigger=_trigger(words.inner("trigger")) if "trigger" in value else None,
        windows=_windows(words.inner("windows")) if "windows" in value else None,
        from_ms=words.whole("from_ms", 0, _MAX_TIME, 0),
        until_ms=words.whole("until_ms", 0, _MAX_TIME, _MAX_TIME),
        priority=words.whole("priority", 0, TOP_PRIORITY, 0),
        budget=words.whole("budget", 1, MAX_BUDGET, 0),
    )
    words.finish()
    if (made.period_ms > 0) == (made.on_change is not None):
        raise words.wrong("period_ms", "either this or `on_change` says when a value is taken")
    if made.trigger and made.when is None:
        raise words.wrong("trigger", "it needs a condition in `when`")
    if made.trigger and made.windows:
        raise words.wrong("windows", "they cannot be used together with `trigger`")
    if made.until_ms <= made.from_ms:
        raise words.wrong("until_ms", "it ends before it begins")
    return made


def campaign_map(campaign: Campaign) -> dict[str, object]:
    """The CBOR map of a campaign; parse_campaign makes the same of it."""
    words: dict[str, object] = {
        "id": campaign.id,
        "signals": list(campaign.signals),
        "use": campaign.use._asdict(),
        "priority": campaign.priority,
        "from_ms": campaign.from_ms,
        "until_ms": campaign.until_ms,
    }
    if campaign.period_ms:
        words["period_ms"] = campaign.period_ms
    if campaign.on_change is not None:
        band = campaign.on_change.deadband
        words["on_change"] = {
            "absolute": float(band.absolute),
            "percent": float(band.percent),
            "max_hz": float(campaign.on_change.max_hz),
        }
    if campaign.when is not None:
        words["when"] = campaign.when.text
    if campaign.trigger is not None:
        words["trigger"] = {"before_ms": campaign.trigger.before_ms, "after_ms": campaign.trigger.after_ms}
    if campaign.windows is not None:
        words["windows"] = {
            "window_ms": campaign.windows.window_ms,
            "what": [kind.name.lower() for kind in campaign.windows.what],
            "bounds": list(campaign.windows.bounds),
        }
    if campaign.budget:
        words["budget"] = campaign.budget
    return words


class _Words:
    """The words of one map, each of which has to be known and of its type."""

    def __init__(self, where: str, words: Mapping[object, object]) -> None:
        self._where, self._words = where, words
        self._known: set[str] = set()

    def wrong(self, word: str, why: str) -> InvalidArgumentError:
        return InvalidArgumentError(f"{self._where}, `{word}`: {why}")

    def take[T](self, word: str, kind: type[T], default: T) -> T:
        self._known.add(word)
        value = self._words.get(word, default)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(word, f"{kind.__name__} belongs there")
        return value

    def whole(self, word: str, low: int, high: int, default: int) -> int:
        value = self.take(word, int, default)
        if word in self._words and not low <= value <= high:
            raise self.wrong(word, f"{low} to {high} is possible")
        return value

    def number(self, word: str, high: float) -> float:
        self._known.add(word)
        value = self._words.get(word, 0.0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
            raise self.wrong(word, f"a number from 0 to {high:g} belongs there")
        return float(value)

    def texts(self, word: str, most: int) -> list[str]:
        found = self.take(word, list, [])
        if not 0 < len(found) <= most or not all(isinstance(text, str) for text in found):
            raise self.wrong(word, f"1 to {most} texts belong there")
        return found

    def inner(self, word: str) -> "_Words":
        self._known.add(word)
        value = self._words.get(word)
        if not isinstance(value, Mapping):
            raise self.wrong(word, "a map belongs there")
        return _Words(f"{self._where}, {word}", value)

    def finish(self) -> None:
        unknown = [word for word in self._words if word not in self._known]
        if unknown:
            raise self.wrong(str(unknown[0])[:32], "this word is not known here")


def _signals(words: _Words) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(patterns.check(path) for path in words.texts("signals", MAX_SIGNALS)))
    except InvalidArgumentError as error:
        raise words.wrong("signals", error.message) from error


def _use(words: _Words) -> DataUse:
    named = []
    for word in ("purpose", "category", "recipient"):
        if not _WORD.fullmatch(text := words.take(word, str, "")):
            raise words.wrong(word, "1 to 32 small letters, digits, `_` and `-` belong there")
        named.append(text)
    made = DataUse(named[0], named[1], named[2], words.whole("retention_days", 0, _MAX_DAYS, 0))
    words.finish()
    return made


def _on_change(words: _Words) -> OnChange:
    band = Deadband(words.number("absolute", _MAX_BAND), words.number("percent", 100.0))
    made = OnChange(band, words.number("max_hz", 1000.0))
    words.finish()
    return made


def _trigger(words: _Words) -> Trigger:
    made = Trigger(words.whole("before_ms", 0, MAX_TRIGGER, 0), words.whole("after_ms", 0, MAX_TRIGGER, 0))
    words.finish()
    return made


def _windows(words: _Words) -> Windows:
    names = words.texts("what", len(_AGGREGATES))
    if unknown := [name for name in names if name not in _AGGREGATES]:
        raise words.wrong("what", f"{unknown[0][:32]!r} is none of {', '.join(_AGGREGATES)}")
    what = tuple(dict.fromkeys(_AGGREGATES[name] for name in names))
    bounds = words.take("bounds", list, [])
    if len(bounds) > MAX_BOUNDS or not all(type(bound) in (int, float) and math.isfinite(bound) for bound in bounds):
        raise words.wrong("bounds", f"up to {MAX_BOUNDS} numbers belong there")
    if sorted(set(bounds)) != bounds:
        raise words.wrong("bounds", "they have to rise")
    if (Aggregate.HISTOGRAM in what) != bool(bounds):
        raise words.wrong("bounds", "a histogram needs them, and nothing else does")
    window = words.whole("window_ms", MIN_PERIOD, MAX_PERIOD, 0)
    if not window:
        raise words.wrong("window_ms", "it is missing")
    words.finish()
    return Windows(window, what, tuple(float(bound) for bound in bounds))
