"""`cruft update` brings what is new in the template and keeps what is the owner's."""

import shutil
import subprocess
import sys

import pytest
from projects import IGNORED, TEMPLATE


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


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


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
    models = project / "src" / "income_prediction" / "models.py"
    models.write_text(models.read_text(encoding="utf-8") + "\n# my own line\n", encoding="utf-8")
    commit(project, "Make it mine")

    (source,) = (path for path in template.iterdir() if path.name.startswith("{{"))
    library = source / "vendor" / "ml-portfolio" / "src" / "ml_portfolio"
    append(library / "config" / "files.py", "\n# newer\n")
    (library / "added.py").write_text('"""New in the library."""\n', encoding="utf-8")
    append(source / "src" / "your_package" / "choice.py", "\n# from your_package, newer\n")
    commit(template, "two")
    cruft("update", "--skip-apply-ask", cwd=project)

    assert "My own words." in readme.read_text(encoding="utf-8")
    assert "# my own line" in models.read_text(encoding="utf-8")
    package = project / "src" / "income_prediction"
    assert "# from income_prediction, newer" in (package / "choice.py").read_text(encoding="utf-8")
    vendored = project / "vendor" / "ml-portfolio" / "src" / "ml_portfolio"
    assert (vendored / "config" / "files.py").read_text(encoding="utf-8").endswith("# newer\n")
    assert (vendored / "added.py").is_file()
    assert not (project / "_tracks").exists()
    assert not list(project.rglob("*.rej"))


BEFORE_THE_LIBRARY = "671cac8"  # the last commit in which a project's machinery was its own code


def test_update_from_before_the_library_keeps_the_owners(tmp_path):
    known = ["git", "cat-file", "-e", f"{BEFORE_THE_LIBRARY}^{{commit}}"]
    if subprocess.run(known, cwd=TEMPLATE, capture_output=True).returncode:
        pytest.skip("a shallow clone does not have the commit")
    template = tmp_path / "template"
    run("git", "clone", "--quiet", str(TEMPLATE), str(template), cwd=tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    first = ("--checkout", BEFORE_THE_LIBRARY)
    cruft("create", str(template), "--no-input", *first, cwd=home)
    (project,) = home.iterdir()
    commit(project, "Follow the template with cruft")
    append(project / "README.md", "\nMy own words.\n")
    append(project / "src" / "income_prediction" / "task.py", "\n# my own candidate\n")
    commit(project, "Make it mine")

    cruft("update", "--skip-apply-ask", "--checkout", "HEAD", cwd=project)
    package = project / "src" / "income_prediction"
    assert "My own words." in (project / "README.md").read_text(encoding="utf-8")
    assert "# my own candidate" in (package / "task.py").read_text(encoding="utf-8")
    assert (package / "models.py").is_file() and not (package / "serving").exists()
    assert (project / "vendor" / "ml-portfolio" / "pyproject.toml").is_file()
    # The README was written anew: what touches the owner's lines is left beside it, to be merged.
    assert {path.name for path in project.rglob("*.rej")} <= {"README.md.rej"}
