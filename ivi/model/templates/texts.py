# SPDX-License-Identifier: Apache-2.0
"""Lengths of texts and ranges of numbers that templates are made of. Characters are Unicode code points."""

from typing import Annotated

import msgspec

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
RowTitle = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
RowText = Annotated[str, msgspec.Meta(max_length=240)]
Short = Annotated[str, msgspec.Meta(max_length=40)]
"""A name, a heading or a value: it is cut at the end of its line."""
LongText = Annotated[str, msgspec.Meta(min_length=1, max_length=480)]
Badge = Annotated[str, msgspec.Meta(max_length=12)]
PictureId = Annotated[str, msgspec.Meta(pattern="^(?:[0-9a-f]{64})?$")]
"""SHA-256 of a PNG that the app has handed to the host before (AddPicture), in hexadecimal; empty for none."""

Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
"""A part of a whole, 0 to 1."""
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Metres = Annotated[float, msgspec.Meta(ge=0, le=40_000_000)]
Seconds = Annotated[float, msgspec.Meta(ge=0, le=1_000_000)]
"""At most eleven days."""
Latitude = Annotated[float, msgspec.Meta(ge=-85, le=85)]
"""Degrees; the Mercator map ends there."""
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
