"""Why a score is what it is and what comes next, in words: content for Results and its themes."""

from textual.content import Content

from bt_assess.core.advice import Suggestion, first_steps, suggestions
from bt_assess.core.evidence import Evidence, evidence
from bt_assess.core.rubric import Rubric, RubricTheme, Stage, Statement
from bt_assess.core.scoring import (
    Answers,
    Profile,
    Status,
    ThemeScore,
    nearest_stage,
    strand_endorsement,
)
from bt_assess.core.session import Session
from bt_assess.report.words import status_sentence
from bt_assess.tui.widgets.flow import item
from bt_assess.tui.widgets.track import stage_name

_ARROW = Content.styled("→ ", "$quiet")
BAR = 8
"""Width of the bar that says how true a stage is, in cells."""


def in_short(rubric: Rubric, profile: Profile, answers: Answers, width: int) -> Content:
    """The whole result: what stands out, and where to begin."""
    placed = [t for t in profile.themes if t.status is Status.PLACED and t.position is not None]
    parts: list[Content] = []
    if placed:
        best = max(placed, key=lambda t: t.position or 0)
        theme = rubric.theme(best.theme_id)
        parts.append(
            Content.assemble(
                _head("Furthest along"),
                f"\n{theme.name}: {theme.summaries.of(best.stage or Stage.STARTING)}",
            )
        )
    talk = [rubric.theme(t.theme_id).name for t in profile.themes if t.status is Status.MIXED]
    if talk:
        parts.append(
            Content.assemble(
                _head("Talk it through first"),
                f"\n{', '.join(talk)}: the answers point both ways, which a conversation can sort out.",
            )
        )
    unsure = [
        rubric.theme(t.theme_id).name for t in profile.themes if t.status is Status.NOT_ENOUGH
    ]
    if unsure:
        parts.append(
            Content.assemble(
                _head("Find out first"),
                f"\n{', '.join(unsure)}: too few answers to say. Who would know?",
            )
        )
    if steps := first_steps(rubric, profile, answers, most=4):
        lines = [_step(rubric.theme(s.theme_id), s, width) for s in steps]
        parts.append(Content("\n").join([_head("Where to begin"), *lines]))
    return Content("\n\n").join(parts) if parts else Content("There is too little to go on yet.")


def theme_in_short(theme: RubricTheme, score: ThemeScore, answers: Answers, width: int) -> Content:
    """One theme in a few lines: what it means, what carried it, what held it back, what next."""
    parts = [
        Content.assemble((theme.name, "bold"), (f"  ‘{theme.complaint}’", "italic $quiet")),
        Content(status_sentence(score, theme)),
    ]
    if found := evidence(theme, score, answers):
        lines: list[Content] = []
        for title, statements in (
            ("What carried it", found.carried), ("What points higher", found.higher),
            ("What points lower", found.lower), ("Not there yet", found.missing),
        ):  # fmt: skip
            if statements:
                lines.append(_head(title))
                lines += [_said(s, answers, width) for s in statements[:2]]
        if lines:
            parts.append(Content("\n").join(lines))
    if steps := suggestions(theme, score, answers)[:2]:
        parts.append(
            Content("\n").join(
                [_head("Next"), *(item(_ARROW, Content(s.point.text), width) for s in steps)]
            )
        )
    return Content("\n\n").join(parts)


def strands(theme: RubricTheme, answers: Answers, width: int) -> Content:
    """How true each stage is, strand by strand: the ladder that the answers describe."""
    name = min(30, max(16, width - 3 * 15))
    head = [stage_name(stage) + " " * (15 - len(stage.value) - 2) for stage in Stage]
    lines = [Content.assemble(" " * name, *head)]
    for strand in theme.strands:
        found = strand_endorsement(theme, strand.id, answers)
        cells: list[tuple[str, str]] = []
        for stage in Stage:
            share = found[stage]
            if share is None:
                cells.append(("–".ljust(15), "$faint"))
                continue
            full = round(share * BAR)
            cells.append(("■" * full, f"${stage.value}"))
            cells.append(("·" * (BAR - full), "$faint"))
            cells.append((f"{round(share * 100):>4} % ", ""))
        label = Content(strand.name).truncate(name - 1, ellipsis=True)
        lines.append(Content.assemble(label, " " * (name - label.cell_length), *cells))
    return Content("\n").join(lines)


def evidence_in_full(
    theme: RubricTheme, score: ThemeScore, answers: Answers, width: int
) -> Content:
    """Every statement that carried the score and every one that spoke against."""
    found: Evidence | None = evidence(theme, score, answers)
    if found is None or score.position is None:
        return Content("")
    here = nearest_stage(score.position).value
    groups = (
        (f"What carried it: ‘{here}’ statements that are true", found.carried),
        (f"What is not there: ‘{here}’ statements that are not true", found.missing),
        ("What points lower: earlier stages that still hold", found.lower),
        ("What points higher: later stages that hold already", found.higher),
    )
    parts = [
        Content("\n").join([_head(title), *(_said(s, answers, width) for s in statements)])
        for title, statements in groups
        if statements
    ]
    return Content("\n\n").join(parts)


def next_in_full(theme: RubricTheme, score: ThemeScore, answers: Answers, width: int) -> Content:
    """All breakthrough points of a theme, most needed first, each with the answers that raised it."""
    parts: list[Content] = []
    if score.status is Status.MIXED:
        parts.append(Content("First talk it through: the answers point both ways."))
    for number, suggestion in enumerate(suggestions(theme, score, answers), 1):
        mark = Content.styled(f"{number}. ", "bold")
        lines = [item(mark, Content.styled(suggestion.point.text, "bold"), width)]
        if suggestion.statements:
            lines.append(Content.styled("   because you said", "$quiet"))
            lines += [_said(s, answers, width, indent="   ") for s in suggestion.statements[:3]]
        parts.append(Content("\n").join(lines))
    return Content("\n\n").join(parts)


def notes(theme: RubricTheme, session: Session) -> Content:
    """What was written down about a theme's statements."""
    found = [(s, session.notes[s.id]) for s in theme.walk() if s.id in session.notes]
    return Content("\n\n").join(
        Content.assemble((statement.text, "$quiet"), "\n", ("✎ ", "$primary"), note)
        for statement, note in found
    )


def _head(text: str) -> Content:
    return Content.styled(text, "bold $quiet")


def _said(statement: Statement, answers: Answers, width: int, indent: str = "") -> Content:
    answer = answers.get(statement.id)
    # The first word of each label tells them apart: not, partly, mostly, fully.
    label = answer.label.split()[0].casefold() if answer else "open"
    return item(Content.assemble(indent, (f"{label:<8}", "bold")), Content(statement.text), width)


def _step(theme: RubricTheme, suggestion: Suggestion, width: int) -> Content:
    body = Content.assemble(suggestion.point.text, (f"  {theme.short}", "$quiet"))
    return item(_ARROW, body, width)
