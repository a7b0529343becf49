"""Make the chosen project: lay its track's layers over the base, name its package, start git."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ANSWERS = json.loads(r'''{{ cookiecutter | tojson }}''')  # fmt: skip
TRACKS = Path("_tracks")
PLACEHOLDER = "your_package"
INSERT = re.compile(r"^[ \t]*(?:#|<!--) insert: (\w+).*\n", re.MULTILINE)


def layers(name: str) -> dict[str, dict]:
    """Return the layers of a track by name, lowest first: those it stands `on`, then itself."""
    layer = json.loads((TRACKS / name / "layer.json").read_text(encoding="utf-8"))
    below = {key: value for under in layer["on"] for key, value in layers(under).items()}
    return {**below, name: layer}


def lay(track: str) -> dict[str, str]:
    """Copy the layers of a track over the base; return the lines each `insert:` mark stands for."""
    lines: dict[str, str] = {}
    for name, layer in layers(track).items():
        shutil.copytree(
            TRACKS / name,
            ".",
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("layer.json", "__pycache__"),
        )
        for mark, added in layer["insert"].items():
            lines[mark] = lines.get(mark, "") + "".join(f"{line}\n" for line in added)
    shutil.rmtree(TRACKS)
    return lines


def fill_in(package: str, lines: dict[str, str]) -> None:
    """Put the lines in at their marks and the package's name in place of the placeholder."""
    Path("src", PLACEHOLDER).rename(Path("src", package))
    for path in [path for path in Path().rglob("*") if path.is_file() and is_ours(path)]:
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue  # a binary file: data, a picture
        filled = INSERT.sub(lambda mark: lines.get(mark[1], ""), text)
        filled = re.sub(rf"\b{PLACEHOLDER}\b", package, filled)
        if filled != text:
            path.write_bytes(filled.encode("utf-8"))


def is_ours(path: Path) -> bool:
    """Return whether a file is the project's own: the library stays byte for byte as it is."""
    return not {".git", "vendor"} & set(path.parts)


def git(*words: str) -> bool:
    """Run git without a question, a signature or a hook of the user's; say whether it worked."""
    settings = [
        "-c",
        "user.useConfigOnly=true",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "core.hooksPath=.git/hooks",
    ]
    try:
        done = subprocess.run(
            ["git", *settings, *words], capture_output=True, stdin=subprocess.DEVNULL
        )
    except OSError:
        return False
    return done.returncode == 0


def start_git() -> str:
    """Commit the project in a repository of its own; return what is left for its owner to run."""
    if not git("init", "--quiet"):
        return (
            "Git was not found. Install it (https://git-scm.com), then run in the project:\n"
            "  git init && git add -A && git commit -m Start\n\n"
        )
    git("symbolic-ref", "HEAD", "refs/heads/main")
    git("add", "--all")
    if not git("commit", "--quiet", "--message", "Start from the ml-portfolio template"):
        return (
            "Git does not know you yet, so nothing is committed. Run in the project:\n"
            '  git config --global user.name "Your Name"\n'
            "  git config --global user.email you@example.com\n"
            "  git commit -m Start\n\n"
        )
    return ""


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # some terminals know few letters
    fill_in(ANSWERS["package_name"], lay(ANSWERS["track"]))
    left = start_git()
    slug = ANSWERS["project_slug"]
    print(
        f"\n{left}Ready. Next:\n  cd {slug} && uv sync\n  uv run dvc repro\n  uv run {slug} serve"
    )
