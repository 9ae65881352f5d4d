# SPDX-License-Identifier: Apache-2.0
"""Keys, operators and the address of the fleet's page: what is taken, and what is refused before anything starts."""

import json
import stat
from pathlib import Path

import pytest

from ivi.cli import fleet as cli
from ivi.cli import run as cli_run
from ivi.cloud.commands.command import Command, open_command, sign_command
from ivi.cloud.trust import Role, Trust
from ivi.fleet.serve import operators
from ivi.fleet.serve.keys import Keyring, add_trust, generate, trust_entries
from ivi.fleet.serve.operators import Operators, Scope
from ivi.fleet.serve.process import check_origins
from ivi.fleet.serve.site import Listen
from ivi.model.errors import ConfigurationError, PermissionDeniedError


def test_a_car_believes_what_a_generated_key_signs(tmp_path: Path) -> None:
    generate(tmp_path / "keys", Role.FLEET, "the desk")
    key = Keyring.load(tmp_path / "keys").key(Role.FLEET)
    trust = Trust.load(tmp_path / "keys" / "trust.json")
    issuer = trust.issuer(key.kid)
    assert issuer is not None
    assert (issuer.role, issuer.name) == (Role.FLEET, "the desk")
    message = sign_command(Command("car-1", "lock", 1, 2_000_000_000, b"12345678"), key.kid, key.private)
    assert open_command(message, trust.keys(Role.FLEET))[0].name == "lock"
    with pytest.raises(PermissionDeniedError):
        open_command(message, trust.keys(Role.OWNER))


def test_private_keys_are_their_owners_alone(tmp_path: Path) -> None:
    generate(tmp_path / "keys", Role.FLEET, "")
    path = tmp_path / "keys" / "fleet.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="can be read by others"):
        Keyring.load(tmp_path / "keys")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    first = generate(tmp_path, Role.FLEET, "")
    with pytest.raises(ConfigurationError, match="there already"):
        generate(tmp_path, Role.FLEET, "")
    assert Keyring.load(tmp_path).key(Role.FLEET).kid == first.kid


def test_what_is_no_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "owner.pem"
    path.touch(mode=0o600)
    path.write_text("-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n", encoding="ascii")
    with pytest.raises(ConfigurationError, match="cannot read the key"):
        Keyring.load(tmp_path)
    with pytest.raises(ConfigurationError, match="no folder of keys"):
        Keyring.load(tmp_path / "nowhere")
    with pytest.raises(PermissionDeniedError, match="no key for the role fleet"):
        Keyring({}).key(Role.FLEET)


def test_trust_grows_and_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "trust.json"
    theirs = {"id": "00", "role": "owner", "public": "11" * 32, "name": "phone"}
    add_trust(path, [theirs])
    generate(tmp_path, Role.FLEET, "")
    generate(tmp_path, Role.CAMPAIGNS, "")
    assert [entry["role"] for entry in trust_entries(path)] == ["owner", "fleet", "campaigns"]
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="no list"):
        add_trust(path, [theirs])


def test_an_operator_is_known_by_his_token_and_by_no_other(tmp_path: Path) -> None:
    path = tmp_path / "operators.json"
    anna, bert = operators.add(path, "anna", Scope.ISSUE), operators.add(path, "bert", Scope.READ)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    known = Operators.load(path)
    assert known.with_token(anna).may_issue
    assert not known.with_token(bert).may_issue
    for wrong in ("", anna[:-1], f"{anna}x", "x" * 100_000, "\udcff"):
        with pytest.raises(PermissionDeniedError):
            known.with_token(wrong)
    assert anna not in path.read_text(encoding="utf-8")
    again = operators.add(path, "anna", Scope.READ)
    known = Operators.load(path)
    assert not known.with_token(again).may_issue
    with pytest.raises(PermissionDeniedError):
        known.with_token(anna)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"operators": 1}',
        '{"operators": [1]}',
        '{"operators": [{"name": "a", "scope": "all", "sha256": "00"}]}',
        '{"operators": [{"name": "a", "scope": "read", "sha256": "00"}]}',
        '{"operators": [{"name": "a", "scope": "read", "sha256": 5}]}',
    ],
)
def test_a_wrong_file_of_operators_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "operators.json"
    path.touch(mode=0o600)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        Operators.load(path)


def test_a_file_of_operators_that_others_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "operators.json"
    operators.add(path, "anna", Scope.READ)
    path.chmod(0o644)
    with pytest.raises(ConfigurationError, match="read by others"):
        Operators.load(path)


def test_other_machines_need_tls_and_operators() -> None:
    with pytest.raises(ConfigurationError, match="in the clear"):
        Listen.parse("0.0.0.0:8080")
    with pytest.raises(ConfigurationError, match="go together"):
        Listen.parse("127.0.0.1:8080", certificate=Path("a.pem"))
    there = Listen.parse("0.0.0.0:8443", Path("a.pem"), Path("b.pem"))
    with pytest.raises(ConfigurationError, match="no operators"):
        check_origins([], there, None)
    here = Listen.parse("127.0.0.1:8080")
    with pytest.raises(ConfigurationError, match="no operators"):
        check_origins(["https://fleet.example"], here, None)
    with pytest.raises(ConfigurationError, match="no origin"):
        check_origins(["fleet.example"], here, Operators([]))
    assert check_origins([], here, None) == {"http://127.0.0.1:8080"}
    assert Listen.parse("[::1]:80").origin == "http://[::1]:80"


def test_the_command_line_makes_keys_and_operators(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["keygen", "--keys", str(tmp_path / "keys")]) == 0
    assert {entry["role"] for entry in trust_entries(tmp_path / "keys" / "trust.json")} == {
        "fleet",
        "campaigns",
        "entitlements",
    }
    capsys.readouterr()
    assert cli.main(["operator", "anna", "--file", str(tmp_path / "operators.json"), "--scope", "issue"]) == 0
    token = capsys.readouterr().out.strip()
    assert Operators.load(tmp_path / "operators.json").with_token(token).name == "anna"
    assert "anna" in json.loads((tmp_path / "operators.json").read_text(encoding="utf-8"))["operators"][0]["name"]
    with pytest.raises(ConfigurationError, match="cannot be an operator's name"):
        cli.main(["operator", "<script>", "--file", str(tmp_path / "operators.json")])


def test_a_demo_with_the_page_lets_its_car_believe_the_demos_keys(run_dir: Path) -> None:
    state = run_dir.parent / "state"
    cli_run.prepare_fleet_page("127.0.0.1:8080", demo=True)
    cli_run.prepare_fleet_page("127.0.0.1:8080", demo=True)  # the second run has the same keys
    keyring = Keyring.load(state / "fleet" / "keys")
    assert keyring.roles == list(Role)
    trust = Trust.load(state / "trust.json")
    for role in Role:
        assert list(trust.keys(role)) == [keyring.key(role).kid]
    with pytest.raises(ConfigurationError, match="for demos"):
        cli_run.prepare_fleet_page("127.0.0.1:8080", demo=False)
    with pytest.raises(ConfigurationError, match="no address"):
        cli_run.prepare_fleet_page("8080", demo=True)
