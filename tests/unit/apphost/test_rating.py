# SPDX-License-Identifier: Apache-2.0
"""The trust rating: between 1 and 8, and never higher for more power."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ivi.apphost.manifest import (
    AudioFocus,
    Background,
    DataShare,
    Location,
    Net,
    Notify,
    Payment,
    Permission,
    Storage,
    Ui,
    VehicleActuate,
    VehicleRead,
    VoiceIntents,
)
from ivi.apphost.rating import power, rating

PATHS = ["Vehicle.Speed", "Vehicle.Cabin.HVAC.**", "Vehicle.Driver.HeartRate", "Vehicle.Cabin.Seat.*.*.IsOccupied"]
HOSTS = ["a.example.com:443", "b.example.com:443", "c.example.com:443"]
some = st.lists
reads = st.builds(
    VehicleRead,
    paths=some(st.sampled_from(PATHS), min_size=1, unique=True),
    max_hz=st.floats(0.1, 50),
    reason=st.just("r"),
)
actuates = st.builds(
    VehicleActuate,
    paths=some(st.sampled_from(PATHS), min_size=1, unique=True),
    when=st.sampled_from(["parked", "always"]),
    confirm=st.sampled_from(["never", "first", "each"]),
    reason=st.just("r"),
)
nets = st.builds(
    Net,
    hosts=some(st.sampled_from(HOSTS), min_size=1, unique=True),
    mb_per_day=st.integers(1, 1000),
    reason=st.just("r"),
)
locations = st.builds(Location, precision=st.sampled_from(["coarse", "fine"]), reason=st.just("r"))
shares = st.builds(
    DataShare, purpose=st.just("p"), recipient=st.just("r"), retention_days=st.integers(0, 3650), reason=st.just("r")
)
others = st.sampled_from(
    [
        Ui(templates=["list"], surfaces=["card"]),
        Storage(mb=1),
        Background(reason="r"),
        Notify(per_hour=4, reason="r"),
        VoiceIntents(intents=["a.b"], reason="r"),
        AudioFocus(kinds=["media"], reason="r"),
        Payment(max_amount="50", currency="EUR", reason="r"),
    ]
)
permissions = st.lists(st.one_of(reads, actuates, nets, locations, shares, others), max_size=6)


@given(permissions)
def test_it_is_one_to_eight(asked: list[Permission]) -> None:
    assert 1 <= rating(asked) <= 8


@given(permissions, permissions)
def test_another_permission_never_raises_it(asked: list[Permission], more: list[Permission]) -> None:
    assert rating(asked + more) <= rating(asked)
    assert power(asked + more) >= power(asked)


@given(reads, st.sampled_from(PATHS), st.floats(0.1, 50), permissions)
def test_more_to_read_never_raises_it(read: VehicleRead, path: str, hz: float, rest: list[Permission]) -> None:
    wider = msgspec.structs.replace(read, paths=[*read.paths, path])
    faster = msgspec.structs.replace(read, max_hz=max(read.max_hz, hz))
    for more in (wider, faster):
        assert rating([more, *rest]) <= rating([read, *rest])


@given(actuates, permissions)
def test_less_asking_and_more_driving_never_raise_it(actuate: VehicleActuate, rest: list[Permission]) -> None:
    chain = [msgspec.structs.replace(actuate, confirm=confirm) for confirm in ("each", "first", "never")]
    ratings = [rating([one, *rest]) for one in chain]
    assert ratings == sorted(ratings, reverse=True)
    parked, always = (msgspec.structs.replace(actuate, when=when) for when in ("parked", "always"))
    assert rating([always, *rest]) <= rating([parked, *rest])


@given(nets, st.sampled_from(HOSTS), permissions)
def test_more_hosts_bytes_and_precision_never_raise_it(net: Net, host: str, rest: list[Permission]) -> None:
    assert rating([msgspec.structs.replace(net, hosts=[*net.hosts, host]), *rest]) <= rating([net, *rest])
    assert rating([msgspec.structs.replace(net, mb_per_day=1000), *rest]) <= rating([net, *rest])
    coarse, fine = (Location(precision=one, reason="r") for one in ("coarse", "fine"))
    assert rating([fine, *rest]) <= rating([coarse, *rest])


def test_landmarks() -> None:
    page = Ui(templates=["list"], surfaces=["card"])
    speed = VehicleRead(paths=["Vehicle.Speed"], reason="r")
    net = Net(hosts=["a.example.com:443"], reason="r")
    place = Location(precision="fine", reason="r")
    assert rating([]) == 8
    assert rating([page]) == 8
    assert rating([page, speed]) == 7
    assert rating([page, speed, net]) <= 5
    assert rating([page, speed, net, place]) <= 3
    everything: list[Permission] = [
        page, net, place, VehicleRead(paths=[f"Vehicle.Driver.X{n}" for n in range(20)], max_hz=50, reason="r"),
        VehicleActuate(paths=["Vehicle.Cabin.Seat.*.*.HeatingCooling"], when="always", reason="r"),
        Payment(max_amount="5000", currency="EUR", reason="r"),
    ]  # fmt: skip
    assert rating(everything) == 1
