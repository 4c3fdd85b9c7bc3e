"""What is different between two versions of a rubric, statement by statement and point by point."""

from dataclasses import dataclass

from bt_assess.core.rubric import BreakthroughPoint, Rubric, Statement


@dataclass(frozen=True)
class Pair:
    """A statement in both versions."""

    before: Statement
    after: Statement


@dataclass(frozen=True, kw_only=True)
class RubricDiff:
    """Two versions of a rubric, each list in the order of the one that has its entries.

    `moved` have the same id and another strand, or the same words under another id: those were put
    into another theme or stage, and are in `added` and `gone` too, as answers go by ids.
    `summaries` are the themes whose lines of summary differ, by id and stage.
    """

    added: tuple[Statement, ...] = ()
    gone: tuple[Statement, ...] = ()
    moved: tuple[Pair, ...] = ()
    reworded: tuple[Pair, ...] = ()
    lasting: tuple[Pair, ...] = ()
    explained: tuple[Pair, ...] = ()
    """Statements whose help, or whom they apply to, is another."""
    points_added: tuple[BreakthroughPoint, ...] = ()
    points_gone: tuple[BreakthroughPoint, ...] = ()
    points_changed: tuple[tuple[BreakthroughPoint, BreakthroughPoint], ...] = ()
    themes_added: tuple[str, ...] = ()
    themes_gone: tuple[str, ...] = ()
    themes_changed: tuple[str, ...] = ()
    """Themes whose names, summaries, strands' names or calls differ."""
    order: bool = False
    """Whether what both have comes in another order."""

    @property
    def is_empty(self) -> bool:
        return self == RubricDiff()


def rubric_diff(before: Rubric, after: Rubric) -> RubricDiff:
    """What `after` has otherwise than `before`."""
    old, new = before.statements, after.statements
    both = [Pair(old[i], new[i]) for i in new if i in old]
    gone = tuple(s for i, s in old.items() if i not in new)
    added = tuple(s for i, s in new.items() if i not in old)
    by_words = {_plain(s.text): s for s in gone}
    elsewhere = [Pair(by_words[_plain(s.text)], s) for s in added if _plain(s.text) in by_words]
    points_before = {p.id: p for theme in before.themes for p in theme.points}
    points_after = {p.id: p for theme in after.themes for p in theme.points}
    themes_before = {theme.id: theme for theme in before.themes}
    themes_after = {theme.id: theme for theme in after.themes}
    content = {"statements", "points"}
    return RubricDiff(
        added=added,
        gone=gone,
        moved=(*(p for p in both if p.before.strand != p.after.strand), *elsewhere),
        reworded=tuple(p for p in both if p.before.text != p.after.text),
        lasting=tuple(p for p in both if p.before.lasting != p.after.lasting),
        explained=tuple(p for p in both if _beside(p.before) != _beside(p.after)),
        points_added=tuple(p for i, p in points_after.items() if i not in points_before),
        points_gone=tuple(p for i, p in points_before.items() if i not in points_after),
        points_changed=tuple(
            (points_before[i], p)
            for i, p in points_after.items()
            if i in points_before and points_before[i] != p
        ),
        themes_added=tuple(i for i in themes_after if i not in themes_before),
        themes_gone=tuple(i for i in themes_before if i not in themes_after),
        themes_changed=tuple(
            i
            for i, theme in themes_after.items()
            if i in themes_before
            and theme.model_dump(exclude=content) != themes_before[i].model_dump(exclude=content)
        ),
        order=[i for i in old if i in new] != [i for i in new if i in old],
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _beside(statement: Statement) -> tuple[str | None, str | None]:
    return statement.help, statement.applies
