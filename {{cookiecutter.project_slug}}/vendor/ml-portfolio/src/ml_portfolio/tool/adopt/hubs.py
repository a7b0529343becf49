"""Sites of data sets, through their own clients, which are imported only when asked for."""

import importlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ml_portfolio.config.errors import UserError, command_name
from ml_portfolio.tool.adopt.adoption import Origin

STRINGS = {"string", "large_string"}
TABLES = {".csv", ".tsv", ".xlsx", ".parquet", ".jsonl", ".json"}


def import_client(package: str, source: str) -> Any:
    """Import a site's client; raises UserError with the command that installs it."""
    try:
        return importlib.import_module(package)
    except ImportError:
        raise UserError(
            f"{source} needs the package {package}: "
            f"uv run --with {package} {command_name()} adopt {source}"
        ) from None


@contextmanager
def fetching(source: str) -> Iterator[None]:
    """Turn whatever a client raises into one line."""
    try:
        yield
    except Exception as error:
        reason = " ".join(str(error).split())[:300] or error.__class__.__name__
        raise UserError(
            f"{source} could not be fetched ({reason}): check its name and the network, or "
            "download the file and adopt that."
        ) from None


def save(frame: Any, folder: Path) -> Path:
    path = folder / "table.parquet"
    mixed = [column for column in frame if frame[column].dtype == object]
    frame.astype(dict.fromkeys(mixed, "str")).to_parquet(path)
    return path


def from_uci(number: str, source: str, folder: Path) -> Origin:
    """Fetch a data set of https://archive.ics.uci.edu by its number."""
    client = import_client("ucimlrepo", source)
    with fetching(source):
        found = client.fetch_ucirepo(id=int(number))
    about, targets = found.metadata, found.data.targets
    creators = ", ".join(about.get("creators") or ["unknown"])
    doi = about.get("dataset_doi")
    return Origin(
        save(found.data.original, folder),
        source,
        about["name"],
        url=str(about.get("repository_url") or f"https://archive.ics.uci.edu/dataset/{number}"),
        licence="CC BY 4.0, as the site states for all its data sets; check this data set's page",
        citation=f"{creators}: {about['name']}. UCI Machine Learning Repository, doi {doi}",
        target=str(targets.columns[0]) if targets is not None and len(targets.columns) == 1 else "",
    )


def from_openml(number: str, source: str, folder: Path) -> Origin:
    """Fetch a data set of https://www.openml.org by its number."""
    from sklearn.datasets import fetch_openml

    with fetching(source):
        found = fetch_openml(data_id=int(number), as_frame=True, parser="auto", data_home=folder)
    about = found.details
    return Origin(
        save(found.frame, folder),
        source,
        about["name"],
        url=f"https://www.openml.org/d/{number}",
        licence=str(about.get("licence") or "unknown"),
        citation=str(about.get("citation") or "unknown"),
        target=(found.target_names or [""])[0],
    )


def from_hugging_face(name: str, source: str, folder: Path) -> Origin:
    """Fetch the training part of a data set of https://huggingface.co by NAME[:CONFIGURATION]."""
    client = import_client("datasets", source)
    name, _, configuration = name.partition(":")
    with fetching(source):
        found = client.load_dataset(
            name, configuration or None, split="train", cache_dir=str(folder)
        )
        card = read_card(name)
    for column, feature in found.features.items():
        if hasattr(feature, "int2str"):  # classes are stored as numbers
            labels = [None if n is None else feature.int2str(n) for n in found[column]]
            found = found.remove_columns(column).add_column(column, labels)
    bibtex = re.search(r"@\w+ ?\{.*?^ *\}", card.content, re.DOTALL | re.M) if card else None
    return Origin(
        save_hugging_face(client, found, folder),
        source,
        name.split("/")[-1],
        url=f"https://huggingface.co/datasets/{name}",
        licence=str((card and card.data.license) or "unknown"),
        citation=bibtex[0] if bibtex else "unknown",
    )


def read_card(name: str) -> Any:
    """Return the data set's card, which states licence and citation; None where there is none."""
    from huggingface_hub import DatasetCard
    from huggingface_hub.errors import EntryNotFoundError

    with suppress(EntryNotFoundError):
        return DatasetCard.load(name)
    return None


def save_hugging_face(client: Any, found: Any, folder: Path) -> Path:
    """Save a table as Parquet, and labelled images in folders named as their classes."""
    images = [name for name, kind in found.features.items() if isinstance(kind, client.Image)]
    labels = [name for name in found.features if found.features[name].dtype in STRINGS]
    if not images or not labels:
        found.to_parquet(str(folder / "table.parquet"))
        return folder / "table.parquet"
    found = found.cast_column(images[0], client.Image(decode=False))
    for number, row in enumerate(found):
        file = row[images[0]]
        place = folder / "images" / re.sub(r"[^\w .-]", "-", row[labels[-1]])
        place.mkdir(parents=True, exist_ok=True)
        suffix = Path(file["path"] or "a.png").suffix
        (place / f"{number}{suffix}").write_bytes(file["bytes"] or Path(file["path"]).read_bytes())
    return folder / "images"


def from_kaggle(name: str, source: str, folder: Path) -> Origin:
    """Fetch a data set of https://www.kaggle.com by OWNER/NAME: its only table, or its folder."""
    client = import_client("kagglehub", source)
    with fetching(source):
        path = Path(client.dataset_download(name))
        about = about_kaggle(*name.split("/")[:2])
    tables = [file for file in sorted(path.rglob("*")) if file.suffix in TABLES]
    if len(tables) > 1:
        paths = ", ".join(str(file) for file in tables[:10])
        raise UserError(f"{source} holds several tables: adopt one of {paths}")
    return Origin(
        tables[0] if tables else path,
        source,
        about.title,
        url=f"https://www.kaggle.com/datasets/{name}",
        licence=about.license_name or "unknown",
        citation=f"{about.owner_name}: {about.title}. Kaggle",
    )


def about_kaggle(owner: str, name: str) -> Any:
    """Return title, owner and licence of a data set."""
    from kagglehub.clients import build_kaggle_client
    from kagglesdk.datasets.types.dataset_api_service import ApiGetDatasetRequest

    request = ApiGetDatasetRequest()
    request.owner_slug, request.dataset_slug = owner, name
    with build_kaggle_client() as client:
        return client.datasets.dataset_api_client.get_dataset(request)


HUBS = {"uci": from_uci, "openml": from_openml, "hf": from_hugging_face, "kaggle": from_kaggle}
