# SPDX-License-Identifier: Apache-2.0
"""The box an app runs in: bubblewrap namespaces, a system call filter, and what of the machine is visible inside."""
