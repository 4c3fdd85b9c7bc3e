"""Choosing other ends of a comparison, somebody to stand beside their team, and all times of one."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from textual.content import Content
from textual.screen import Screen

from bt_assess.core.compared import Compared, of_session
from bt_assess.core.courses import identity
from bt_assess.core.disclosure import Person
from bt_assess.core.saved_comparison import MOST_COMPARED
from bt_assess.report.change_words import whose
from bt_assess.report.words import day, who
from bt_assess.store.catalogue_queries import Listed, Order, Wanted
from bt_assess.store.shelf import opened as opened_session
from bt_assess.tui.desk import Desk
from bt_assess.tui.screens.comparing import other_views
from bt_assess.tui.screens.comparing.subject import (
    Subject,
    guest_of,
    key_of,
    people_of,
    subject_of,
    told_apart,
)
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.session_rows import SessionRows
from bt_assess.tui.widgets.rows import Row
from bt_assess.tui.widgets.theme_tracks import place_marks

Take = Callable[[Subject], None]


def finished(desk: Desk, words: str = "") -> Wanted:
    """The finished sessions of the rubric in use that these words find."""
    return Wanted(words=words, finished=True, rubric_id=desk.rubric.id)


def session_line(listed: Listed, width: int) -> Content:
    """A session of a list: when, who, and how it came out."""
    marks = place_marks(listed.places)
    room = max(10, width - 13 - 2 - marks.cell_length)
    name = Content(who(listed)).truncate(room, ellipsis=True)
    gap = " " * max(0, room - name.cell_length)
    return Content.assemble((f"{day(listed.when):<13}", "$quiet"), name, gap, "  ", marks)


def pick_end(page: Screen[None], desk: Desk, subject: Subject, which: str, take: Take) -> None:
    """Another one for before or after: of two sessions any other, of more one of these.

    Where the one at the other end is chosen, the two change places.
    """
    now, other = subject.before, subject.after
    if which == "after":
        now, other = other, now

    def chosen(item: Compared | None) -> None:
        if item is None:
            return
        pair = (item, other) if which == "before" else (other, item)
        if key_of(item) == key_of(other):
            pair = (subject.after, subject.before)
        found = subject
        if len(subject.items) == 2:
            found = subject_of(subject.rubric, pair, subject.targets)
        take(found.with_pair(*pair))

    title = f"Which one is '{which}'?"
    if len(subject.items) == 2:
        pick = Pick(title, _all_sessions(desk), _listed_as(desk, now))
        page.app.push_screen(pick, lambda row: chosen(_opened(desk, row)))
        return
    names = told_apart(subject.items)
    choices = [
        Row(partial(_named, names[key_of(each)]), each)
        for each in subject.items
        if identity(each) == identity(other)
    ]
    page.app.push_screen(Pick(title, choices, now), chosen)


def pick_person(page: Screen[None], subject: Subject, take: Take) -> None:
    """Somebody of a round with names, to stand beside their team."""
    team = other_views.named_team(subject)
    if team is None:
        return
    choices = [Row(partial(_named, named[0]), named) for named in people_of(team)]

    def chosen(named: tuple[str, Person] | None) -> None:
        guest = guest_of(subject.rubric, team, *named) if named else None
        if guest is not None and key_of(guest) not in map(key_of, subject.guests):
            take(replace(subject, guests=(*subject.guests, guest)))

    page.app.push_screen(Pick(f"Who is to stand beside {whose(team)}?", choices), chosen)


def all_times(desk: Desk, subject: Subject) -> Subject:
    """With every finished session of whom before and after are of. Reads them: for a thread."""
    session = subject.after.session
    if session is None:
        return subject
    known = {key_of(each) for each in subject.items}
    theirs = replace(finished(desk), respondent=session.respondent, team=session.team)
    more = [
        of_session(desk.rubric, stored.session)
        for listed in desk.catalogue.page(0, MOST_COMPARED, theirs)
        if (stored := opened_session(desk.catalogue, listed, desk.rubric))
    ]
    new = [each for each in more if key_of(each) not in known]
    items = (*subject.items, *new[: MOST_COMPARED - len(subject.items)])
    return subject_of(subject.rubric, items, subject.targets)


def _all_sessions(desk: Desk) -> SessionRows:
    return SessionRows(
        desk.catalogue,
        finished(desk),
        Order.NEWEST,
        lambda listed: Row(lambda width: session_line(listed, width), listed),
    )


def _listed_as(desk: Desk, item: Compared) -> Listed | None:
    """The row of a session in that list."""
    found = desk.catalogue.page(0, 20, finished(desk, item.id))
    return next((listed for listed in found if listed.id == item.id), None)


def _opened(desk: Desk, listed: Listed | None) -> Compared | None:
    """The session of a row, as its file has it."""
    stored = opened_session(desk.catalogue, listed, desk.rubric) if listed else None
    return of_session(desk.rubric, stored.session) if stored else None


def _named(name: str, width: int) -> Content:
    return Content(name)
