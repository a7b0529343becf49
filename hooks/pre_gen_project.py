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
# Modules and packages that generated projects install or that have a meaning there: one of the
# same name would hide them. A slow test holds this list against what is installed.
TAKEN = set(
    """
    aiohappyeyeballs aiohttp aiohttp_retry aiosignal alembic amqp annotated_doc annotated_types
    antlr4 antlr4_python3_runtime anyio appdirs ast_serialize asttokens asyncssh atpublic attr
    attrs bentoml billiard blinker cachetools celery certifi cffi cfgv charset_normalizer click
    click_didyoumean click_plugins click_repl cloudpickle colorama comm configobj contourpy
    cookiecutter cruft cryptography cv2 cycler data databricks databricks_sdk dateutil debugpy
    dictdiffer diskcache distlib distro docker docs dotenv dpath dulwich dvc dvc_data dvc_http
    dvc_objects dvc_render dvc_studio_client dvc_task entrypoints executing fastapi
    fastjsonschema filelock flask flask_cors flatbuffers flatten_dict flufl flufl_lock fonttools
    frozenlist fsspec functorch funcy git gitdb gitpython google google_auth grandalf graphene
    graphql graphql_core graphql_relay greenlet gto gunicorn h11 hf_xet httpcore2 httptools
    httpx httpx2 huey huggingface_hub hydra hydra_core identify idna importlib_metadata
    iniconfig ipykernel ipykernel_launcher ipython ipython_pygments_lexers isympy
    iterative_telemetry itsdangerous jedi jinja2 joblib jsonschema jsonschema_specifications
    jupyter jupyter_client jupyter_core kiwisolver kombu librt mako markdown_it markdown_it_py
    markupsafe matplotlib matplotlib_inline mdurl ml_dtypes mlflow mlflow_skinny mlflow_tracing
    ml_portfolio models mpl_toolkits mpmath multidict multipart mypy mypy_extensions mypyc
    narwhals nbclient
    nbformat nest_asyncio2 networkx nodeenv notebooks numpy omegaconf onnx onnx_ir onnxruntime
    onnxscript opentelemetry opentelemetry_api opentelemetry_proto opentelemetry_sdk
    opentelemetry_semantic_conventions orjson packaging pandas parso pathspec pexpect
    pil pillow pip platformdirs playwright pluggy pre_commit prettytable prometheus_client
    prompt_toolkit propcache protobuf psutil ptyprocess public pure_eval py pyarrow pyasn1
    pyasn1_modules pycparser pydantic pydantic_core pydantic_settings pydevd_plugins pydot pyee
    pygit2 pygments pygtrie pylab pyparsing pytest python_dateutil python_discovery
    python_dotenv python_multipart pythoncom pywin32 pywinpty pyyaml pyzmq referencing regex
    reports requests rich rpds rpds_py ruamel ruamel_yaml ruff safetensors scikit_learn scipy
    scmrepo seaborn semver serving setuptools shellingham shortuuid shtab six skl2onnx sklearn
    skops smmap sqlalchemy sqlparse sqltrie src stack_data starlette sympy tabulate tensorflow
    test tests threadpoolctl tokenizers tomlkit torch torchgen torchvision tornado tqdm
    traitlets transformers truststore typeguard typer typing_extensions typing_inspect
    typing_inspection tzlocal urllib3 uv uvicorn validate vine virtualenv voluptuous watchfiles
    wcwidth werkzeug wheel win32api win32com xgboost yaml yarl zc zc_lockfile zipp zmq
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
        return f"{question} '{name}' {fault}: answer {better}"
    if not re.fullmatch(r"[A-Za-z0-9](-?[A-Za-z0-9])*", answers["github_username"]):
        return (
            f"github_username '{answers['github_username']}' is not a valid GitHub user name "
            "(letters, digits, single hyphens): type the last word of your GitHub page's address."
        )
    return None


if __name__ == "__main__":
    sys.stderr.reconfigure(errors="backslashreplace")  # some terminals know few letters
    if complaint := problem(ANSWERS):
        sys.exit(
            f"error: {complaint}\nNothing was written. The lines after this one are cookiecutter's."
        )
