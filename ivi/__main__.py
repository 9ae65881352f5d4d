# SPDX-License-Identifier: Apache-2.0
"""`python -m ivi` is the command `ivi`."""

import sys

from ivi.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
