"""How many sessions a large folder held last time, for the very first picture: no more is loaded."""

from pathlib import Path

NAME = ".catalogue.sqlite"
ARCHIVE = "archive"
"""The folder of sessions that are put away, in the folder of sessions."""
LARGE = 500_000
"""From how many bytes of catalogue on it is worth a look: of a smaller folder all is known at once."""


def glance(folder: Path) -> int | None:
    """The sessions in the catalogue of a folder of very many; None where there is nothing to say."""
    path = folder / NAME
    try:
        if path.lstat().st_size < LARGE:
            return None
    except (OSError, ValueError):
        return None
    import sqlite3

    try:
        # Read only: whoever makes and mends the file comes later.
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.05)
        try:
            [(count,)] = connection.execute(
                "SELECT sum(number) FROM tally WHERE archived = 0 AND kind != 'damaged'"
            )
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        return None
    return count if isinstance(count, int) and count > 0 else None
