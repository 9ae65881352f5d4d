# SPDX-License-Identifier: Apache-2.0
"""Apps, one folder each: manifest.toml, code, strings. They import ivi.sdk and nothing else of ours."""
