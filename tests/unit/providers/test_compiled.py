# SPDX-License-Identifier: Apache-2.0
"""The compiled decoder against cantools: values, types, order, and what counts as changed."""

import importlib.util
import math
import os
import random
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cantools.database import conversion
from cantools.database.can import Message, Signal
from cantools.database.errors import DecodeError
from cantools.database.namedsignalvalue import NamedSignalValue
from hypothesis import given, settings
from hypothesis import strategies as st

from ivi.model.errors import ConfigurationError
from ivi.providers.can import dbc
from ivi.providers.can.compiled_dict import compile_dict
from ivi.providers.can.decoder import Decoder
from ivi.providers.can.expressions import PayloadError
from ivi.providers.can.layout import NotCompilableError, lay_out

ROOT = Path(__file__).resolve().parents[3]

EVERYTHING = """VERSION ""

NS_ :
	SIG_VALTYPE_
	SG_MUL_VAL_

BU_: A

BO_ 256 Plain: 8 A
 SG_ Low : 0|12@1+ (0.1,-40) [0|0] "" A
 SG_ Signed : 12|4@1- (1,0) [0|0] "" A
 SG_ Big : 23|16@0+ (2,1) [0|0] "" A
 SG_ BigSigned : 39|7@0- (0.5,0) [0|0] "" A
 SG_ Negative : 40|4@1+ (-0.5,0) [0|0] "" A
 SG_ Gear : 44|4@1+ (1,0) [0|0] "" A
 SG_ Wide : 48|16@1+ (1,5) [0|0] "" A

BO_ 257 Floats: 16 A
 SG_ Single : 0|32@1- (1,0) [0|0] "" A
 SG_ SingleBig : 39|32@0- (1.5,1) [0|0] "" A
 SG_ Double : 64|64@1- (1,0) [0|0] "" A

BO_ 258 Bent: 8 A
 SG_ Off : 3|32@1- (1,0) [0|0] "" A

BO_ 512 Switched: 8 A
 SG_ Which M : 0|8@1+ (1,0) [0|0] "" A
 SG_ Always : 8|8@1+ (1,0) [0|0] "" A
 SG_ First m0 : 16|8@1+ (1,0) [0|0] "" A
 SG_ Second m1 : 16|16@1- (0.01,0) [0|0] "" A
 SG_ Third m2 : 31|16@0+ (1,0) [0|0] "" A
 SG_ Fourth m200 : 16|1@1+ (1,0) [0|0] "" A
 SG_ Fifth m17 : 63|8@0+ (1,0) [0|0] "" A

BO_ 513 Nested: 8 A
 SG_ Outer M : 0|4@1+ (1,0) [0|0] "" A
 SG_ Inner m3M : 4|4@1+ (1,0) [0|0] "" A
 SG_ Common m1 : 8|8@1+ (1,0) [0|0] "" A
 SG_ Deep m2 : 16|8@1+ (1,0) [0|0] "" A

BO_ 514 Scaled: 8 A
 SG_ Page M : 0|4@1+ (2,1) [0|0] "" A
 SG_ OnThree m3 : 8|8@1+ (1,0) [0|0] "" A
 SG_ OnFive m5 : 8|8@1+ (1,0) [0|0] "" A

BO_ 515 Named: 8 A
 SG_ Page M : 0|4@1+ (1,0) [0|0] "" A
 SG_ Zero m0 : 8|8@1+ (1,0) [0|0] "" A
 SG_ One m1 : 8|8@1- (1,0) [0|0] "" A

BO_ 2147484672 Far: 64 A
 SG_ Huge : 0|100@1+ (1,0) [0|0] "" A
 SG_ HugeSigned : 111|129@0- (3,-7) [0|0] "" A
 SG_ Tail : 511|1@1+ (1,0) [0|0] "" A

BO_ 600 Empty: 0 A

BO_ 601 Hollow: 3 A

VAL_ 256 Gear 0 "P" 1 "D" 2 "D" 9 "weird \\"; name" ;
VAL_ 256 Signed 1 "one" 255 "out of reach" ;
VAL_ 256 Wide 500 "five hundred" ;
VAL_ 515 Page 0 "same" 1 "same" 2 "other" 3 "childless" ;
VAL_ 257 Single 1 "one" ;
SIG_VALTYPE_ 257 Single : 1;
SIG_VALTYPE_ 257 SingleBig : 1;
SIG_VALTYPE_ 257 Double : 2;
SIG_VALTYPE_ 258 Off : 1;
SG_MUL_VAL_ 513 Inner Outer 3-3;
SG_MUL_VAL_ 513 Common Outer 1-5, 7-9;
SG_MUL_VAL_ 513 Deep Inner 2-2, 4-4;
"""

MODES = [(choices, scaling) for choices in (False, True) for scaling in (True, False)]


def exact(value: object) -> tuple[str, object]:
    """A value with its type; any NaN is like any other, and -0.0 is not 0.0."""
    if isinstance(value, float):
        return "float", "nan" if math.isnan(value) else value.hex()
    if isinstance(value, NamedSignalValue):
        return "named", (value.name, value.value)
    return type(value).__name__, value


def outcome(decode: Callable[[bytes], object], payload: bytes) -> object:
    """What a decoder makes of a payload: pairs in order, or the kind of refusal."""
    try:
        decoded = decode(payload)
    except PayloadError:
        return "DecodeError"
    except Exception as error:  # noqa: BLE001  # whatever cantools raises, ours must raise too
        return type(error).__name__
    assert isinstance(decoded, dict)
    return [(name, exact(value)) for name, value in decoded.items()]


def differences(message: Message, payloads: list[bytes]) -> Iterator[str]:
    for choices, scaling in MODES:
        compiled = compile_dict(message, choices=choices, scaling=scaling)

        def reference(payload: bytes, choices: bool = choices, scaling: bool = scaling) -> object:
            return message.decode(payload, decode_choices=choices, scaling=scaling)

        for payload in payloads:
            ours, theirs = outcome(compiled, payload), outcome(reference, payload)
            if ours != theirs:
                yield f"{message.name} {choices=} {scaling=} {payload.hex()}: {ours} is not {theirs}"


def payloads_for(message: Message, generator: random.Random, count: int) -> list[bytes]:
    size = message.length
    edges = [bytes(size), b"\xff" * size, b"\x80" * size, b"\x7f" * size]
    lengths = [generator.randbytes(max(0, size - 1)), generator.randbytes(size + 3)]
    small = [bytes([number]) + generator.randbytes(size - 1) for number in range(10) if size]
    return edges + lengths + small + [generator.randbytes(size) for _ in range(count)]


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> dbc.LoadedDbc:
    file = tmp_path_factory.mktemp("dbc") / "everything.dbc"
    file.write_text(EVERYTHING)
    loaded = dbc.load(file)
    assert loaded.skipped == ()
    return loaded


def test_each_kind_of_signal_equals_cantools(features: dbc.LoadedDbc) -> None:
    generator = random.Random(1)
    for message in features.database.messages:
        assert list(differences(message, payloads_for(message, generator, 200))) == []


def opendbc_files() -> list[Path]:
    spec = importlib.util.find_spec("opendbc")
    places = list(spec.submodule_search_locations or ()) if spec else os.environ.get("IVI_OPENDBC", "").split()
    return sorted(file for place in places for file in Path(place).rglob("*.dbc"))


def check_files(files: list[Path]) -> tuple[int, int]:
    """Numbers of messages compared, and of those that are left to cantools."""
    generator = random.Random(2)
    compared = left = 0
    for file in files:
        try:
            loaded = dbc.load(file)
        except ConfigurationError:
            continue  # a file that is refused as a whole is the subject of test_dbc_real
        for message in loaded.database.messages:
            try:
                assert list(differences(message, payloads_for(message, generator, 3))) == [], file
            except NotCompilableError:
                left += 1
            else:
                compared += 1
    return compared, left


def test_every_message_of_our_car_equals_cantools() -> None:
    compared, left = check_files(sorted(ROOT.glob("can_dbc/*/*.dbc")))
    assert compared > 50
    assert left == 0


def test_every_message_of_the_shared_files_equals_cantools(shared_data: Path) -> None:
    compared, left = check_files(sorted((shared_data / "can").glob("*.dbc")))
    assert compared > 190
    assert left == 0


@pytest.mark.timeout(600)
def test_every_message_of_opendbc_equals_cantools() -> None:
    if not (files := opendbc_files()):
        pytest.skip(
            "the package opendbc is not installed (Python 3.12), nor is its unpacked folder named in IVI_OPENDBC"
        )
    compared, left = check_files(files)
    assert compared > 4500
    assert left == 0


class Layouts:
    """Messages with signals laid out at random, without overlap."""

    @staticmethod
    @st.composite
    def messages(draw: st.DrawFn) -> Message:
        size = draw(st.sampled_from([1, 2, 3, 5, 8, 8, 8, 12, 64]))
        taken = 0
        signals: list[Signal] = []
        for number in range(draw(st.integers(1, 6))):
            signal = draw(Layouts.signal(number, size))
            try:
                bits = lay_out(Message(1, "Alone", size, [signal], strict=False)).root.fields[0].bits
            except NotCompilableError:
                continue
            if not bits & taken:
                taken |= bits
                signals.append(signal)
        return Message(1, "Random", size, signals)

    @staticmethod
    @st.composite
    def signal(draw: st.DrawFn, number: int, size: int) -> Signal:
        is_float = draw(st.booleans()) and draw(st.booleans())
        length = draw(st.sampled_from([16, 32, 64])) if is_float else draw(st.integers(1, min(70, 8 * size)))
        scales = st.sampled_from([1, 1, 2, -3, 1.0, 0.5, -0.25, 1e-7, 7.5e12])
        offsets = st.sampled_from([0, 0, 1, -40, 0.5, -273.15, 2.0])
        texts = draw(st.none() | st.dictionaries(st.integers(-2, 9), st.sampled_from("ABC"), max_size=4))
        choices: OrderedDict[int, str | NamedSignalValue] | None = OrderedDict(texts) if texts else None
        return Signal(
            f"S{number}",
            draw(st.integers(0, 8 * size - 1)),
            length,
            draw(st.sampled_from(["little_endian", "big_endian"])),
            is_signed=draw(st.booleans()),
            conversion=conversion.BaseConversion.factory(draw(scales), draw(offsets), choices, is_float),
        )


@settings(max_examples=300, deadline=None)
@given(message=Layouts.messages(), data=st.data())
def test_any_layout_equals_cantools(message: Message, data: st.DataObject) -> None:
    payload = data.draw(st.binary(min_size=message.length, max_size=message.length))
    assert list(differences(message, [payload, bytes(message.length), b"\xff" * message.length])) == []


def walk(loaded: dbc.LoadedDbc, generator: random.Random, steps: int) -> Iterator[tuple[Message, bytes]]:
    """Frames as a bus has them: mostly the last payload with a few bits changed."""
    last = {message.name: bytes(message.length) for message in loaded.database.messages}
    messages = [message for message in loaded.database.messages if message.signals]
    for _ in range(steps):
        message = generator.choice(messages)
        payload = int.from_bytes(last[message.name], "little")
        for _ in range(generator.choice([0, 0, 1, 1, 3])):
            payload ^= 1 << generator.randrange(8 * message.length)
        data = payload.to_bytes(message.length, "little")
        if generator.random() < 0.1:
            data = bytes([generator.randrange(5)]) + generator.randbytes(message.length - 1)
        last[message.name] = data
        yield message, data


def check_changes(loaded: dbc.LoadedDbc, generator: random.Random, steps: int) -> int:
    """Compare the changed list with cantools' full decode, frame by frame; returns how many changes there were."""
    decoder = Decoder(loaded)
    everything = [
        (dbc.frame_key(message), signal.name) for message in loaded.database.messages for signal in message.signals
    ]
    wanted: dict[tuple[int, str], bool] = {}
    slots: dict[tuple[int, str], int] = {}
    seen: dict[tuple[int, str], object] = {}
    changes = 0
    for step, (message, data) in enumerate(walk(loaded, generator, steps)):
        key = dbc.frame_key(message)
        if step % 200 == 0:  # other signals are wanted
            before = wanted
            share = generator.choice([0.05, 0.3, 1.0])
            wanted = {item: generator.random() < 0.1 for item in everything if generator.random() < share}
            slots = decoder.want(wanted)
            for other in {item[0] for item in [*before, *wanted]}:
                now = {name: every for (at, name), every in wanted.items() if at == other}
                if now != {name: every for (at, name), every in before.items() if at == other}:
                    seen = {item: value for item, value in seen.items() if item[0] != other}
        if key not in decoder.functions:
            assert not any(item[0] == key for item in wanted)
            continue
        try:
            scaled = message.decode(data, decode_choices=False)
        except DecodeError:
            with pytest.raises(PayloadError):
                decoder.functions[key](data)
            assert decoder.changed == []
            continue
        assert isinstance(scaled, dict)
        # Two raw numbers may be one after scaling; but unscaled, "Scaled" has another selector too.
        bits = scaled if message.name == "Scaled" else message.decode(data, decode_choices=False, scaling=False)
        assert isinstance(bits, dict)
        decoder.functions[key](data)
        expected = set()
        for name, value in scaled.items():
            item = (key, name)
            if item not in wanted:
                continue
            assert exact(decoder.values[slots[item]]) == exact(value)
            number = exact(bits[name])
            if wanted[item] or seen.get(item) != number or (number[1] == "nan" and slots[item] in decoder.changed):
                expected.add(slots[item])
            seen[item] = number
        assert sorted(decoder.changed) == sorted(expected), (message.name, data.hex())
        changes += len(expected)
        decoder.changed.clear()
    return changes


@pytest.mark.parametrize("seed", range(5))
def test_the_changed_list_is_neither_short_nor_long(features: dbc.LoadedDbc, seed: int) -> None:
    assert check_changes(features, random.Random(seed), 4000) > 500


def test_the_changed_list_on_real_files(shared_data: Path) -> None:
    for name in ("Model3CAN.dbc", "opendbc-tesla_can.dbc"):
        assert check_changes(dbc.load(shared_data / "can" / name), random.Random(9), 4000) > 500


def test_names_are_data_and_never_code(tmp_path: Path) -> None:
    """Whatever a value table says or a signal is called, it comes out as text."""
    nasty = "__import__('os').abort()"
    signal = Signal(nasty, 0, 8, conversion=conversion.BaseConversion.factory(1, 0, OrderedDict({1: '"+boom+"'})))
    message = Message(1, 'M"]=x', 8, [signal])
    assert compile_dict(message, choices=True)(b"\x01" + bytes(7)) == {nasty: '"+boom+"'}
    assert compile_dict(message)(b"\x02" + bytes(7)) == {nasty: 2}


def test_what_cannot_be_compiled_is_decoded_by_cantools(features: dbc.LoadedDbc) -> None:
    overlapping = Message(0x123, "Overlapping", 2, [Signal("A", 0, 8), Signal("B", 7, 12, "big_endian")], strict=False)
    inner = Message(
        0x1, "Inner", 2, [Signal("X", 0, 16, conversion=conversion.BaseConversion.factory(0.5, 0))], header_id=7
    )
    container = Message(0x124, "Container", 16, [], contained_messages=[inner], is_fd=True)
    features.database._messages += [overlapping, container]  # no DBC can say this
    try:
        decoder = Decoder(features)
        slots = decoder.want({(0x123, "A"): False, (0x123, "B"): False, (0x124, "X"): False})
    finally:
        del features.database._messages[-2:]
    assert set(decoder.left_to_cantools) == {"Overlapping", "Container"}
    decoder.functions[0x123](b"\x21\x03")
    assert [decoder.values[slots[0x123, name]] for name in "AB"] == [0x21, 0x210]
    decoder.changed.clear()
    decoder.functions[0x123](b"\x21\x04")
    assert decoder.changed == []
    decoder.functions[0x124](bytes([0, 0, 7, 2, 5, 0]))
    assert decoder.values[slots[0x124, "X"]] == 2.5
    with pytest.raises(PayloadError):
        decoder.functions[0x123](b"\x21")


J1939 = """VERSION ""
BU_: A
BO_ 2364540158 EEC1: 8 A
 SG_ EngineSpeed : 24|16@1+ (0.125,0) [0|8031.875] "rpm" A
BO_ 2566834709 Other: 8 A
 SG_ Plain : 0|8@1+ (1,0) [0|0] "" A
BA_DEF_ BO_ "VFrameFormat" ENUM "StandardCAN","ExtendedCAN","reserved","J1939PG";
BA_DEF_DEF_ "VFrameFormat" "ExtendedCAN";
BA_ "VFrameFormat" BO_ 2364540158 3;
"""


def test_a_parameter_group_is_known_from_any_sender_and_at_any_priority(tmp_path: Path) -> None:
    file = tmp_path / "truck.dbc"
    file.write_text(J1939)
    decoder = Decoder(dbc.load(file))
    slots = decoder.want({(2364540158, "EngineSpeed"): False, (2566834709, "Plain"): False})
    assert 0x80000000 | 0x0CF00400 not in decoder.functions
    assert decoder.resolve(0x80000000 | 0x0CF00400) == 2364540158
    decoder.functions[0x80000000 | 0x0CF00400](bytes([0, 0, 0, 0x40, 0x1F, 0, 0, 0]))
    assert decoder.values[slots[2364540158, "EngineSpeed"]] == 1000.0
    decoder.changed.clear()
    decoder.reset(2364540158)
    decoder.functions[0x80000000 | 0x0CF00400](bytes([0, 0, 0, 0x40, 0x1F, 0, 0, 0]))
    assert len(decoder.changed) == 1
    assert decoder.resolve(0x80000000 | 0x0CF00500) is None
    assert decoder.resolve((2566834709 & ~0xFF) | 1) is None  # not marked: only its own id
    decoder.want({})
    assert decoder.functions == {}
