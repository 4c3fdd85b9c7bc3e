"""bt-assess on the day that a file says: `python -m tests.e2e.on_a_day FILE ARGUMENT...`

The file can be written anew while it runs: whoever tests nine weeks has no nine weeks.
"""

import sys
from datetime import datetime
from pathlib import Path

from bt_assess.cli import main
from bt_assess.tui import desk


def run(day_file: Path, arguments: list[str]) -> int:
    def now() -> datetime:
        return datetime.fromisoformat(day_file.read_text(encoding="utf-8")).astimezone()

    desk._now = now  # noqa: SLF001
    return main(arguments)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
