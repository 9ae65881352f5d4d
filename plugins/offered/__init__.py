# SPDX-License-Identifier: Apache-2.0
"""Apps that do not ship with the car: the store of `ivi run --demo` offers them as signed packages."""
