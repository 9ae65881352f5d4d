# SPDX-License-Identifier: Apache-2.0
"""Asking the driver to pay: the car draws the sheet and pays; the app hears how it ended."""

from collections.abc import Callable

from ivi.model.app import PaymentState, PaymentUpdate, RequestPayment
from ivi.model.errors import LinkError
from ivi.sdk.connection import Connection


def request_payment(connection: Connection, request: RequestPayment, on_end: Callable[[PaymentUpdate], None]) -> None:
    """Ask; `on_end` is called once, by the app's loop. Raises IviError when the car does not even ask."""

    def took(body: object) -> None:
        if not isinstance(body, PaymentUpdate):
            raise LinkError(f"{type(body).__name__} came where a payment was expected")
        if body.state is not PaymentState.ASKING:
            on_end(body)

    connection.stream(request, took)
