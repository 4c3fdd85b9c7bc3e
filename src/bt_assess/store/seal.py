"""The seal at the end of a file: it shows a file that was cut short, damaged or edited by hand."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any


def digest(tables: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of all that a file holds beside its seal."""
    canonical = json.dumps(
        tables, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=_time
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _time(value: object) -> str:
    """Dates and times of every TOML kind, as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    return f"{type(value).__name__} {value}"
