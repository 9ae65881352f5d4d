# SPDX-License-Identifier: Apache-2.0
"""Vehicle services, one package each; none imports another, the services process joins them."""
