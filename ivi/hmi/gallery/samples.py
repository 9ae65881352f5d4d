# SPDX-License-Identifier: Apache-2.0
"""A page of each kind as a good app would send it. All names and places are invented."""

from ivi.model.templates import (
    Action,
    ActionStyle,
    AlertTemplate,
    ChargeSessionTemplate,
    ChargeState,
    Fact,
    GridItem,
    GridTemplate,
    Icon,
    Lane,
    LaneDirection,
    ListTemplate,
    Maneuver,
    MapTemplate,
    Marker,
    MediaTemplate,
    MessageTemplate,
    NavigationTemplate,
    NoticeTemplate,
    NotificationTemplate,
    PageTemplate,
    PaneTemplate,
    PinMethod,
    Position,
    ProviderMethod,
    QrMethod,
    Repeat,
    Route,
    RoutePreviewTemplate,
    Row,
    SearchField,
    SignInTemplate,
    TransportCommand,
    Turn,
)

_T = TransportCommand
ALL_COMMANDS = [_T.SHUFFLE, _T.PREVIOUS, _T.PLAY, _T.PAUSE, _T.NEXT, _T.REPEAT, _T.SEEK]

STATIONS = (
    ("Harbour North", "350 kW · 4 of 6 free · 0.52 EUR", "2.1 km"),
    ("Old Mill", "150 kW · 1 of 4 free · 0.47 EUR", "3.4 km"),
    ("City Hall", "50 kW · 2 of 2 free · 0.39 EUR", "3.9 km"),
    ("Vineyard Rest", "300 kW · 8 of 8 free · 0.55 EUR", "6.8 km"),
    ("Station Square", "22 kW · 0 of 2 free · 0.35 EUR", "7.2 km"),
    ("Airport P4", "150 kW · 3 of 10 free · 0.59 EUR", "11 km"),
    ("Forest Inn", "75 kW · 2 of 3 free · 0.44 EUR", "14 km"),
    ("Lakeside", "150 kW · 4 of 4 free · 0.49 EUR", "18 km"),
)


def stations(count: int = len(STATIONS)) -> ListTemplate:
    """A list with icons, badges and a way to search."""
    rows = [
        Row(f"s{n}", name, text, Icon.BOLT, badge, browsable=True)
        for n, (name, text, badge) in enumerate(STATIONS[:count])
    ]
    actions = [Action("map", "Show map", ActionStyle.PRIMARY, Icon.MAP), Action("filter", "Filter")]
    return ListTemplate("Charging nearby", rows, actions, search=SearchField("Search stations"), more=True)


SETTINGS = ListTemplate(
    "Trip settings",
    [
        Row("toll", "Avoid tolls", section="Route", toggle=True),
        Row("ferry", "Avoid ferries", "Adds about 12 min today", section="Route", toggle=False),
        Row("night", "Charge at night", "From 22:00, cheaper", Icon.MOON, section="Charging", toggle=True),
        Row("offline", "Offline map: coast", "1.2 of 2.6 GB", Icon.DOWNLOAD, section="Data", progress=0.46),
        Row("account", "Account", "Needs a connection", Icon.PERSON, section="Data", enabled=False, browsable=True),
    ],
)

GRID = GridTemplate(
    "Browse",
    [
        GridItem("recent", "Recent", "Today", Icon.CLOCK),
        GridItem("liked", "Liked songs", "214 tracks", Icon.HEART, selected=True),
        GridItem("drive", "Long drive", "Playlist", Icon.PLAYLIST),
        GridItem("radio", "Radio", "32 stations", Icon.RADIO),
        GridItem("casts", "Podcasts", "New", Icon.PODCAST, "3"),
        GridItem("books", "Audio books", "2 open", Icon.BOOK),
        GridItem("albums", "Albums", "48 albums", Icon.ALBUM),
        GridItem("saved", "Downloads", "1.1 GB", Icon.DOWNLOAD),
    ],
)

PANE = PaneTemplate(
    "Harbour North",
    [
        Fact("Address", "Quay Road 14, 2.1 km away", Icon.PLACE),
        Fact("Connectors", "4 of 6 free, CCS up to 350 kW", Icon.PLUG),
        Fact("Price", "0.52 EUR/kWh, no fee after charging", Icon.WALLET),
        Fact("Open", "All day, every day", Icon.CLOCK),
    ],
    [Action("go", "Navigate", ActionStyle.PRIMARY, Icon.ROUTE), Action("reserve", "Reserve")],
)

MESSAGE = MessageTemplate(
    "Reservation",
    "Connector 3 at Harbour North is yours until 14:45.",
    [Action("go", "Navigate", ActionStyle.PRIMARY), Action("cancel", "Give it back", ActionStyle.DANGER)],
    Icon.CHECK,
)

SIGN_IN_QR = SignInTemplate(
    "Sign in",
    "Point your phone's camera at the code and confirm there.",
    QrMethod("https://charge.example/car/7K2-QX9"),
)
SIGN_IN_PIN = SignInTemplate(
    "Sign in", "On your phone or computer, type this code.", PinMethod("7K2 QX9", "charge.example/car")
)
SIGN_IN_PROVIDER = SignInTemplate("Sign in", "Use the account that your phone has.", ProviderMethod("Charge & Co"))

QUEUE = [
    Row("tide", "Slow Tide", "Harbour Lamps", Icon.MUSIC, "3:34"),
    Row("switchback", "Switchback Road", "The Gradient Five", Icon.PLAY, "3:07", selected=True),
    Row("copper", "Copper and Rain", "Mira Oldfen", Icon.MUSIC, "4:11"),
    Row("north", "Northbound, 6 a.m.", "Quiet Carriage", Icon.MUSIC, "3:23"),
    Row("paper", "Paper Satellites", "Lund & Okoro", Icon.MUSIC, "2:56"),
    Row("orchard", "Orchard Wall", "Harbour Lamps", Icon.MUSIC, "3:49"),
    Row("meridian", "Meridian", "Tessa Brook Quartet", Icon.MUSIC, "5:05"),
]


def media(picture: str = "", *, playing: bool = False) -> MediaTemplate:
    """A track with its queue."""
    return MediaTemplate(
        "Switchback Road",
        "The Gradient Five",
        "Contour Lines",
        picture=picture,
        playing=playing,
        duration=187.0,
        position=75.0,
        commands=ALL_COMMANDS,
        shuffle=True,
        repeat=Repeat.NONE,
        source="Library",
        queue_title="Up next",
        queue=QUEUE,
    )


RADIO = MediaTemplate(
    "Coast FM 98.4", "Morning programme", icon=Icon.RADIO, playing=True, commands=[_T.PLAY, _T.PAUSE], source="Radio"
)

_PLACES = ((0.012, -0.021), (-0.008, 0.014), (0.02, 0.026), (-0.023, -0.012), (0.001, 0.041))
CENTRE = Position(53.5461, 9.9937)
MAP = MapTemplate(
    "Nearby",
    [
        Marker(
            f"s{n}", Position(CENTRE.latitude + north, CENTRE.longitude + east), "ABCDE"[n], selected=not n,
            title=STATIONS[n][0],
        )
        for n, (north, east) in enumerate(_PLACES)
    ],
    [
        Row(f"s{n}", name, text, badge=badge, selected=n == 0)
        for n, (name, text, badge) in enumerate(STATIONS[: len(_PLACES)])
    ],
    actions=[Action("go", "Navigate", ActionStyle.PRIMARY, Icon.ROUTE)],
)  # fmt: skip

ROUTES = RoutePreviewTemplate(
    "Lakeside Hotel",
    [
        Route("fast", "A7 and lake road", 184_000, 6_720, 31.4, 22, "fastest", "no stop", selected=True),
        Route("thrift", "Valley road", 171_000, 8_040, 26.8, 31, "least energy", "no stop"),
        Route("calm", "A7, then B4", 203_000, 7_500, 34.0, 54, "", "1 charging stop"),
    ],
    actions=[Action("start", "Start", ActionStyle.PRIMARY, Icon.ROUTE), Action("stops", "Add a stop")],
)

NAVIGATION = NavigationTemplate(
    Turn(Maneuver.RIGHT, 350, "Quay Road, harbour"),
    Turn(Maneuver.ROUNDABOUT, 1_200, "Dock Street", exit=2),
    [
        Lane(LaneDirection.LEFT),
        Lane(LaneDirection.STRAIGHT),
        Lane(LaneDirection.STRAIGHT, recommended=True),
        Lane(LaneDirection.RIGHT, recommended=True),
    ],
    "Lakeside Hotel",
    arrival=1_795_440_300,
    remaining_distance=128_400,
    remaining_time=5_340,
    arrival_charge=22,
    actions=[Action("stop", "End guidance", ActionStyle.DANGER), Action("over", "Overview")],
)
ROUNDABOUT = NavigationTemplate(Turn(Maneuver.ROUNDABOUT, 80, "Dock Street", exit=3), destination="Lakeside Hotel",
                                arrival=1_795_440_300, remaining_distance=900, remaining_time=160)  # fmt: skip

CHARGE = ChargeSessionTemplate(
    "Harbour North, 3",
    ChargeState.CHARGING,
    power=148.2,
    energy=21.4,
    charge=58,
    target=80,
    time_left=1_140,
    price="11.13",
    currency="EUR",
    tariff="0.52 EUR/kWh",
    actions=[Action("stop", "Stop charging", ActionStyle.DANGER)],
)
CHARGE_UNKNOWN = ChargeSessionTemplate("Harbour North, 3", ChargeState.AUTHORISING)
CHARGE_FAULT = ChargeSessionTemplate(
    "Harbour North, 3", ChargeState.FAULT, charge=41, energy=3.2, note="Connector 2 beside it is free.",
    actions=[Action("again", "Try again", ActionStyle.PRIMARY)],
)  # fmt: skip

NOTIFICATION = NotificationTemplate(
    "Charging has finished", "80 %, 38.2 kWh, 19.86 EUR", Icon.BOLT, [Action("see", "Show")]
)
ALERT = AlertTemplate(
    "The stop ahead is closed",
    "Harbour North reports a power cut. Old Mill is 3.4 km away and has a free connector.",
    Icon.WARNING,
    [Action("change", "Go to Old Mill", ActionStyle.PRIMARY), Action("keep", "Keep")],
)

_LONG = "An uncommonly long name of something that somebody once called so"
_WORD = "Donaudampfschifffahrtsgesellschaft" * 7
LONGEST: tuple[PageTemplate, ...] = (
    ListTemplate(
        _LONG[:60],
        [Row(f"r{n}", (_LONG * 2)[:120], _WORD[:240], Icon.BOLT, "n" * 12, browsable=True) for n in range(100)],
        [Action("a", _LONG[:24], ActionStyle.PRIMARY, Icon.MAP), Action("b", _WORD[:24], icon=Icon.SETTINGS)],
        _WORD[:240],
    ),
    GridTemplate(_WORD[:60], [GridItem(f"g{n}", _LONG[:60], _WORD[:60], Icon.STAR, "n" * 12) for n in range(60)]),
    PaneTemplate(_WORD[:60], [Fact(_WORD[:40], (_WORD * 2)[:240], Icon.INFO) for _ in range(4)]),
    MessageTemplate(_LONG[:60], (f"{_LONG} " * 8)[:480], icon=Icon.INFO),
    SignInTemplate(_LONG[:60], (f"{_LONG} " * 4)[:240], PinMethod("WWWW-WWWW-WW", _WORD[:40])),
    MediaTemplate((_LONG * 2)[:120], _WORD[:240], _WORD[:240], playing=False, duration=1_000_000.0, position=999_999.0,
                  commands=ALL_COMMANDS, source=_WORD[:40], note=_WORD[:240], queue_title=_WORD[:40],
                  queue=[Row(f"q{n}", (_LONG * 2)[:120], _WORD[:240], Icon.MUSIC, "n" * 12) for n in range(100)]),
    MapTemplate(_LONG[:60], [Marker(f"m{n}", Position(40 + n % 5, n), "WWW", selected=not n) for n in range(24)],
                [Row(f"m{n}", (_LONG * 2)[:120], _WORD[:240], badge="n" * 12) for n in range(24)]),
    RoutePreviewTemplate(_WORD[:60], [Route(f"r{n}", _LONG[:60], 40_000_000, 1_000_000, 1000, 100, "n" * 12, _WORD[:40],
                                            selected=n == 1) for n in range(3)], _LONG),
    NavigationTemplate(Turn(Maneuver.ROUNDABOUT, 40_000_000, _LONG[:60], 19), Turn(Maneuver.U_TURN, 999, _WORD[:60]),
                       [Lane(LaneDirection.SLIGHT_LEFT, recommended=True)] * 8, _WORD[:60], 32_503_679_999, 40_000_000,
                       1_000_000, 100, _LONG),
    ChargeSessionTemplate(_WORD[:60], ChargeState.FAULT, 2000, 2000, 100, 99, 1_000_000, "999999.999", "CHF", "n" * 60,
                          _LONG, [Action("a", _WORD[:24], ActionStyle.DANGER), Action("b", _LONG[:24])]),
)  # fmt: skip
"""The biggest that each kind may be."""

NOTICES: tuple[NoticeTemplate, ...] = (NOTIFICATION, ALERT)
