"""`python -m bt_assess` is `bt-assess`."""

import sys

from bt_assess.cli import main

if __name__ == "__main__":
    sys.exit(main())
