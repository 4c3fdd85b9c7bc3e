"""Reports as HTML: one file each, to read, to print and to send; no scripts, nothing fetched."""

from bt_assess.report.html_compared import html_of_compared
from bt_assess.report.html_round import html_of_round
from bt_assess.report.html_session import html_of_session

__all__ = ["html_of_compared", "html_of_round", "html_of_session"]
