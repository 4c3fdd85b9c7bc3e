"""A project begun from elsewhere: a breakthrough point of a theme or a round, or a capability."""

from datetime import date
from typing import Any

from textual.content import Content
from textual.screen import Screen

from bt_assess.core.advice import suggestions
from bt_assess.core.compared import Kind
from bt_assess.core.plan import Capability, Plan
from bt_assess.core.project_parts import Origin
from bt_assess.core.round import Round
from bt_assess.core.rubric import BreakthroughPoint, RubricTheme
from bt_assess.core.saved_comparison import Ref
from bt_assess.core.scoring import ThemeScore
from bt_assess.core.session import Session
from bt_assess.tui.screens.pick import Pick
from bt_assess.tui.visits import BeginProject
from bt_assess.tui.widgets.rows import Row


def from_theme(
    page: Screen[Any], theme: RubricTheme, theme_score: ThemeScore, session: Session
) -> None:
    """Ask which breakthrough point it is to be of, the most needed first, and begin."""
    wanted = [each.point for each in suggestions(theme, theme_score, session.answers)]
    points = [*wanted, *(point for point in theme.points if point not in wanted)]

    def begin(point: BreakthroughPoint | None) -> None:
        if point is not None:
            evidence = Ref(kind=Kind.SESSION, id=session.id)
            origin = Origin(point=point.id, evidence=evidence)
            page.post_message(BeginProject(origin, point.text, session.team))

    rows = [_row(point) for point in points]
    title = "A project of which breakthrough point?"
    page.app.push_screen(Pick(title, rows, whole=lambda point: point.text), begin)


def from_capability(page: Screen[Any], plan: Plan, capability: Capability) -> None:
    """Begin a project that builds what a plan needs: before is what was measured last by then."""
    origin = Origin(
        point=capability.point, plan=plan.id, capability=capability.id, evidence=_newest(plan)
    )
    page.post_message(BeginProject(origin, capability.name, plan.organisation))


def _newest(plan: Plan) -> Ref | None:
    """What the plan's people were measured by last; what it is based on where there is nothing newer."""
    since = plan.reality.measured or date.min
    shown = [e.ref for e in plan.measurements if e.ref and e.positions and e.on >= since]
    return shown[-1] if shown else next(iter(plan.reality.evidence), None)


def from_round(page: Screen[Any], round_: Round, about: str, point: str | None) -> None:
    """Begin a project of what a team has chosen to do."""
    evidence = Ref(kind=Kind.ROUND, id=round_.id)
    page.post_message(BeginProject(Origin(point=point, evidence=evidence), about, round_.team))


def _row(point: BreakthroughPoint) -> Row:
    return Row(lambda width: Content(point.text), point)
