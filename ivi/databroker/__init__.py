# SPDX-License-Identifier: Apache-2.0
"""Current values of the vehicle's signals: who provides them, who follows them, who may change them."""
