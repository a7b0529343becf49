"""Refuse answers that would break the project later, saying what to type instead."""

import json
import keyword
import re
import sys
import unicodedata

ANSWERS = json.loads(r'''{{ cookiecutter | tojson }}''')  # fmt: skip

FREE_TEXT = ("project_name", "description", "author_name")
LONGEST_NAME = 30  # lines that import a package stay within the line length
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
    test tests tokenizers torch torchvision tqdm transformers uv uvicorn wheel xgboost yaml
    """.split()
)


def suggestion(name: str, fallback: str) -> str:
    """Make a name of `name` that no rule below refuses."""
    words = re.findall("[a-z0-9]+", name.lower())
    good = "-".join(words)[: LONGEST_NAME - 3].strip("-")
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
        if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in text):
            return f"{question} has a line break, tab or control character: type it on one line."
    for question, joint, joints in (
        ("project_slug", "-", "hyphens"),
        ("package_name", "_", "underscores"),
    ):
        name = answers[question]
        better = suggestion(name, "my-project").replace("-", joint)
        if not re.fullmatch(f"[a-z][a-z0-9]*({joint}[a-z0-9]+)*", name):
            fault = f"must be lower-case letters, digits and single {joints}, a letter first"
        elif is_taken(name):
            fault = "is already the name of a module, a Python keyword or a Windows device"
        elif len(name) > LONGEST_NAME:
            fault = f"is longer than {LONGEST_NAME} characters"
        else:
            continue
        return f"{question} '{name}' {fault}: type {question}={better}"
    if not re.fullmatch(r"[A-Za-z0-9](-?[A-Za-z0-9])*", answers["github_username"]):
        return (
            f"github_username '{answers['github_username']}' is none that GitHub gives (letters, "
            "digits and single hyphens): type the last word of your GitHub page's address."
        )
    return None


if __name__ == "__main__":
    if complaint := problem(ANSWERS):
        sys.exit(f"error: {complaint}")
