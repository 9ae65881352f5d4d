# SPDX-License-Identifier: Apache-2.0
"""`ivi app check`: what would go wrong with an app, found before a driver finds it.

`static` reads the app's files. `trial` runs it in the real sandbox against a scripted car, once for each driving state
and each trouble. Findings name the file, the line and the fix; `distraction` grades what was on the screen.
"""
