"""Breakthrough projects: a sealed TOML file each, in `projects/` in the sessions folder."""

from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from bt_assess.core.project import Project, new_project
from bt_assess.core.project_parts import Origin
from bt_assess.store.folder import new_id
from bt_assess.store.kept import KeptFolder, Sort, Stored, kept_text
from bt_assess.store.where import PROJECTS

StoredProject: TypeAlias = Stored[Project]

_SORT = Sort(
    make=Project.model_validate,
    word="project",
    folder=PROJECTS,
    head="""\
# A bt-assess breakthrough project: one result, one team, eight to ten weeks, and a report back.
# bt-assess writes it. What is changed by hand counts once it is accepted in the app.
""",
)


class ProjectsFolder(KeptFolder[Project]):
    """The projects of a sessions folder."""

    def __init__(self, sessions_folder: Path) -> None:
        super().__init__(sessions_folder, _SORT)

    def new(
        self, title: str, today: date, *, origin: Origin | None = None, **settings: Any
    ) -> StoredProject:
        """A project on disk. `settings` are as in `Project.changed`: leader, team, function.

        Raises ValidationError for what makes no sense, Refused, or OSError.
        """
        return self.create(new_project(new_id(), title, today, origin, **settings))


def project_text(project: Project) -> str:
    """The whole file of a project."""
    return kept_text(project, _SORT)
