# SPDX-License-Identifier: Apache-2.0
"""Eclipse Kuksa's gRPC: `kuksa.val.v2`, and the parts of `kuksa.val.v1` that its client still asks for.

The message classes come from the wheel of kuksa-client (`pip install 'ivi[kuksa]'`), so that no generated or
third-party interface text lies in this repository, and server and client read the same description. Of that wheel only
the modules kuksa.val.*_pb2 are imported, and only in this package.
"""
