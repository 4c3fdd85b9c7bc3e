"""A team's round: what was agreed on before anybody answered, and how far the team has come."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bt_assess.core.rubric import Frozen, PointId, Slug, Stage
from bt_assess.core.session import Name, RubricRef
from bt_assess.core.text import clean_block, clean_line

LEAST_FIGURES, LEAST_PICTURES = 5, 8
"""From how many people an anonymous round may show figures, and single places; never fewer."""
MOST_PEOPLE = 500
MOST_SEALED = 1000
"""More sealed files than a round of the largest size has, people who came late included."""
MOST_ACTIONS = 50
TITLE_LENGTH = 80
TEXT_LENGTH = 600
"""Longest action, reason, dissent or remark, in characters."""


T = TypeVar("T")


class Step(StrEnum):
    """Where a round is; whoever closes the lid comes back to it."""

    BRIEF = "brief"
    ACTIONS = "actions"
    COLLECTING = "collecting"
    CLOSED = "closed"
    DISCUSSING = "discussing"
    ACTING = "acting"
    DONE = "done"


class ActionState(StrEnum):
    """What has become of an action."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class NotNow(ValueError):
    """What the round's step does not allow, or what is fixed once somebody has begun."""


Title = Annotated[str, AfterValidator(clean_line), StringConstraints(min_length=1)]
Text = Annotated[str, AfterValidator(lambda text: clean_block(text, TEXT_LENGTH))]
RoundId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{8,32}$")]
SealedName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{16}$")]
Receipt = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{4}-[A-Z0-9]{4}$")]


def _in_order_of_names(sealed: Mapping[str, str]) -> dict[str, str]:
    # Names are drawn by lot, so that their order says nothing of who gave in first.
    return dict(sorted(sealed.items()))


Sealed = Annotated[
    dict[SealedName, Receipt], Field(max_length=MOST_SEALED), AfterValidator(_in_order_of_names)
]
"""The sealed files that were given in, by name, each with its receipt; never in order of time."""


class Action(Frozen):
    """Who does what by when. `point` is the breakthrough point that it comes from, if any."""

    id: RoundId
    what: Annotated[Text, Field(min_length=1)]
    point: PointId | None = None
    owner: Name = ""
    due: date | None = None
    state: ActionState = ActionState.OPEN
    remark: Text = ""


class Agreement(Frozen):
    """What the team settled on for a theme, beside the votes; no stage means 'no agreement'."""

    theme_id: Slug
    stage: Stage | None = None
    reason: Text = ""
    dissent: Text = ""


class Revote(Frozen):
    """A second private vote on one theme; the first is kept."""

    theme_id: Slug
    sealed: Sealed = {}

    @property
    def given_in(self) -> int:
        return len(self.sealed)


class Round(Frozen):
    """A round, frozen and replaced whole. `revision` counts changes.

    `created` is the only date: a round holds no clock time. `minutes` is for each person, None for
    as long as it takes. `voting` is the theme that is being voted on again, None while nobody votes.
    `after` is the id of the round that `last_actions` come from.
    """

    id: RoundId
    title: Title
    team: Name = ""
    expected: int = Field(ge=1, le=MOST_PEOPLE, strict=True)
    named: bool = Field(default=False, strict=True)
    created: date
    rubric: RubricRef
    figures_from: int = Field(default=LEAST_FIGURES, ge=1, le=MOST_PEOPLE, strict=True)
    pictures_from: int = Field(default=LEAST_PICTURES, ge=1, le=MOST_PEOPLE, strict=True)
    minutes: int | None = Field(default=None, ge=1, le=480, strict=True)
    step: Step = Step.BRIEF
    begun: bool = Field(default=False, strict=True)
    sealed: Sealed = {}
    published: tuple[tuple[SealedName, ...], ...] = Field(default=(), max_length=MOST_SEALED)
    revotes: tuple[Revote, ...] = Field(default=(), max_length=20)
    voting: Slug | None = None
    agreements: tuple[Agreement, ...] = Field(default=(), max_length=20)
    actions: tuple[Action, ...] = Field(default=(), max_length=MOST_ACTIONS)
    last_actions: tuple[Action, ...] = Field(default=(), max_length=MOST_ACTIONS)
    after: RoundId | None = None
    revision: int = Field(default=0, ge=0, strict=True)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.named and self.figures_from < LEAST_FIGURES:
            raise ValueError(f"without names, figures show from {LEAST_FIGURES} people up")
        if not self.named and self.pictures_from < LEAST_PICTURES:
            raise ValueError(f"without names, single places show from {LEAST_PICTURES} people up")
        if self.pictures_from < self.figures_from:
            raise ValueError("single places cannot show before figures do")
        if self.sealed and not self.begun:
            raise ValueError("somebody has given in, so somebody has begun")
        shown = [name for batch in self.published for name in batch]
        if len(set(shown)) < len(shown):
            raise ValueError("a sealed file is published once")
        if self.voting is not None and self.revote(self.voting) is None:
            raise ValueError("nobody votes again on a theme that has no second vote")
        for ids in (
            [revote.theme_id for revote in self.revotes],
            [agreement.theme_id for agreement in self.agreements],
            [action.id for action in self.actions],
            [action.id for action in self.last_actions],
        ):
            if len(set(ids)) < len(ids):
                raise ValueError(f"{ids[0]} or another of its kind is there twice")
        return self

    @property
    def given_in(self) -> int:
        """How many people have finished; a file that is missing is noticed by it."""
        return len(self.sealed)

    @property
    def voters(self) -> int:
        """How many take part in a second vote: as many as were counted in the first."""
        return sum(len(batch) for batch in self.published) or self.given_in

    @property
    def may_answer(self) -> bool:
        """Whether the laptop may be passed to somebody who answers everything."""
        return self.step is Step.COLLECTING

    def revote(self, theme_id: str) -> Revote | None:
        """The second vote on a theme, when there is one."""
        return next((r for r in self.revotes if r.theme_id == theme_id), None)

    def agreement(self, theme_id: str) -> Agreement | None:
        return next((a for a in self.agreements if a.theme_id == theme_id), None)

    def changed(self, **settings: Any) -> Self:
        """With other settings: title, team, expected, minutes at any time before the end.

        `named`, `figures_from` and `pictures_from` only until somebody has begun. Raises NotNow, or
        pydantic's ValidationError where a setting makes no sense.
        """
        fixed = {"named", "figures_from", "pictures_from"}
        if strange := settings.keys() - fixed - {"title", "team", "expected", "minutes"}:
            raise NotNow(f"{min(strange)} is not a setting of a round")
        if self.begun and any(settings[k] != getattr(self, k) for k in fixed & settings.keys()):
            raise NotNow("somebody has begun, so who sees what is fixed")
        return self._with(**settings)

    def at_step(self, step: Step) -> Self:
        """At another step. Raises NotNow when the round cannot go there from here."""
        if step is self.step:
            return self
        if step not in _WAYS[self.step]:
            raise NotNow(f"a round cannot go from {self.step.value!r} to {step.value!r}")
        return self._with(step=step, voting=None)

    def collecting(self) -> Self:
        """The brief is over, or people who come late may answer too. Raises NotNow."""
        return self.at_step(Step.COLLECTING)

    def closed(self) -> Self:
        """Nobody else answers; the passphrase opens it. Raises NotNow."""
        return self.at_step(Step.CLOSED)

    def started(self) -> Self:
        """Somebody has begun: from here on it is fixed who sees what. Raises NotNow."""
        if not self.may_answer:
            raise NotNow("nobody can answer now: the round is not collecting answers")
        return self if self.begun else self._with(begun=True)

    def given(self, name: str, receipt: str, theme_id: str | None = None) -> Self:
        """With a sealed file given in, to the vote on a theme if one is told.

        The same name again counts once. Raises NotNow when there is no such second vote.
        """
        if theme_id is None:
            if self.sealed.get(name) == receipt:
                return self
            return self._with(begun=True, sealed={**self.sealed, name: receipt})
        before = self.revote(theme_id)
        if before is None:
            raise NotNow(f"there is no second vote on {theme_id}")
        if before.sealed.get(name) == receipt:
            return self
        after = Revote(theme_id=theme_id, sealed={**before.sealed, name: receipt})
        return self._with(revotes=_replaced(self.revotes, before, after))

    def shown(self, names: Iterable[str]) -> Self:
        """With a batch of sealed files published together, those not published before."""
        old = {name for batch in self.published for name in batch}
        batch = tuple(sorted(set(names) - old))
        return self._with(published=(*self.published, batch)) if batch else self

    def taking_over(self, published: tuple[tuple[str, ...], ...]) -> Self:
        """With what was shown of this round on another laptop, where the same round was shown here.

        Raises NotNow where each of the two has shown people whom the other has not: the figures of
        both, and those of all of them together, would give away what a few people answered.
        """
        here = self.published
        if self.named or here[: len(published)] == published:
            return self
        if published[: len(here)] != here:
            raise NotNow("other answers were shown there than here")
        return self._with(published=published)

    def voting_again(self, theme_id: str) -> Self:
        """With a second private vote on a theme, begun or gone on with. Raises NotNow before the
        answers are open."""
        if self.step is not Step.DISCUSSING:
            raise NotNow("a second vote belongs to the discussion")
        if self.voting == theme_id:
            return self
        if self.revote(theme_id):
            return self._with(voting=theme_id)
        revotes = (*self.revotes, Revote(theme_id=theme_id))
        return self._with(revotes=revotes, voting=theme_id)

    def talking(self) -> Self:
        """Back from a second vote to the discussion; it can be gone on with."""
        return self if self.voting is None else self._with(voting=None)

    def without_vote(self, theme_id: str) -> Self:
        """Without the second vote on a theme, given up. Raises NotNow when there is none."""
        if self.revote(theme_id) is None:
            raise NotNow(f"there is no second vote on {theme_id}")
        left = tuple(r for r in self.revotes if r.theme_id != theme_id)
        voting = None if self.voting == theme_id else self.voting
        return self._with(revotes=left, voting=voting)

    def agreed(self, agreement: Agreement) -> Self:
        """With what the team settled on; it replaces what was settled on before. Raises NotNow
        before the answers are open."""
        self._must_be_open("an agreement")
        before = self.agreement(agreement.theme_id)
        return self._with(agreements=_replaced(self.agreements, before, agreement))

    def with_action(self, action: Action) -> Self:
        """With an action of this round, new or changed. Raises NotNow before the answers are open."""
        self._must_be_open("an action")
        before = next((a for a in self.actions if a.id == action.id), None)
        return self._with(actions=_replaced(self.actions, before, action))

    def without_action(self, action_id: str) -> Self:
        """Without an action of this round. Raises NotNow before the answers are open."""
        self._must_be_open("an action")
        return self._with(actions=tuple(a for a in self.actions if a.id != action_id))

    def _must_be_open(self, what: str) -> None:
        if self.step not in _OPEN:
            raise NotNow(f"{what} belongs behind the reveal: the answers are not open")

    def with_last_action(self, action: Action) -> Self:
        """With what has become of an action of last time. Raises NotNow when it is not one."""
        before = next((a for a in self.last_actions if a.id == action.id), None)
        if before is None:
            raise NotNow("that is not one of last time's actions")
        return self._with(last_actions=_replaced(self.last_actions, before, action))

    def carried(self) -> tuple[Action, ...]:
        """What the next round begins with: this one's actions, and older ones that are open."""
        older = (a for a in self.last_actions if a.state is ActionState.OPEN)
        return (*self.actions, *older)[:MOST_ACTIONS]

    def _with(self, **changes: Any) -> Self:
        values = {**dict(self), "revision": self.revision + 1, **changes}
        return type(self).model_validate(values)


def never_shows(expected: int, figures_from: int, *, named: bool) -> str | None:
    """Why a round of so many people would never show anything, and what to do; None where it can."""
    if named or expected >= figures_from:
        return None
    if figures_from > LEAST_FIGURES and expected >= LEAST_FIGURES:
        return (
            f"figures from {figures_from} people on would never show of {expected}: ask for fewer,"
            " or for more people"
        )
    return (
        f"without names nothing shows of fewer than {figures_from} people, so of {expected} nothing"
        " ever would: set up a round with names, or ask more people"
    )


_OPEN = (Step.DISCUSSING, Step.ACTING, Step.DONE)
_WAYS: Mapping[Step, tuple[Step, ...]] = {
    Step.BRIEF: (Step.ACTIONS, Step.COLLECTING),
    Step.ACTIONS: (Step.BRIEF, Step.COLLECTING),
    Step.COLLECTING: (Step.BRIEF, Step.ACTIONS, Step.CLOSED),
    Step.CLOSED: (Step.COLLECTING, Step.DISCUSSING),
    Step.DISCUSSING: (Step.COLLECTING, Step.CLOSED, Step.ACTING),
    Step.ACTING: (Step.DISCUSSING, Step.COLLECTING, Step.DONE),
    Step.DONE: (Step.ACTING, Step.DISCUSSING),
}


def _replaced(things: tuple[T, ...], before: T | None, after: T) -> tuple[T, ...]:
    """With `after` in the place of `before`, or at the end when there was none."""
    if before is None:
        return (*things, after)
    return tuple(after if thing is before else thing for thing in things)
