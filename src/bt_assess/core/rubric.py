"""The rubric: the grid as data, and everything that can be wrong with it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from bt_assess.core.text import UNSAFE

RUBRIC_FORMAT = 1
MOST_FAULTS = 1000
"""How many faults are told of; nobody mends a file that has more one by one."""


class Stage(StrEnum):
    """The three stages of the grid, in order."""

    STARTING = "starting"
    DEVELOPING = "developing"
    CONSOLIDATING = "consolidating"

    @property
    def number(self) -> int:
        """1, 2 or 3: the stage's place on the scale of positions."""
        return list(Stage).index(self) + 1


def _no_controls(text: str) -> str:
    if UNSAFE.search(text):
        raise PydanticCustomError("control", "holds a control character")
    return text


def _line(longest: int) -> Any:
    limits = StringConstraints(min_length=1, max_length=longest, strip_whitespace=True)
    return Annotated[str, limits, AfterValidator(_no_controls)]


_SLUG = r"^[a-z][a-z0-9-]{0,39}$"
_STATEMENT_ID = r"^[a-z][a-z0-9-]{0,39}\.(starting|developing|consolidating)\.[1-9][0-9]?$"
_POINT_ID = r"^[a-z][a-z0-9-]{0,39}\.point\.[1-9][0-9]?$"
_VERSION = r"^[0-9]+(\.[0-9]+){0,2}$"
_FORMS = {
    _SLUG: "a small letter, then small letters, digits and hyphens, at most 40, as in my-grid",
    _STATEMENT_ID: "theme.stage.number, as in learning.starting.1, the stage being starting,"
    " developing or consolidating and the number 1 to 99",
    _POINT_ID: "theme.point.number, as in learning.point.1, the number being 1 to 99",
    _VERSION: "one to three whole numbers with dots between them, as in 1.0",
}

Slug = Annotated[str, StringConstraints(pattern=_SLUG)]
StatementId = Annotated[str, StringConstraints(pattern=_STATEMENT_ID)]
PointId = Annotated[str, StringConstraints(pattern=_POINT_ID)]


class Frozen(BaseModel):
    """What every model of the domain shares: fixed, strict about keys, silent about contents."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Strand(Frozen):
    """One subject that runs through a theme's stages."""

    id: Slug
    name: _line(40)  # type: ignore[valid-type]


class Statement(Frozen):
    """One line of evidence; its id is `theme.stage.number`.

    `since` is the version of the rubric that had it first; without it, all of them had it.
    """

    id: StatementId
    strand: Slug
    text: _line(240)  # type: ignore[valid-type]
    help: _line(600) | None = None  # type: ignore[valid-type]
    lasting: bool = Field(default=False, strict=True)
    applies: Literal["public bodies"] | None = None
    since: Annotated[str, StringConstraints(pattern=_VERSION)] | None = None

    @property
    def stage(self) -> Stage:
        return Stage(self.id.split(".")[1])


class BreakthroughPoint(Frozen):
    """What to do to move on; its id is `theme.point.number`."""

    id: PointId
    strands: tuple[Slug, ...] = Field(min_length=1)
    text: _line(240)  # type: ignore[valid-type]


class Summaries(Frozen):
    """A theme's three stages in a line each."""

    starting: _line(200)  # type: ignore[valid-type]
    developing: _line(200)  # type: ignore[valid-type]
    consolidating: _line(200)  # type: ignore[valid-type]

    def of(self, stage: Stage) -> str:
        return str(getattr(self, stage.value))


class RubricTheme(Frozen):
    """One theme, with the complaint people voice and the call that heads its breakthrough points."""

    id: Slug
    name: _line(40)  # type: ignore[valid-type]
    short: _line(15)  # type: ignore[valid-type]
    tag: _line(6)  # type: ignore[valid-type]
    complaint: _line(120)  # type: ignore[valid-type]
    call: _line(120)  # type: ignore[valid-type]
    summaries: Summaries
    strands: tuple[Strand, ...] = Field(min_length=1, max_length=20)
    statements: tuple[Statement, ...] = Field(min_length=1, max_length=100)
    points: tuple[BreakthroughPoint, ...] = Field(min_length=1, max_length=50)

    def of_strand(self, strand_id: str) -> tuple[Statement, ...]:
        """The statements of a strand, by stage and number."""
        return tuple(s for s in self.statements if s.strand == strand_id)

    def strand(self, strand_id: str) -> Strand:
        return next(s for s in self.strands if s.id == strand_id)

    def walk(self) -> Iterator[Statement]:
        """The statements in the order in which they are asked: strand by strand."""
        for strand in self.strands:
            yield from self.of_strand(strand.id)


class Rubric(Frozen):
    """The whole grid."""

    format: int = Field(strict=True)
    id: Slug
    version: Annotated[str, StringConstraints(pattern=_VERSION)]
    title: _line(80)  # type: ignore[valid-type]
    source: _line(600)  # type: ignore[valid-type]
    licence: _line(600)  # type: ignore[valid-type]
    themes: tuple[RubricTheme, ...] = Field(min_length=1, max_length=20)

    @model_validator(mode="wrap")
    @classmethod
    def _all_faults_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Report what is wrong with single values and with how they fit together in one go."""
        errors: list[Any] = []
        rubric: Self | None = None
        try:
            rubric = handler(data)
        except ValidationError as error:
            found = error.errors(include_url=False)
            inner = {fault["loc"][:n] for fault in found for n in range(len(fault["loc"]))}
            # A list whose entries are faulty counts as too short as well: that is no news.
            news = (f for f in found if f["type"] != "too_short" or f["loc"] not in inner)
            errors = [_again(fault) for fault in islice(news, MOST_FAULTS)]
        if isinstance(data, Mapping):
            errors += [
                InitErrorDetails(
                    type=PydanticCustomError("misfit", "{why}", {"why": why}), loc=loc, input=None
                )
                for loc, why in islice(_misfits(data), MOST_FAULTS)
            ]
        if errors or rubric is None:
            raise ValidationError.from_exception_data(
                "rubric", errors[:MOST_FAULTS], hide_input=True
            )
        return rubric

    @cached_property
    def statements(self) -> Mapping[str, Statement]:
        """Every statement by id, in the rubric's order."""
        return {s.id: s for theme in self.themes for s in theme.statements}

    @cached_property
    def asked(self) -> tuple[Statement, ...]:
        """Every statement in the order in which it is asked."""
        return tuple(s for theme in self.themes for s in theme.walk())

    @cached_property
    def _themes_by_id(self) -> Mapping[str, RubricTheme]:
        return {theme.id: theme for theme in self.themes}

    def theme(self, theme_id: str) -> RubricTheme:
        return self._themes_by_id[theme_id]

    def theme_of(self, statement_id: str) -> RubricTheme:
        return self._themes_by_id[statement_id.split(".")[0]]


def _again(fault: Any) -> InitErrorDetails:
    """A fault as it was found, in words for people, ready to be reported with others."""
    words = {
        "extra_forbidden": "unknown key",
        "missing": "is missing",
        "string_too_short": "is empty",
        "string_type": "should be text in quotes",
        "bool_type": "should be true or false",
        "int_type": "should be a whole number",
        "tuple_type": "should be a list",
        "model_type": "should be a table",
    }
    context = fault.get("ctx", {})
    match fault["type"]:
        case "string_too_long":
            why = f"is too long: at most {context['max_length']} characters"
        case "string_pattern_mismatch":
            why = f"is not in the form it has to have: {_FORMS[context['pattern']]}"
        case "literal_error":
            why = f"should be {context['expected']}"
        case "too_short":
            why = "has nothing in it"
        case "too_long":
            why = f"is too long a list: at most {context['max_length']}"
        case kind:
            why = words.get(kind, fault["msg"])
    return InitErrorDetails(
        type=PydanticCustomError("fault", "{why}", {"why": why}), loc=fault["loc"], input=None
    )


def is_newer(version: str, than: str) -> bool:
    """Whether a version (1.10) comes after another (1.9); 1.0 and 1 are the same."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in version.split(".")]
    return (*parts, *(0,) * (3 - len(parts)))


_Place: TypeAlias = tuple[int | str, ...]


def _misfits(data: Mapping[str, Any]) -> Iterator[tuple[_Place, str]]:
    """What single values cannot show: versions, duplicates, dangling ids, empty strands."""
    version = data.get("format")
    if type(version) is int and version != RUBRIC_FORMAT:
        newer = "; a newer bt-assess may read it" if version > RUBRIC_FORMAT else ""
        yield ("format",), f"format {version} is not supported, only {RUBRIC_FORMAT}{newer}"
    themes = _tables(data, "themes")
    yield from _duplicates(("themes",), themes)
    for number, theme in enumerate(themes):
        yield from _theme_misfits(("themes", number), theme)


def _theme_misfits(place: _Place, theme: Mapping[str, Any]) -> Iterator[tuple[_Place, str]]:
    theme_id = theme.get("id")
    strands = [s.get("id") for s in _tables(theme, "strands")]
    used: set[Any] = set()
    for kind in ("strands", "statements", "points"):
        tables = _tables(theme, kind)
        yield from _duplicates((*place, kind), tables)
        if kind == "strands":
            continue
        for number, table in enumerate(tables):
            here = (*place, kind, number)
            own = table.get("id")
            if isinstance(own, str) and own.split(".")[0] != theme_id:
                yield (*here, "id"), f"the id {own!r} does not begin with its theme's, {theme_id!r}"
            if kind == "statements":
                named: list[Any] = [table.get("strand")]
                used.update(name for name in named if isinstance(name, str))
            else:
                listed = table.get("strands")
                if isinstance(listed, list | tuple) and len(listed) != len(set(map(str, listed))):
                    yield here, "a strand is named twice"
                named = list(listed) if isinstance(listed, list | tuple) else []
            for name in named:
                if isinstance(name, str) and name not in strands:
                    yield here, f"the strand {name!r} is not one of its theme's"
    for number, strand in enumerate(strands):
        if isinstance(strand, str) and strand not in used:
            yield (*place, "strands", number), f"the strand {strand!r} has no statements"


def _duplicates(place: _Place, tables: list[Mapping[str, Any]]) -> Iterator[tuple[_Place, str]]:
    seen: set[str] = set()
    for number, table in enumerate(tables):
        own = table.get("id")
        if not isinstance(own, str):
            continue
        if own in seen:
            yield (*place, number, "id"), f"the id {own!r} is used twice"
        seen.add(own)


def _tables(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The list of tables under `key`; what is no table counts as an empty one, so places stay."""
    found = table.get(key)
    if not isinstance(found, list | tuple):
        return []
    return [entry if isinstance(entry, Mapping) else {} for entry in found]
