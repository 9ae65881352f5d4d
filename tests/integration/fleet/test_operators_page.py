# SPDX-License-Identifier: Apache-2.0
"""The operator's page in a real browser, against a real broker, a real ingest and the real cloud process of a car."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import SessionNotCreatedException, WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from ivi.cloud.record import Record, encode_record
from ivi.cloud.telemetry import Batch, encode_batch
from ivi.cloud.trust import Role
from ivi.cloud.wire import Frame, Kind
from ivi.fleet.mosquitto import find_mosquitto, prepare
from ivi.fleet.serve.keys import generate
from ivi.fleet.store.recording import Store

CAR = "page-car"
HOSTILE = "hostile-car"
LIMIT = 60.0  # seconds on a loaded machine
pytestmark = pytest.mark.timeout(300)
SCRIPT = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def free_port() -> int:
    """A TCP port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def until(look: Callable[[], object]) -> None:
    """Poll until something holds, or fail."""
    end = time.monotonic() + LIMIT
    while True:
        with contextlib.suppress(WebDriverException):  # an element that is just being replaced
            if look():
                return
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """A Chromium without a window, with folders of its own: nothing of the user's is read or written."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("chromium and chromedriver are not installed (apt install chromium chromium-driver)")
    if is_snap(chromium) or is_snap(driver):
        pytest.skip("this Chromium is a snap, which cannot read the tests' folders (install a package or an archive)")
    made = start_browser(tmp_path, chromium, driver)
    try:
        yield made
    finally:
        made.quit()


def is_snap(program: str) -> bool:
    """Whether a program comes from a snap: it lies there, or is a script that starts one from there (Ubuntu)."""
    path = Path(program).resolve()
    if path.is_relative_to("/snap") or path.name == "snap":
        return True
    with path.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"/snap/" in start


def start_browser(folder: Path, chromium: str, driver: str) -> webdriver.Chrome:
    """Start it; without its own sandbox when it cannot have one: for root, and in most containers."""
    homes = {name: folder / "browser" / name for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    for home in homes.values():
        home.mkdir(parents=True)
    surroundings = os.environ | {name: str(home) for name, home in homes.items()}
    for sandbox in (False,) if os.geteuid() == 0 else (True, False):
        options = Options()
        options.binary_location = chromium
        for switch in ("--headless=new", "--disable-gpu", "--window-size=1360,1200", "--disable-dev-shm-usage"):
            options.add_argument(switch)
        options.add_argument(f"--user-data-dir={folder}/browser/{'sandbox' if sandbox else 'plain'}")
        if not sandbox:
            options.add_argument("--no-sandbox")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        try:
            return webdriver.Chrome(options=options, service=Service(driver, env=surroundings))
        except SessionNotCreatedException:
            if not sandbox:
                raise
    raise AssertionError("the last attempt returns or raises")


def test_a_snap_is_recognised(tmp_path: Path) -> None:
    """Ubuntu's /usr/bin/chromium-browser is a script that starts one."""
    (tmp_path / "script").write_text('#!/bin/sh\nexec /snap/bin/chromium "$@"\n')
    (tmp_path / "other").write_text('#!/bin/sh\nexec /usr/lib/chromium/chromium "$@"\n')
    (tmp_path / "link").symlink_to("/snap/bin/chromium")
    assert [is_snap(str(tmp_path / name)) for name in ("script", "other", "link")] == [True, False, True]


@pytest.fixture
def page(tmp_path: Path, run_dir: Path, root: Path) -> Iterator[str]:
    """Broker, fleet's end and a parked car; the address of the page."""
    if find_mosquitto() is None:
        pytest.skip("mosquitto is not installed")
    for role in (Role.FLEET, Role.CAMPAIGNS, Role.ENTITLEMENTS):
        generate(tmp_path / "keys", role, f"the {role}")
    shutil.copy(tmp_path / "keys" / "trust.json", run_dir.parent / "state" / "trust.json")
    (tmp_path / "mosquitto").mkdir()
    port, listen = free_port(), f"127.0.0.1:{free_port()}"
    broker = f"127.0.0.1:{port}"
    keys, db = str(tmp_path / "keys"), str(tmp_path / "fleet.db")
    serve = ["--broker", broker, "--db", db, "--keys", keys, "--listen", listen, "--ingest"]
    commands = {
        "broker": prepare(port, tmp_path / "mosquitto"),
        "serve": [sys.executable, "-m", "ivi", "fleet", "serve", *serve],
        "car": [sys.executable, str(Path(__file__).with_name("parked_car.py")), "--broker", broker, "--vehicle", CAR],
    }
    running: list[subprocess.Popen[bytes]] = []
    try:
        for name, command in commands.items():
            with (tmp_path / f"{name}.log").open("wb") as log:
                running.append(subprocess.Popen(command, cwd=root, stdout=log, stderr=log, env=environment(root)))
        until(lambda: answers(listen))
        until(lambda: online(listen))  # the page of a car that is not known yet has an error in the browser's log
        yield f"http://{listen}/"
    finally:
        for process in reversed(running):
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(15)


def environment(root: Path) -> dict[str, str]:
    """Ours, with the checkout's packages."""
    return os.environ | {"PYTHONPATH": str(root)}


def answers(address: str) -> bool:
    """Whether a port takes connections."""
    host, _, port = address.partition(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
        return True
    return False


def online(address: str) -> bool:
    """Whether the fleet's end lists the car as connected."""
    with urllib.request.urlopen(f"http://{address}/api/vehicles", timeout=10) as answer:
        listed: list[dict[str, Any]] = json.load(answer)
    return any(one["vehicle"] == CAR and one["state"] == "online" for one in listed)


def text(browser: webdriver.Chrome, selector: str) -> str:
    """What an element shows."""
    return browser.find_element(By.CSS_SELECTOR, selector).text


def warnings(browser: webdriver.Chrome) -> list[dict[str, Any]]:
    """What the browser complained about: errors, and scripts that the page's policy kept out."""
    found: list[dict[str, Any]] = browser.get_log("browser")  # type: ignore[no-untyped-call]  # selenium leaves it untyped
    return found


def test_an_operator_sees_the_car_and_preconditions_it(page: str, browser: webdriver.Chrome) -> None:
    browser.get(page)
    until(lambda: text(browser, "h1") == CAR)
    until(lambda: "online" in text(browser, "#view .chip"))
    until(lambda: "broker connected" in text(browser, "#link"))
    # Telemetry comes in and is drawn.
    until(lambda: len(browser.find_elements(By.CSS_SELECTOR, ".tile")) >= 5)
    browser.find_element(By.CSS_SELECTOR, ".tile[data-path$='StateOfCharge.Displayed']").click()
    chart = "svg.chart[aria-label^='Charge']"
    until(lambda: int(browser.find_element(By.CSS_SELECTOR, chart).get_attribute("data-points") or 0) >= 3)
    line = browser.find_element(By.CSS_SELECTOR, f"{chart} path.line").get_attribute("d") or ""
    assert line.count("L") >= 2
    assert text(browser, ".tile[aria-pressed=true] .value").startswith("64")
    # A command, and each of its states without a reload.
    Select(browser.find_element(By.ID, "command")).select_by_value("precondition")
    browser.find_element(By.CSS_SELECTOR, ".form input[type=number]").send_keys("22")
    browser.execute_script("window.notReloaded = true")
    browser.find_element(By.ID, "send").click()
    until(lambda: browser.find_elements(By.CSS_SELECTOR, "li[data-state=succeeded]"))
    steps = text(browser, "li[data-state=succeeded] .steps").lower()
    assert all(word in steps for word in ("issued", "sent", "received", "accepted", "running", "succeeded"))
    assert browser.execute_script("return window.notReloaded") is True
    # The car did it: its set temperature comes back as telemetry.
    until(lambda: text(browser, ".tile[data-path$='Driver.Temperature'] .value") == "22")
    assert warnings(browser) == []


def test_settings_are_issued_and_what_the_car_made_of_them_is_shown(page: str, browser: webdriver.Chrome) -> None:
    until(lambda: opened(browser, f"{page}#/car/{CAR}/settings", "tbody tr"))
    row = "//tr[td[starts-with(., 'Charging limit')]]"
    until(lambda: browser.find_element(By.XPATH, f"{row}//input").is_enabled())
    assert "90" not in browser.find_element(By.XPATH, f"{row}/td[2]").text  # what nobody desires is not told
    browser.find_element(By.XPATH, f"{row}//input").send_keys("75")
    browser.find_element(By.XPATH, "//button[. = 'Issue']").click()
    until(lambda: browser.find_element(By.XPATH, f"{row}/td[2]").text == "75")
    until(lambda: browser.find_element(By.XPATH, f"{row}/td[5]").text == "applied")
    assert warnings(browser) == []


def test_campaigns_and_features_are_issued_and_reach_the_car(page: str, browser: webdriver.Chrome) -> None:
    until(lambda: opened(browser, f"{page}#/car/{CAR}/data", "textarea"))
    until(lambda: "battery-health" in written(browser))
    voltage = "Vehicle.LowVoltageBattery.CurrentVoltage"
    use = {"purpose": "diagnostics", "category": "technical", "recipient": "service", "retention_days": 30}
    asked = {"id": "voltage", "signals": [voltage], "use": use, "period_ms": 500, "priority": 9}
    issue(browser, {"days": 1, "campaigns": [asked]})
    until(lambda: f"version {int(time.time()) // 1000}" in text(browser, ".card header"))  # begins at the time
    browser.get(f"{page}#/car/{CAR}/features")
    until(lambda: "navigation.live" in written(browser))
    issue(browser, {"features": [{"id": "navigation.live", "kind": "term", "until": int(time.time()) + 86400}]})
    until(lambda: f"the car has {int(time.time()) // 1000}" in text(browser, ".card header"))
    assert text(browser, ".card tbody").split()[:2] == ["navigation.live", "active"]
    # What the campaign asks for comes in and is drawn like everything else.
    browser.get(f"{page}#/car/{CAR}/overview")
    until(lambda: text(browser, f".tile[data-path='{voltage}'] .value") == "12.6")
    assert warnings(browser) == []


def written(browser: webdriver.Chrome) -> str:
    """What stands in the editor."""
    return browser.find_element(By.TAG_NAME, "textarea").get_attribute("value") or ""


def issue(browser: webdriver.Chrome, content: dict[str, Any]) -> None:
    """Write a document and press the button."""
    editor = browser.find_element(By.TAG_NAME, "textarea")
    editor.clear()
    editor.send_keys(json.dumps(content))
    browser.find_element(By.XPATH, "//button[. = 'Sign and issue']").click()


def opened(browser: webdriver.Chrome, address: str, selector: str) -> bool:
    """Open a place of the page and look whether it has something."""
    browser.get(address)
    browser.refresh()
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if browser.find_elements(By.CSS_SELECTOR, selector):
            return True
        time.sleep(0.05)
    return False


def test_a_hostile_car_cannot_script_the_page(page: str, browser: webdriver.Chrome, tmp_path: Path) -> None:
    now = time.time_ns()
    hostile(tmp_path / "fleet.db", now)
    browser.get(page)
    until(lambda: SCRIPT[:20] in text(browser, "table.all"))
    browser.find_element(By.LINK_TEXT, HOSTILE).click()
    until(lambda: text(browser, "h1") == HOSTILE)
    until(lambda: SCRIPT[:20] in browser.find_element(By.TAG_NAME, "main").text)
    for tab in ("settings", "software", "reports"):
        browser.get(f"{page}#/car/{HOSTILE}/{tab}")
        until(lambda: SCRIPT[:20] in browser.find_element(By.TAG_NAME, "main").text)
    assert browser.title == "ivi fleet"
    assert not browser.find_elements(By.CSS_SELECTOR, "main img, main script, main iframe")
    # Even markup that got in would not run: the page's policy keeps inline scripts and handlers out.
    with pytest.raises(WebDriverException, match="TrustedHTML"):
        browser.execute_script("document.body.innerHTML = arguments[0]", SCRIPT)
    assert browser.title == "ivi fleet"


def hostile(db: Path, now: int) -> None:
    """What a car with bad intentions may have sent."""
    with contextlib.closing(Store(db)) as store:
        store.set_state(HOSTILE, SCRIPT[:32], 1)
        twin = {"version": 1, "patch": {SCRIPT: {SCRIPT: SCRIPT}}, "full": True, "settings": {SCRIPT: SCRIPT}}
        records = (
            Record("refused", now // 10**6, {"what": SCRIPT, "why": SCRIPT, SCRIPT: [SCRIPT]}),
            Record("update", now // 10**6, {"software": SCRIPT, "state": SCRIPT, "subject": SCRIPT, "why": SCRIPT}),
            Record("twin", now // 10**6, twin),
        )
        rows = [
            (HOSTILE, "control", Frame(Kind.RECORD, b"stream-c", seq, encode_record(one)))
            for seq, one in enumerate(records, 1)
        ]
        values: dict[str, Any] = {SCRIPT: 1.0, "Vehicle.Speed": SCRIPT}
        rows.append((HOSTILE, "telemetry", Frame(Kind.RECORD, b"stream-t", 1, encode_batch(Batch(now, values)))))
        store.add(rows)
