# SPDX-License-Identifier: Apache-2.0
"""The purposes that data may be asked for, in words for people; what is not in these lists cannot be agreed to."""

from dataclasses import dataclass

from ivi.cloud.delivery import OPERATION, OPERATIONAL, DataUse, DeliveryClass
from ivi.model.errors import InvalidArgumentError, NotFoundError

MAX_CELL_M = 100_000  # metres
MAX_TIME_S = 86_400  # seconds
MAX_DAYS = 36_500  # of retention


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data may leave."""

    name: str
    words: str
    """What it is for, said to the driver."""
    by_name: bool = False
    """Whether the fleet has to know whose data it is; else it is kept there without the vehicle."""
    offer: DataUse | None = None
    """What is agreed to when the driver does not say it in detail."""
    cell_m: int = 0
    time_s: int = 0


CATEGORIES = {
    "technical": "how the car's parts do",
    "driving": "how the car is driven: speed, consumption, charge",
    "location": "where the car is",
    "cabin": "what happens in the cabin",
    "identity": "who drives, and which car it is",
    "opinion": "what you think of apps",
}
RECIPIENTS = {
    "fleet": "whoever runs the car's service",
    "owner": "the owner of the car",
    "service": "the workshop",
    "maker": "the maker of the car",
    "partner": "a partner of the car's service",
}
RATINGS = DataUse("ratings", "opinion", "fleet", 365)
"""What the driver thinks of apps (ivi.cloud.ratings)."""
PURPOSES = {
    purpose.name: purpose
    for purpose in (
        Purpose(OPERATION, "receipts of what you ordered, of payments and of your consents", True, OPERATIONAL),
        Purpose("care", "to see how your car does and tell you in time", True, DataUse("care", "driving", "fleet", 30)),
        Purpose(
            "diagnostics", "to find the cause of a fault", True, DataUse("diagnostics", "technical", "service", 30)
        ),
        Purpose("locate", "to answer where your car is", False, DataUse("locate", "location", "owner", 1)),
        Purpose(
            "traffic", "to tell others of jams and slippery roads", False, DataUse("traffic", "location", "fleet", 1),
            cell_m=250, time_s=10,
        ),
        Purpose(
            "research", "to make the next cars better", False, DataUse("research", "driving", "maker", 365),
            cell_m=1000, time_s=60,
        ),
        Purpose(
            RATINGS.purpose, "to show others what drivers think of an app", False, RATINGS, time_s=86_400
        ),
        Purpose("insurance", "for a tariff that follows how you drive", True,
                DataUse("insurance", "driving", "partner", 365)),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed to: purpose x category x recipient x retention, and how roughly place and time are told."""

    purpose: str
    category: str
    recipient: str
    retention_days: int
    """The longest; 0 for as long as the law demands."""
    cell_m: int = 0
    """Edge of the cell that stands for a place, metres; 0 for the exact place."""
    time_s: int = 0
    """Moments become multiples of this, seconds; 0 for the exact moment."""

    @property
    def use(self) -> DataUse:
        """The use that it allows at most."""
        return DataUse(self.purpose, self.category, self.recipient, self.retention_days)

    def cover(self, use: DataUse) -> bool:
        """Whether a use stays within this agreement."""
        return (
            (self.purpose, self.category, self.recipient) == (use.purpose, use.category, use.recipient)
            and use.retention_days >= 0
            and _days(use.retention_days) <= _days(self.retention_days)
        )

    def narrows(self, before: "Terms") -> bool:
        """Whether less is agreed to than before for the same use, in any respect."""
        return (self.purpose, self.category, self.recipient) == (
            before.purpose,
            before.category,
            before.recipient,
        ) and (
            self.cell_m > before.cell_m
            or self.time_s > before.time_s
            or _days(self.retention_days) < _days(before.retention_days)
        )


def terms_of(use: DataUse) -> Terms:
    """Terms that allow just this use, with everything exact."""
    return Terms(use.purpose, use.category, use.recipient, use.retention_days)


def _days(retention: int) -> float:
    return retention or float("inf")


def checked(terms: Terms) -> Terms:
    """The terms themselves. Raises NotFoundError for an unknown word, InvalidArgumentError for what cannot be asked."""
    for kind, word, known in (
        ("purpose", terms.purpose, PURPOSES),
        ("category", terms.category, CATEGORIES),
        ("recipient", terms.recipient, RECIPIENTS),
    ):
        if word not in known:
            raise NotFoundError(f"there is no {kind} {word[:40]!r}", hint=f"known are {', '.join(known)}")
    if terms.purpose == OPERATION:
        raise InvalidArgumentError("`operation` is not asked for", hint="it sends receipts only; ivi privacy show")
    for what, number, most in (
        ("retention, in days,", terms.retention_days, MAX_DAYS),
        ("cell, in metres,", terms.cell_m, MAX_CELL_M),
        ("time, in seconds,", terms.time_s, MAX_TIME_S),
    ):
        if not 0 <= number <= most:
            raise InvalidArgumentError(f"the {what} cannot be {number}", hint=f"0 to {most} is possible")
    return terms


def purpose_of(channel: str) -> str:
    """The purpose whose rows a channel carries."""
    return channel.partition(".")[2] or OPERATION


def is_by_name(channel: str) -> bool:
    """Whether the fleet stores a channel's rows with the vehicle they come from."""
    purpose = PURPOSES.get(purpose_of(channel))
    return purpose is not None and purpose.by_name


def channel_of(use: DataUse, delivery: DeliveryClass) -> str:
    """The channel of a use: its class, and its purpose unless it is `operation`."""
    return str(delivery) if use.purpose == OPERATION else f"{delivery}.{use.purpose}"
