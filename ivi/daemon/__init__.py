# SPDX-License-Identifier: Apache-2.0
"""What every process shares: folders, logs, readiness and watchdog, the link's two ends, the stages of a stop."""
