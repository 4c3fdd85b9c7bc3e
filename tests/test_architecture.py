"""The borders between the rooms of src/bt_assess, held where import contracts cannot see."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
CORE = sorted((SOURCE / "bt_assess" / "core").glob("*.py"))
MOST_LINES = 400


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_the_core_loads_no_screen_library() -> None:
    imports = ", ".join(module_name(path) for path in CORE)
    code = f"import sys, {imports}; print(*sorted(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "bt_assess" in loaded
    assert not loaded & {"textual", "rich"}


@pytest.mark.parametrize("path", CORE, ids=module_name)
def test_the_core_knows_the_standard_library_and_pydantic_only(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    strange = {
        name
        for name in named
        if not name.startswith("bt_assess.core")
        and name.split(".")[0] not in sys.stdlib_module_names | {"pydantic", "pydantic_core"}
    }
    assert not strange


def test_no_module_is_longer_than_a_sitting() -> None:
    lengths = {
        module_name(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in SOURCE.rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
