# SPDX-License-Identifier: Apache-2.0
"""An app in the real sandbox uses ordinary HTTP libraries, and reaches what its manifest says and nothing else."""

import asyncio
import importlib.util
import json
import shutil
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ivi.apphost.egress.addresses import Reachable
from ivi.apphost.egress.gate import Gate, Surroundings
from ivi.apphost.egress.ledger import TrafficLedger
from ivi.apphost.provisions import Provisions

if TYPE_CHECKING:
    from tests.integration.apphost.conftest import Bench
    from tests.integration.apphost.egress.conftest import World

HOST = "api.partner.example"
MANIFEST = """
[app]
id = "dev.ivi.reacher"
name = "Reacher"
version = "0.1.0"
sdk = ">=1"
entry = "reacher.main:Main"
{net}
[[permission]]
use = "storage"
mb = 1
[resources]
memory_mb = 96
"""
NET = """
[[permission]]
use = "net"
hosts = ["api.partner.example:{port}"]
mb_per_day = 1
reason = "test"
"""
CODE = """
import json, os, socket, ssl, sys, urllib.request
sys.path.insert(0, "/app/reacher/vendor")
from ivi.sdk import App

def attempt(call):
    try:
        return call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"

def with_requests(url):
    import requests
    return requests.get(url, timeout=20).text

def with_httpx(url):
    import httpx
    return httpx.get(url, timeout=20).text

class Main(App):
    def on_start(self):
        told = json.loads(open("/app/reacher/told.json").read())
        port, found = told["port"], {}
        url = f"https://api.partner.example:{port}"
        get = lambda url: urllib.request.urlopen(url, timeout=20).read().decode()
        found["urllib"] = attempt(lambda: get(url + "/"))
        found["post"] = attempt(lambda: urllib.request.urlopen(url + "/", data=b"x" * 5000, timeout=20).read().decode())
        found["other host"] = attempt(lambda: get(f"https://evil.example:{port}/"))
        found["plain http"] = attempt(lambda: get(f"http://api.partner.example:{port}/"))
        found["around the proxy"] = attempt(
            lambda: [str(socket.create_connection(("127.0.0.1", port), 3)), "a connection"][1])
        found["the host's loopback"] = attempt(
            lambda: [str(socket.create_connection(("10.0.0.1", 443), 3)), "a connection"][1])
        found["names"] = attempt(lambda: [socket.getaddrinfo("api.partner.example", port), "an answer"][1])
        for library in told["libraries"]:
            found[library] = attempt(lambda: globals()[f"with_{library}"](url + "/"))
        found["proxy"] = os.environ.get("HTTPS_PROXY", "none")
        self.storage["found"] = found
"""
VENDORED = {
    "requests": ("requests", "urllib3", "idna", "certifi", "charset_normalizer"),
    "httpx": ("httpx", "httpcore", "h11", "anyio", "idna", "certifi", "sniffio"),
}


def vendor(folder: Path) -> list[str]:
    """Put the HTTP libraries that this machine has into the app's folder, as its package would bring them."""
    found = []
    for library, packages in VENDORED.items():
        if importlib.util.find_spec(library) is None:
            continue
        found.append(library)
        for package in packages:
            spec = importlib.util.find_spec(package)
            if spec is not None and spec.submodule_search_locations:
                source = Path(next(iter(spec.submodule_search_locations)))
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, folder / "vendor" / package, ignore=ignored, dirs_exist_ok=True)
    return found


def run_app(tmp_path: Path, world: "World", new_bench: "type[Bench]", net: str) -> tuple[dict[str, str], Any]:
    """What the app found, and the audit of it."""
    folder = tmp_path / "reacher"
    folder.mkdir()
    (folder / "main.py").write_text(CODE)
    libraries = vendor(folder)
    made: list[Provisions] = []

    def provide(state: Path) -> Provisions:
        surroundings = Surroundings(Reachable([ip_network("127.0.0.1/32")]), world.roots)
        made.append(Provisions(state, Gate(TrafficLedger(state / "egress.db"), surroundings, resolver=world.names)))
        return made[0]

    async def drive() -> tuple[dict[str, str], Any]:
        async with world.server() as port:
            (folder / "manifest.toml").write_text(MANIFEST.format(net=net.format(port=port)))
            (folder / "told.json").write_text(json.dumps({"port": port, "libraries": libraries}))
            bench = new_bench([folder], provide=provide)
            async with bench.running():
                shelf = made[0].shelves.of("dev.ivi.reacher")
                async with asyncio.timeout(90):
                    while not await shelf.run(lambda items: items.count):
                        await asyncio.sleep(0.05)
                found = await shelf.run(lambda items: items.get("found", 0).data)
                audit = await bench.host.audit("dev.ivi.reacher", 100)
                return json.loads(found), audit

    return asyncio.run(drive())


def test_ordinary_libraries_reach_the_granted_host_only(
    tmp_path: Path, world: "World", new_bench: "type[Bench]", sandbox: list[str]
) -> None:
    found, audit = run_app(tmp_path, world, new_bench, NET)
    assert found["urllib"] == "GET 0"
    assert found["post"] == "POST 5000"
    for library in set(found) & set(VENDORED):
        assert found[library] == "GET 0", library
    assert "403" in found["other host"]
    assert "evil.example" in found["other host"], "the author reads which host the manifest lacks"
    assert "405" in found["plain http"]
    for name in ("around the proxy", "the host's loopback", "names"):
        assert "Error" in found[name] or "gaierror" in found[name], f"{name}: {found[name]}"
    decisions = {(record.target.rpartition(":")[0], record.decision) for record in audit.records}
    assert (HOST, "allowed") in decisions
    assert ("evil.example", "denied") in decisions
    assert audit.verified
    assert world.received == 5000


def test_an_app_without_the_permission_has_no_way_out(
    tmp_path: Path, world: "World", new_bench: "type[Bench]", sandbox: list[str]
) -> None:
    found, _ = run_app(tmp_path, world, new_bench, "")
    assert found["proxy"] == "none"
    assert "Error" in found["urllib"]
    assert world.greeted == []
