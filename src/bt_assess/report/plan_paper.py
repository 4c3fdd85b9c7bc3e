"""A plan as a report to read from top to bottom."""

from collections.abc import Iterable, Iterator
from datetime import date

from bt_assess.core.plan import Capability, Plan, Side, SideState
from bt_assess.core.plan_check import Finding, check
from bt_assess.core.plan_gap import stage_views
from bt_assess.core.rubric import Rubric
from bt_assess.report import pictures_of_plan
from bt_assess.report.html_plan import (
    destination_parts,
    gap_cells,
    gaps_of,
    now_words,
    overview,
    place,
    reality_parts,
    stairs,
    why_no_share,
    why_not_now,
)
from bt_assess.report.paper import (
    MEANING,
    Block,
    Heading,
    Paper,
    Picture,
    Point,
    Points,
    Table,
    Words,
    Written,
)
from bt_assess.report.plan_words import (
    NOTHING,
    SIDES,
    STAGES,
    event_words,
    stage_words,
    theme_names,
)
from bt_assess.report.words import date_words


def paper_of_plan(rubric: Rubric, plan: Plan, *, made: date) -> Paper:
    """The report of one plan, from the whole of it to its history."""
    who = f"{plan.organisation}. " if plan.organisation else ""
    return Paper(
        kicker="A plan from here to there",
        title=plan.title,
        lead=f"{who}Where we want to be, where we are, the steps between, and what we must be able"
        f" to do. Begun on {date_words(plan.created)}.",
        made=made,
        blocks=tuple(_blocks(rubric, plan, made)),
    )


def _blocks(rubric: Rubric, plan: Plan, today: date) -> Iterator[Block]:
    views = stage_views(plan, today)
    names = theme_names(rubric, plan)
    yield Heading("The whole plan")
    yield Picture(
        pictures_of_plan.steps(*stairs(plan, views), name="steps",
                               title="The whole plan, from reality up to the destination"),
        "The destination is at the top, reality at the bottom. A step’s bar is how much of the way"
        " has been measured.",
        Table("The whole plan, from the top down", ("Part", "When", "What", "How far"),
              tuple((n, w, what or "–", how or "–") for n, w, what, how in overview(plan, views)),
              wide=2),
        in_text="The destination is at the top, reality at the bottom.",
    )  # fmt: skip
    by = plan.destination.by
    yield Heading("Destination", said=f"by {date_words(by)}" if by else "no date yet")
    yield from said(destination_parts(plan))
    yield Heading("Staged objectives")
    for stage, view in zip(plan.stages, views, strict=True):
        yield Heading(STAGES[stage.kind], 3, stage_words(view, stage.done))
        when = date_words(stage.by) if stage.by else "no date yet"
        yield from said(
            [("Results", stage.results), ("By when", when), ("How we will know", stage.measure)]
        )
        counted = []
        if view.aims:
            counted.append(f"{view.reached} of {view.aims} places reached")
        if view.actions:
            counted.append(f"{view.actions_done} of {view.actions} actions done")
        if counted:
            yield Words(f"{'; '.join(counted)}.", quiet=True)
    yield Heading("The gap, theme by theme")
    if gaps := gaps_of(rubric, plan):
        yield Table(
            "Where each theme was, is, and is to be",
            ("Theme", "At first", "Now", *STAGES.values()),
            tuple(
                (names[each.theme_id], place(each.base), now_words(each), *gap_cells(each))
                for each in gaps
            ),
            figures=frozenset({1, 2}),
        )
        yield Words(f"{MEANING} A share is how much of the way to the aim is done.", quiet=True)
        for why in (*why_not_now(gaps, names), *why_no_share(gaps, names)):
            yield Words(why, quiet=True)
    else:
        yield Words("Nothing has been measured, and no place is aimed at yet.")
    yield Heading("What we must be able to do")
    for capability in plan.capabilities:
        yield from _capability(capability)
    if not plan.capabilities:
        yield Words("Nothing has been named yet.")
    measured = plan.reality.measured
    yield Heading(
        "Where we are", said=f"measured {date_words(measured)}" if measured else "not measured"
    )
    yield from said(reality_parts(plan))
    yield from looked_at(check(plan, today, names=names))
    if plan.history:
        yield Heading("What happened to the plan")
        yield Points(
            tuple(Point(event_words(e), head=f"{date_words(e.on)}:") for e in plan.history)
        )


def _capability(capability: Capability) -> Iterator[Block]:
    serves = ", ".join(kind.value for kind in capability.serves)
    yield Heading(capability.name, 3, f"needed by: {serves}" if serves else "no objective needs it")
    entries = [
        Point(NOTHING if state.empty else state.action or "no action yet",
              head=f"{SIDES[side]}:", more=tuple(_side(state)))
        for side in Side
        for state in [capability.side(side)]
    ]  # fmt: skip
    yield Points(tuple(entries))


def _side(state: SideState) -> Iterator[str]:
    if state.today:
        yield f"Today: {state.today}"
    if state.needed:
        yield f"Needed: {state.needed}"
    if state.action:
        yield owned(state.owner, state.due, state.state.value)
    if state.remark:
        yield state.remark


def owned(owner: str, due: date | None, state: str) -> str:
    """Who sees to something, by when, and how it stands."""
    when = f"by {date_words(due)}" if due else "no date yet"
    return f"{owner or 'nobody yet'}, {when}, {state}"


def said(parts: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """What was written under each heading, word for word, or that nothing was."""
    for head, text in parts:
        if text:
            yield Written(head, (text,))
        else:
            yield Words(f"{NOTHING}.", head=f"{head}:", quiet=True)


def looked_at(findings: Iterable[Finding]) -> Iterator[Block]:
    """What the check finds, if it finds anything."""
    found = tuple(Point(f.said, head=f"{f.place}:", more=(f.why,)) for f in findings)
    if found:
        yield Heading("Worth another look")
        yield Points(found)
