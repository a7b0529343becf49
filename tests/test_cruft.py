"""`cruft update` brings what is new in the template and keeps what is the owner's."""

import shutil
import subprocess
import sys

from conftest import TEMPLATE

IGNORED = shutil.ignore_patterns(
    ".git", ".venv", ".tools", "demo", "node_modules", "__pycache__", "results"
)


def run(*command, cwd):
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


def commit(folder, message):
    run("git", "add", "--all", cwd=folder)
    run("git", "commit", "--quiet", "--message", message, cwd=folder)


def cruft(*words, cwd):
    return run(sys.executable, "-m", "cruft", *words, cwd=cwd)


def test_update_brings_the_new_and_keeps_the_owners(tmp_path):
    template, home = tmp_path / "template", tmp_path / "home"
    shutil.copytree(TEMPLATE, template, ignore=IGNORED)
    home.mkdir()
    run("git", "init", "--quiet", "--initial-branch=main", cwd=template)
    commit(template, "one")
    cruft("create", str(template), "--no-input", cwd=home)
    (project,) = home.iterdir()
    commit(project, "Follow the template with cruft")

    readme = project / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8") + "\nMy own words.\n", encoding="utf-8")
    task = project / "src" / "income_prediction" / "task.py"
    task.write_text(task.read_text(encoding="utf-8") + "\n# my own line\n", encoding="utf-8")
    commit(project, "Make it mine")

    (source,) = (path for path in template.iterdir() if path.name.startswith("{{"))
    module = source / "src" / "your_package" / "files.py"
    module.write_text(
        module.read_text(encoding="utf-8") + "\n# from your_package, newer\n", encoding="utf-8"
    )
    layer = source / "_tracks" / "tabular" / "src" / "your_package" / "added.py"
    layer.write_text('"""New in the template."""\n', encoding="utf-8")
    commit(template, "two")
    cruft("update", "--skip-apply-ask", cwd=project)

    assert "My own words." in readme.read_text(encoding="utf-8")
    assert "# my own line" in task.read_text(encoding="utf-8")
    package = project / "src" / "income_prediction"
    assert "# from income_prediction, newer" in (package / "files.py").read_text(encoding="utf-8")
    assert (package / "added.py").is_file()
    assert not (project / "_tracks").exists()
    assert not list(project.rglob("*.rej"))
