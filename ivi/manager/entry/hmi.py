# SPDX-License-Identifier: Apache-2.0
"""The hmi process: the cabin screen. Qt owns its event loop, so ivi.hmi.app is the whole process."""

import sys

from ivi.hmi.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
