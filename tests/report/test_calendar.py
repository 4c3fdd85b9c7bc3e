"""Dates for a calendar: one for each thing, the same id each time, and text that stays text."""

from datetime import UTC, date, datetime

from icalendar import Calendar
from icalendar.cal import Component

from bt_assess.core.due import DueKind, due
from bt_assess.report.calendar import calendar
from tests.report.pages import HOSTILE, rubric
from tests.report.plans import BEGAN, MADE, a_plan, a_project


def events(data: bytes) -> list[Component]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def dates(words: str = "", made: date = MADE) -> bytes:
    found = due([a_plan(rubric(), words)], [a_project(words)], [], BEGAN, ahead=None)
    assert found
    return calendar(found, made=made)


def test_every_day_that_something_is_due_on() -> None:
    found = due([a_plan(rubric())], [a_project()], [], BEGAN, ahead=None)
    waiting = [each for each in found if each.kind is DueKind.OBSTACLE]
    assert waiting
    seen = events(calendar(found, made=MADE))
    assert len(seen) == len(found) - len(waiting)
    assert sorted(each.decoded("dtstart") for each in seen) == sorted(
        each.when for each in found if each not in waiting
    )
    [action] = [
        e for e in seen if e["summary"] == "Action: Put the ten commonest parts on every van"
    ]
    assert action.decoded("dtstart") == date(2026, 10, 2)
    assert action["description"] == "Project: No second visit in Ward 4\nOwner: Ruth"
    assert b"DTSTART;VALUE=DATE:20261002" in calendar(found, made=MADE)


def test_the_same_thing_has_the_same_id_and_no_two_have_one() -> None:
    ids = [str(each["uid"]) for each in events(dates())]
    assert len(set(ids)) == len(ids)
    again = events(dates(made=date(2027, 1, 1)))
    assert [str(each["uid"]) for each in again] == ids
    assert again[0].decoded("dtstamp") == datetime(2027, 1, 1, tzinfo=UTC)


def test_nobody_is_invited_and_nothing_rings() -> None:
    for each in events(dates()):
        assert not {"ATTENDEE", "ORGANIZER", "URL", "ATTACH"} & set(each)
        assert not each.subcomponents
        assert each["transp"] == "TRANSPARENT"


def test_hostile_text_adds_nothing() -> None:
    plain = len(events(dates()))
    breaks = "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:AUDIO\nURL:http://evil.example"
    for text in (*HOSTILE, breaks, ";,:\\n\\N", "é李👩" * 60):
        data = dates(text)
        assert len(events(data)) == plain
        lines = data.decode().split("\r\n")
        assert not [line for line in lines if line.startswith(("URL", "BEGIN:VALARM", "ATTACH"))]
        assert all(len(line.encode()) <= 75 for line in lines)
        assert not set(data.decode()) & {"\x1b", "\x07", "\u202e", "\x00"}


def test_nothing_due_is_an_empty_calendar() -> None:
    assert events(calendar([], made=MADE)) == []
