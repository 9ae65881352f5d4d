# SPDX-License-Identifier: Apache-2.0
"""An outside world for the proxy: a test CA, a TLS server on loopback, and a resolver that answers what a test says."""

import asyncio
import contextlib
import datetime
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HOST = "api.partner.example"


class Names:
    """A resolver, answering from a table; the first answer of a name may differ from the next."""

    def __init__(self) -> None:
        self.answers: dict[str, list[list[str]]] = {}
        self.asked: list[str] = []

    async def resolve(self, host: str, _port: int) -> list[str]:
        self.asked.append(host)
        answers = self.answers.get(host, [[]])
        return answers.pop(0) if len(answers) > 1 else answers[0]


@dataclass
class World:
    """Files of the CA, and what the server saw."""

    roots: Path
    chain: Path
    key: Path
    names: Names = field(default_factory=Names)
    port: int = 0
    greeted: list[str | None] = field(default_factory=list)
    received: int = 0

    @contextlib.asynccontextmanager
    async def server(self) -> AsyncIterator[int]:
        """HTTP over TLS at 127.0.0.1: `GET /big/N` answers N bytes, `POST` answers how much came."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.chain, self.key)
        context.sni_callback = lambda _tls, name, _context: self.greeted.append(name)
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self.port
        finally:
            server.close()
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            method, path, _ = head.split(" ", 2)
            length = next(
                (int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length")), 0
            )
            got = await reader.readexactly(length) if method == "POST" else b""
            self.received += len(got)
            body = bytes(int(path.split("/")[2])) if path.startswith("/big/") else f"{method} {len(got)}".encode()
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
            await writer.drain()
        writer.close()


def make_certificates(folder: Path) -> World:
    """A root and a server certificate for HOST."""
    x509 = pytest.importorskip("cryptography.x509", reason="needs cryptography for test certificates")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415  # only where it is installed
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test root")])

    def certificate(name: object, public: object, *, is_root: bool) -> object:
        usage = x509.KeyUsage(
            digital_signature=not is_root, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=is_root, crl_sign=is_root, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        builder = (
            x509.CertificateBuilder().subject_name(name).issuer_name(root_name).public_key(public)
            .serial_number(x509.random_serial_number()).not_valid_before(now - day).not_valid_after(now + day)
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
            )
        )  # fmt: skip
        if not is_root:
            names = [x509.DNSName(HOST), x509.DNSName("other.partner.example")]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(root_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    world = World(folder / "roots.pem", folder / "server.pem", folder / "server.key")
    server_name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    world.roots.write_bytes(certificate(root_name, root_key.public_key(), is_root=True))  # type: ignore[arg-type]  # PEM
    world.chain.write_bytes(certificate(server_name, key.public_key(), is_root=False))  # type: ignore[arg-type]  # PEM
    world.key.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    return world


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world in which HOST is at 127.0.0.1."""
    world = make_certificates(tmp_path)
    world.names.answers[HOST] = [["127.0.0.1"]]
    return world
