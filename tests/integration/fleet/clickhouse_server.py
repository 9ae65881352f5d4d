# SPDX-License-Identifier: Apache-2.0
"""ClickHouse's HTTP interface in front of chDB, which is ClickHouse's engine in a library.

A process of its own: the engine is 500 MB of code with threads that no test process should carry. The statement and the
data behind it go to the engine as they came. Prints its port.
"""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from chdb import ChdbError, session


class Handler(BaseHTTPRequestHandler):
    """One statement."""

    engine: Any

    def do_POST(self) -> None:
        """Run it; errors are status 500 and the engine's text, as the server does it."""
        statement = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            status, body = 200, str(self.engine.query(statement, "TabSeparated")).encode()
        except ChdbError as error:
            status, body = 500, str(error).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def main() -> None:
    """Serve until killed."""
    Handler.engine = session.Session(sys.argv[1])  # type: ignore[no-untyped-call]  # chdb leaves it so
    server = HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
