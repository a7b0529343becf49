"""The notebook that `adopt` writes runs on the training rows of the new data."""

import nbformat
from library.adopt.samples import decode_image, write_source
from ml_portfolio.config.params import Project
from ml_portfolio.config.processed import save_split
from ml_portfolio.images import raw as image_files
from ml_portfolio.images import schema as image_schema
from ml_portfolio.images import validation as images
from ml_portfolio.tables import schema as table_schema
from ml_portfolio.tables import validation as tables
from ml_portfolio.tables.raw import load_source, read_raw
from ml_portfolio.texts import schema as text_schema
from ml_portfolio.texts import validation as texts
from ml_portfolio.tool.adopt.documents import NOTEBOOK


def valid_rows(project: Project):
    """Rows as the stage `preprocess` saves them."""
    if project.input == "image":
        schema = image_schema.load_schema()
        raw = image_files.read_raw(image_files.load_source(), schema, decode_image)
        return images.validate(raw, schema)[0]
    if project.input == "text":
        schema = text_schema.load_schema()
        raw = read_raw(load_source(), [schema.text.column, schema.label.column])
        return texts.validate(raw, schema)[0]
    schema = table_schema.load_schema()
    raw = read_raw(load_source(), [column.name for column in schema.used])
    return tables.validate(raw, schema)[0]


def test_it_runs_on_the_training_rows(project, adopt, tmp_path, capsys):
    adopt(write_source(tmp_path, project), yes=True)
    rows = valid_rows(project)
    save_split("train", rows)
    cells = nbformat.read(NOTEBOOK, 4).cells
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert "your_package" not in code
    capsys.readouterr()
    exec(code.replace("%matplotlib inline", ""), {})
    assert f"{len(rows)} training" in capsys.readouterr().out
