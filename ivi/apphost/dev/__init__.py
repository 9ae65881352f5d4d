# SPDX-License-Identifier: Apache-2.0
"""What an app's author sees while working on it: saves, pages as text, and the manifest lines that are missing."""
