# SPDX-License-Identifier: Apache-2.0
"""The hmi process: the cabin screen. Qt owns its event loop, so ivi.hmi.app is the whole process."""

import gc
import sys

if __name__ == "__main__":
    # Nothing of what is imported and built up to the first frames becomes garbage; ivi.hmi.app turns this on again.
    gc.disable()
    from ivi.hmi import priority, qt_imports

    priority.come_first()
    qt_imports.load()
    from ivi.hmi.app import main

    sys.exit(main(sys.argv[1:]))
