"""Refuse answers that would break the project later, saying what to type instead."""

import json
import keyword
import re
import sys

ANSWERS = json.loads(r'''{{ cookiecutter | tojson }}''')  # fmt: skip

FREE_TEXT = ("project_name", "description", "author_name")
LONGEST_NAME = 40
WINDOWS_DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}
# Modules of a generated project and of the libraries it imports: a package of the same
# name would hide them.
TAKEN = set(
    """
    alembic bentoml cookiecutter cruft cv2 data docs dvc fastapi httpx jinja2 joblib matplotlib
    mlflow models mypy notebooks numpy onnx onnxruntime onnxscript packaging pandas pandera pil
    pillow pip prometheus_client pyarrow pydantic pytest reports requests ruamel ruff scikit_learn
    scipy seaborn serving setuptools sklearn skl2onnx skops sqlalchemy src starlette tensorflow
    tests tokenizers torch torchvision tqdm transformers uv uvicorn wheel xgboost yaml
    """.split()
)


def suggestion(name: str, fallback: str) -> str:
    """Make a name of `name` that no rule below refuses."""
    words = re.findall("[a-z0-9]+", name.lower())
    good = "-".join(words)[: LONGEST_NAME - 8].strip("-")
    if not good:
        return fallback
    return good if good[0].isalpha() and not is_taken(good) else f"my-{good}"


def is_taken(name: str) -> bool:
    module = name.replace("-", "_").lower()
    return (
        module in TAKEN
        or module in WINDOWS_DEVICES
        or module in sys.stdlib_module_names
        or keyword.iskeyword(module)
        or keyword.issoftkeyword(module)
    )


def problem(answers: dict[str, str]) -> str | None:
    """Return what is wrong with the answers and what to type instead, or None."""
    for question in FREE_TEXT:
        text = answers[question]
        if not text.strip():
            return f"{question} is empty: type at least one word."
        if not text.isprintable():
            return f"{question} has a line break, tab or control character: type it on one line."
    rules = {
        "project_slug": (r"[a-z][a-z0-9]*(-[a-z0-9]+)*", "-", "lower-case letters, digits and single hyphens"),
        "package_name": (r"[a-z][a-z0-9]*(_[a-z0-9]+)*", "_", "lower-case letters, digits and single underscores"),
    }
    for question, (pattern, joint, words) in rules.items():
        name = answers[question]
        better = suggestion(name, "my-project").replace("-", joint)
        if not re.fullmatch(pattern, name):
            return f"{question} '{name}' must be {words}, a letter first: type {question}={better}"
        if is_taken(name):
            return f"{question} '{name}' is already the name of a module, a keyword or a Windows device: type {question}={better}"
        if len(name) > LONGEST_NAME:
            return f"{question} '{name}' is longer than {LONGEST_NAME} characters: type {question}={better}"
    if not re.fullmatch(r"[A-Za-z0-9](-?[A-Za-z0-9])*", answers["github_username"]):
        return (
            f"github_username '{answers['github_username']}' is none GitHub would give (letters, digits and single "
            "hyphens): type the name in the address of your GitHub page."
        )
    return None


if __name__ == "__main__":
    if complaint := problem(ANSWERS):
        sys.exit(f"error: {complaint}")
