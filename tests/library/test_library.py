"""The library as a whole: typed, without circles, and light where it must be."""

import ast
import subprocess
import sys

import pytest
from projects import LIBRARY, clean_environment

SOURCE = LIBRARY / "src" / "ml_portfolio"
TRAINING = {"dvc", "joblib", "matplotlib", "mlflow", "onnx", "pandas", "scipy", "sklearn", "torch"}


def imports(path, package=SOURCE):
    """The library's modules that a module imports when it is imported."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ml_portfolio"):
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            files = [package.parent.joinpath(*name.split(".")).with_suffix(".py") for name in names]
            found |= {file for file in files if file.is_file()}
    return found


def test_no_module_imports_itself_through_others():
    graph = {path: imports(path) for path in SOURCE.rglob("*.py")}
    done, path = set(), []

    def visit(module):
        assert module not in path, [each.stem for each in [*path, module]]
        if module not in done:
            path.append(module)
            for other in graph[module]:
                visit(other)
            done.add(path.pop())

    for module in graph:
        visit(module)


@pytest.mark.parametrize(
    ("module", "banned"),
    [
        ("serving.server", TRAINING | {"ruamel.yaml", "jinja2"}),
        ("bundle.bundle", TRAINING | {"fastapi", "starlette"}),
        ("export.bundle_files", {"fastapi", "starlette", "uvicorn", "matplotlib", "mlflow"}),
        ("reports.stage", {"pandas", "sklearn", "matplotlib", "mlflow", "onnxruntime", "fastapi"}),
        ("tool.cli", TRAINING | {"fastapi", "numpy"}),
    ],
)
def test_a_module_brings_no_more_than_it_needs(module, banned):
    code = f"import sys, ml_portfolio.{module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not banned & set(done.stdout.split())


def test_packages_import_nothing():
    for path in SOURCE.rglob("*/__init__.py"):
        assert len(ast.parse(path.read_text(encoding="utf-8")).body) == 1, path


def test_it_never_imports_an_owners_package():
    for path in SOURCE.rglob("*.py"):
        assert "your_package" not in path.read_text(encoding="utf-8"), path


def test_it_is_typed(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", str(tmp_path)],
        cwd=LIBRARY,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_it_is_formatted_and_free_of_lint():
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "."],
            cwd=LIBRARY,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout


def test_modules_and_functions_are_short():
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 250, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno - node.lineno < 45, f"{path}: {node.name}"
