# SPDX-License-Identifier: Apache-2.0
"""Names of contacts with odd letters are cleaned or left out, and the process says how many."""

from pathlib import Path

import pytest

from ivi.voice.dialogue.contacts import MAX_CONTACTS, MAX_FILE, read_contacts, speakable


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anna Weber", "Anna Weber"),
        ("  Jean-Luc   Moreau ", "Jean-Luc Moreau"),
        ("Mum \U0001f495", "Mum"),
        ("Plumber (24h)", "Plumber h"),
        ("O'Brien, Siobhán", "O'Brien Siobhán"),
        ("Zoe\u0308 Groß", "Zoë Groß"),
        ("\u202eevil\u202c", "evil"),
        ("渡辺", "渡辺"),
        ("+49 171 5550", ""),
        ("🚕🚕", ""),
        ("", ""),
    ],
)
def test_what_is_said_of_a_name(name: str, said: str) -> None:
    assert speakable(name) == said


def test_names_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    file.write_bytes(
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna We\r\n ber\r\nTEL:+1\r\nEND:VCARD\r\n"
        b"FN;CHARSET=UTF-8:Weber\\, Anna\nFN:Anna Weber\nFN:\xff\xfe\nFN:112\n"
    )
    names, problem = read_contacts(file)
    assert names == ("Anna Weber", "Weber Anna")
    assert problem is not None
    assert problem.what == "2 contacts cannot be said"


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read_contacts(tmp_path / "contacts.vcf") == ((), None)


def test_too_many_and_too_large(tmp_path: Path) -> None:
    file = tmp_path / "contacts.vcf"
    letters = "abcdefghijklmnopqrstuvwxyz"
    file.write_text("".join(f"FN:{a}{b}{c}\n" for a in letters for b in letters for c in letters[:3]))
    names, problem = read_contacts(file)
    assert len(names) == MAX_CONTACTS
    assert problem is not None
    file.write_bytes(b"x" * (MAX_FILE + 1))
    names, problem = read_contacts(file)
    assert names == ()
    assert problem is not None


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "contacts.vcf").mkdir()
    names, problem = read_contacts(tmp_path / "contacts.vcf")
    assert names == ()
    assert problem is not None
