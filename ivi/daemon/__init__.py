# SPDX-License-Identifier: Apache-2.0
"""What every process shares: folders, logging, readiness and watchdog, the link's two ends, and the stages of a stop."""
