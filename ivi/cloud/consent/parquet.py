# SPDX-License-Identifier: Apache-2.0
"""The export once more as Parquet: one file for each NDJSON file, one line a value. Needs the extra `parquet`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ivi.model.errors import ConfigurationError

CHUNK = 20_000  # rows of the table held in memory


def write_parquet(folder: Path) -> list[str]:
    """Write a Parquet file beside each NDJSON file of a folder; returns their names.

    Raises ConfigurationError when pyarrow is not installed or the disk takes nothing.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415  # an extra; it ships no types
        from pyarrow import parquet  # noqa: PLC0415  # as above
    except ImportError as error:
        raise ConfigurationError(
            "Parquet needs pyarrow, which is not installed", hint="install `ivi[parquet]`; the NDJSON files are written"
        ) from error
    names = []
    try:
        for source in sorted(folder.glob("*.ndjson")):
            rows = _consents if source.name.startswith("consents") else _values
            schema = pa.schema(_CONSENTS if rows is _consents else _VALUES)
            target = source.with_suffix(".parquet")
            target.touch(mode=0o600)
            with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
                for chunk in _chunks(rows(source)):
                    writer.write_table(pa.Table.from_pylist(chunk, schema=schema))
            names.append(target.name)
    except OSError as error:
        raise ConfigurationError(f"cannot write into {folder}: {error}", hint="free some disk space") from error
    return names


_CONSENTS = [
    *(("number", "int64"), ("time", "string"), ("what", "string"), ("by", "string"), ("purpose", "string")),
    *(("category", "string"), ("recipient", "string"), ("retention_days", "int64"), ("cell_m", "int64")),
    *(("time_s", "int64"), ("before", "string"), ("signed", "string")),
]
_VALUES = [
    *(("state", "string"), ("channel", "string"), ("stream", "string"), ("seq", "int64")),
    *(("acknowledged", "string"), ("time", "string"), ("name", "string"), ("aggregate", "string")),
    *(("number", "double"), ("text", "string")),
]


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _lines(source: Path) -> Iterator[dict[str, Any]]:
    with source.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _consents(source: Path) -> Iterator[dict[str, Any]]:
    for line in _lines(source):
        yield {name: line.get(name) for name, _ in _CONSENTS}


def _values(source: Path) -> Iterator[dict[str, Any]]:
    """Each value of a row as a line of its own; what is no value, as JSON text."""
    for line in _lines(source):
        row = {name: line.get(name) for name in ("state", "channel", "stream", "seq", "acknowledged", "time")}
        if "values" in line:
            for path, value in line["values"].items():
                yield row | {"name": path, "aggregate": "none"} | _value(value)
        elif "series" in line:
            for one in line["series"]:
                for time, value in zip(one["times"], one["values"], strict=True):
                    yield row | {"name": one["path"], "aggregate": one["aggregate"], "time": time} | _value(value)
        elif "kind" in line:
            yield row | {"name": line["kind"], "text": json.dumps(line["data"], ensure_ascii=False)}
        else:
            yield row | {"name": "unreadable", "text": line.get("base64")}


def _value(value: object) -> dict[str, object]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return {"text": value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}
    return {"number": float(value)}
