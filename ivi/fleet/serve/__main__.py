# SPDX-License-Identifier: Apache-2.0
"""`python -m ivi.fleet.serve`, for the process table; people say `ivi fleet serve`."""

import sys

from ivi.fleet.serve.process import main
from ivi.model.errors import IviError

if __name__ == "__main__":
    try:
        sys.exit(main())
    except IviError as error:
        sys.stderr.write(f"ivi fleet serve: {error}\n")
        sys.exit(error.exit_code)
