# SPDX-License-Identifier: Apache-2.0
"""What a hostile app can do with its end of the link: each attack is an app whose `run` gets the bare descriptor.

The attacks know the wire: `call(id, deadline, body)` makes a frame, `raw(data)` one with any content.
"""

PRELUDE = """
import array, os, select, socket, struct, sys, time
import msgspec

def frame(data):
    return struct.pack(">I", len(data)) + data

def call(number, deadline, body):
    return frame(msgspec.msgpack.encode(["call", number, deadline, body]))

HELLO = call(1, 5000, ["hello", "1.0.0"])

class Main:
    def run(self, fd):
        link = socket.socket(fileno=fd)
        link.sendall(HELLO)
        link.recv(4096)
        self.attack(link)
        time.sleep(60)
"""

ATTACKS: dict[str, str] = {
    "oversized frame": '''
    def attack(self, link):
        link.sendall(struct.pack(">I", 0xFFFFFFF0))
''',
    "frame just over the limit": '''
    def attack(self, link):
        link.sendall(frame(b"x" * ((256 << 10) + 1)))
''',
    "endless frame": '''
    def attack(self, link):
        link.sendall(struct.pack(">I", 200 << 10))
        while True:
            link.sendall(b"x")
            time.sleep(0.05)
''',
    "slow loris": '''
    def attack(self, link):
        for byte in call(2, 1000, ["heartbeat"]):
            link.sendall(bytes([byte]))
            time.sleep(0.5)
''',
    "deep nesting": '''
    def attack(self, link):
        link.sendall(frame(b"\\x91" * 200000 + b"\\xc0"))
''',
    "array bomb": '''
    def attack(self, link):
        link.sendall(frame(b"\\xdd\\xff\\xff\\xff\\xff"))
''',
    "map bomb in a body": '''
    def attack(self, link):
        link.sendall(frame(b"\\x94\\xa4call\\x02\\xcd\\x03\\xe8\\xdf\\xff\\xff\\xff\\xff"))
''',
    "garbage": '''
    def attack(self, link):
        while True:
            link.sendall(frame(os.urandom(512)))
''',
    "empty frames": '''
    def attack(self, link):
        while True:
            link.sendall(frame(b"") * 1000)
''',
    "call flood": '''
    def attack(self, link):
        number = 1
        while True:
            number += 1
            link.sendall(call(number, 1000, ["heartbeat"]))
            while select.select([link], [], [], 0)[0]:
                link.recv(65536)
''',
    "flood without reading": '''
    def attack(self, link):
        number = 1
        while True:
            number += 1
            link.sendall(call(number, 1000, ["get_signals", ["Vehicle.Speed" + "x" * 200] * 50]))
''',
    "one id for every call": '''
    def attack(self, link):
        while True:
            link.sendall(call(7, 0, ["follow_input"]) * 4)
''',
    "streams without end": '''
    def attack(self, link):
        number = 1
        while True:
            number += 1
            link.sendall(call(number, 0, ["follow_input"]))
            while select.select([link], [], [], 0.001)[0]:
                link.recv(65536)
''',
    "forged identity": '''
    def attack(self, link):
        link.sendall(call(2, 5000, ["hello", "1.0.0", "dev.bench.innocent"]))
        print("answer", link.recv(4096))
''',
    "unsolicited replies": '''
    def attack(self, link):
        while True:
            link.sendall(frame(msgspec.msgpack.encode(["reply", 1, ["accepted"]])))
            link.sendall(frame(msgspec.msgpack.encode(["event", 1, 0, ["tapped", 1, "a"]])))
''',
    "path tricks": '''
    PATHS = [
             "Vehicle.Speed\\n", "Vehicle.**", "*", "", "vehicle.speed", "Vehicle", "Vehicle.Speed.", ".Vehicle.Speed",
             "Vehicle..Speed", "Vehicle.Speed\\0", "Vehicle/Speed", "Vehicle.S\\u0440eed", "Vehicle.Speed;x",
             "Vehicle." + "A." * 9000]
    def attack(self, link):
        for number, path in enumerate(self.PATHS, start=2):
            link.sendall(call(number, 1000, ["get_signals", [path]]))
            answer = link.recv(65536)
            if b"failure" not in answer:
                print("SUCCEEDED", repr(path), answer)
''',
    "descriptors": '''
    def attack(self, link):
        while True:
            try:
                socket.send_fds(link, [call(2, 1000, ["heartbeat"])], [0] * 200)
            except OSError:
                time.sleep(0.01)
            while select.select([link], [], [], 0)[0]:
                link.recv(65536)
''',
    "asking for descriptors": '''
    def attack(self, link):
        for _ in range(50):
            link.sendall(call(2, 1000, ["heartbeat"]))
            data, ancillary, _, _ = link.recvmsg(65536, socket.CMSG_SPACE(64 * 4))
            if ancillary:
                print("SUCCEEDED", ancillary)
''',
    "log flood": '''
    def attack(self, link):
        while True:
            os.write(1, b"y" * 4000 + b"\\n")
''',
    "terminal escapes": '''
    def attack(self, link):
        os.write(1, b"\\x1b]0;owned\\x07\\x1b[2J\\x9b31m\\xe2\\x80\\xae red\\r\\n")
''',
    "templates at their limit": '''
    ROWS = [{"id": str(n), "title": "W" * 120, "text": "W" * 240} for n in range(100)]
    def attack(self, link):
        number = 1
        while True:
            number += 1
            template = {"template": "list", "title": str(number), "rows": self.ROWS}
            link.sendall(call(number, 1000, ["show_template", template]))
            while select.select([link], [], [], 0)[0]:
                link.recv(65536)
''',
    "shut down halfway": '''
    def attack(self, link):
        link.sendall(call(2, 0, ["follow_input"]))
        link.shutdown(socket.SHUT_RD)
''',
    "hung heartbeat": '''
    def attack(self, link):
        while True:
            pass
''',
}  # fmt: skip

NO_HELLO = {
    "never hello": """
class Main:
    def run(self, fd):
        time.sleep(60)
""",
    "signals before hello": """
class Main:
    def run(self, fd):
        link = socket.socket(fileno=fd)
        link.sendall(call(1, 1000, ["get_signals", ["Vehicle.Speed"]]))
        answer = link.recv(65536)
        if b"failure" not in answer:
            print("SUCCEEDED", answer)
        time.sleep(60)
""",
}


def apps() -> dict[str, str]:
    """Name of the attack to the code of its app."""
    with_hello = {name: PRELUDE + code for name, code in ATTACKS.items()}
    head = PRELUDE.partition("class Main")[0]
    return {**with_hello, **{name: head + code for name, code in NO_HELLO.items()}}
