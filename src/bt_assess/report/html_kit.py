"""What every HTML report stands on: one file, no scripts, nothing fetched, everything escaped."""

import base64
import hashlib
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bt_assess.core.rubric import Stage
from bt_assess.report import drawing
from bt_assess.report.words import date_words


def page(template: str, *, made: date, **values: Any) -> str:
    """The page of a template: whole, with its style inside and the policy that forbids the rest."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _environment().get_template(template).render(
        **values, made=date_words(made), style=Markup(style), digest=digest  # noqa: S704
    )  # fmt: skip


def drawn(wide: str, narrow: str) -> dict[str, Markup]:
    """A picture for paper and desks and the same for phones; both are SVG that was made here."""
    return {"wide": Markup(wide), "narrow": Markup(narrow)}  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("bt_assess", "report/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["soft"] = _soft
    environment.globals.update(stages=tuple(Stage), marks=drawing.STAGE_MARKS, day=date_words)
    return environment


@cache
def _style() -> str:
    source = _environment().loader.get_source(_environment(), "report.css")[0]  # type: ignore[union-attr]
    return source.replace("/* pictures in dark colours */", drawing.dark_rules())


def _safe(value: object) -> object:
    """Text without control characters and without marks that turn its direction."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return drawing.safe(str(value), lines=True)
    return value


def _soft(text: str) -> str:
    """Words about stages, with places where a narrow column may break them."""
    return text.replace("developing", "develop\u00ading").replace(
        "consolidating", "consoli\u00addating"
    )
