"""A plan as an HTML report: the whole of it on one page, with a picture of its steps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bt_assess.core.plan import Plan, Side
from bt_assess.core.plan_check import check
from bt_assess.core.plan_gap import StageGap, StageView, ThemeGap, WhyNone, gap, stage_views
from bt_assess.core.rubric import Rubric
from bt_assess.report import pictures_of_plan
from bt_assess.report.html_kit import drawn, page
from bt_assess.report.pictures import PHONE, WIDE
from bt_assess.report.pictures_of_plan import Stair
from bt_assess.report.plan_words import (
    SIDES,
    STAGES,
    STATES,
    by_words,
    event_words,
    share_words,
    some_aims,
    stage_words,
    theme_names,
)
from bt_assess.report.words import date_words


def html_of_plan(rubric: Rubric, plan: Plan, *, made: date) -> str:
    """The report of one plan: a whole HTML page."""
    views = stage_views(plan, made)
    names = theme_names(rubric, plan)
    wide, narrow = (
        pictures_of_plan.steps(*stairs(plan, views), name=f"steps-{kind}", width=width,
                               title="The whole plan, from reality up to the destination")
        for kind, width in (("wide", WIDE), ("narrow", PHONE))
    )  # fmt: skip
    return page(
        "plan.html.j2",
        made=made,
        rubric=rubric,
        plan=plan,
        steps=drawn(wide, narrow),
        table=overview(plan, views),
        destination=destination_parts(plan),
        reality=reality_parts(plan),
        stages=[
            (STAGES[stage.kind], stage, stage_words(view, stage.done), view)
            for stage, view in zip(plan.stages, views, strict=True)
        ],
        gaps=[
            (names[g.theme_id], place(g.base), now_words(g), gap_cells(g))
            for g in gaps_of(rubric, plan)
        ],
        no_share=[
            *why_not_now(gaps_of(rubric, plan), names),
            *why_no_share(gaps_of(rubric, plan), names),
        ],
        stage_names=list(STAGES.values()),
        capabilities=[
            (
                each,
                [STAGES[kind] for kind in each.serves],
                [(SIDES[side], each.sides[side]) for side in Side if side in each.sides],
                [SIDES[side].lower() for side in Side if side not in each.sides],
            )
            for each in plan.capabilities
        ],
        findings=check(plan, made, names=names),
        history=[(date_words(each.on), event_words(each)) for each in plan.history],
    )


def stairs(plan: Plan, views: Sequence[StageView]) -> tuple[Stair, list[Stair], Stair]:
    """What the picture shows of reality, the stages and the destination, in a few words each."""
    reality, destination = plan.reality, plan.destination
    measured = f"measured {date_words(reality.measured)}" if reality.measured else "not measured"
    return (
        Stair(name="Where we are", by=measured, text=reality.where or reality.why),
        [
            Stair(
                name=STAGES[stage.kind], by=by_words(stage.by), text=stage.results or stage.measure,
                state=short_state(view), progress=view.progress, done=stage.done is not None,
            )
            for stage, view in zip(plan.stages, views, strict=True)
        ],
        Stair(
            name="Destination", by=by_words(destination.by),
            text=destination.marketplace or destination.organisation,
        ),
    )  # fmt: skip


def short_state(view: StageView) -> str:
    """A stage's state in a word or two, for where there is little room."""
    if view.progress is None:
        return STATES[view.state]
    return f"{STATES[view.state]}, {share_words(view.progress)}{some_aims(view)}"


def overview(plan: Plan, views: Sequence[StageView]) -> list[tuple[str, str, str, str]]:
    """The same as the picture in rows, from the top down: part, by when, what, how far."""
    rows = [
        ("Destination", by_words(plan.destination.by), plan.destination.marketplace
         or plan.destination.organisation, ""),
    ]  # fmt: skip
    for stage, view in reversed(list(zip(plan.stages, views, strict=True))):
        rows.append(
            (STAGES[stage.kind], by_words(stage.by), stage.results or stage.measure,
             stage_words(view, stage.done))
        )  # fmt: skip
    measured = plan.reality.measured
    rows.append(
        ("Where we are", f"measured {date_words(measured)}" if measured else "not measured",
         plan.reality.where or plan.reality.why, "")
    )  # fmt: skip
    return rows


def destination_parts(plan: Plan) -> list[tuple[str, str]]:
    here = plan.destination
    return [
        ("Results for those we serve", here.marketplace),
        ("Results as an organisation", here.organisation),
        ("Why it matters to the people who are to get there", here.why_it_matters),
        ("How people can contribute in their own jobs", here.how_to_contribute),
    ]


def reality_parts(plan: Plan) -> list[tuple[str, str]]:
    here = plan.reality
    return [
        ("Where we are today", here.where),
        ("Why we are there", here.why),
        ("Why it cannot stay so", here.why_change),
        ("What pulls and pushes inside", here.inside),
        ("What goes on around us", here.outside),
    ]


def gaps_of(rubric: Rubric, plan: Plan) -> list[ThemeGap]:
    """The themes of which anything is known: a place, or one aimed at."""
    found = gap(plan, (theme.id for theme in rubric.themes))
    return [
        each for each in found
        if each.now is not None or each.was is not None
        or any(stage.aim is not None for stage in each.stages)
    ]  # fmt: skip


def now_words(found: ThemeGap) -> str:
    """'1.6'; 'was 1.6' where the newest assessment shows no place; a dash where none is known."""
    return place(found.now) if found.was is None else f"was {place(found.was)}"


def why_not_now(gaps: Iterable[ThemeGap], names: Mapping[str, str]) -> list[str]:
    """Why a theme has no place now: a line for each reason, with the themes that it is of."""
    found: dict[WhyNone, list[str]] = {}
    for each in gaps:
        if each.why_not is not None:
            found.setdefault(each.why_not, []).append(names[each.theme_id])
    return [
        f"No place now, as {_REASONS[why]}: {', '.join(themes)}." for why, themes in found.items()
    ]


def gap_cells(found: ThemeGap) -> list[str]:
    """What each stage aims at in a theme, and how much of the way is done."""
    return [_cell(stage) for stage in found.stages]


def why_no_share(gaps: Iterable[ThemeGap], names: Mapping[str, str]) -> list[str]:
    """Why an aim has no share: a line for each reason, with the themes and stages that it is of."""
    found: dict[WhyNone, dict[str, list[str]]] = {}
    for each in gaps:
        for stage in each.stages:
            if stage.aim is not None and stage.why_not is not None:
                themes = found.setdefault(stage.why_not, {})
                themes.setdefault(each.theme_id, []).append(stage.kind.value)
    return [
        f"No share, as {_REASONS[why]}: "
        + "; ".join(f"{names[theme]} ({', '.join(kinds)})" for theme, kinds in themes.items())
        + "."
        for why, themes in found.items()
    ]


_REASONS = {
    WhyNone.NO_BASE: "it was not measured when the plan began",
    WhyNone.NO_AIM: "no place is aimed at",
    WhyNone.NO_WAY: "the aim was reached already when the plan began",
    WhyNone.TOO_NEAR: "the aim was all but reached when the plan began",
    WhyNone.NOTHING_NEW: "nothing has been measured since the plan began",
    WhyNone.MIXED: "the newest assessment shows a mixed picture",
    WhyNone.NOT_ENOUGH: "the newest assessment has not enough answers",
    WhyNone.NO_PLACE: "the newest assessment shows no one place",
}


def _cell(stage: StageGap) -> str:
    if stage.aim is None:
        return "–"
    if stage.reached and stage.progress is not None:
        return f"{stage.aim:.1f} reached"
    return f"{stage.aim:.1f}" + (
        "" if stage.progress is None else f" · {share_words(stage.progress)}"
    )


def place(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
