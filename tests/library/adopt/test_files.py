"""Files as people send them: each is read, or refused in a line that says what to do."""

import bz2
import gzip
import json
import lzma
import zipfile

import pandas as pd
import pytest
from library.adopt.samples import TARGET, adopt_table, as_csv, make_table
from ml_portfolio.config.errors import UserError
from ml_portfolio.tool.adopt.tables.delimited import find_delimiter, find_encoding

COLUMNS = make_table(colour=["rot", "blau", "grün", "grün"] * 75)


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def check(path):
    found = adopt_table(path)
    assert {name: found.rows[name].tolist() for name in found.rows} == COLUMNS


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_delimiter_and_encoding(delimiter, encoding, tmp_path):
    check(write(tmp_path / "a.txt", as_csv(COLUMNS, delimiter).encode(encoding)))


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed(pack, tmp_path):
    check(write(tmp_path / "a.packed", pack(as_csv(COLUMNS).encode())))


def test_in_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inside/rows.csv", as_csv(COLUMNS))
    check(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        archive.writestr("inside/more.csv", as_csv(COLUMNS))
    with pytest.raises(UserError, match="holds 2 files .* unpack it"):
        adopt_table(tmp_path / "a.zip")


def test_an_archive_that_is_damaged_or_has_a_password(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("rows.csv", as_csv(COLUMNS))
    content = (tmp_path / "a.zip").read_bytes()
    damaged = content.replace(b"blau", b"grau", 1)
    locked = bytearray(content)
    for flags in (6, content.index(b"PK\x01\x02") + 8):
        locked[flags] |= 1
    for each, message in ((damaged, "damaged: get it again"), (locked, "password .*: unpack it")):
        with pytest.raises(UserError, match=message):
            adopt_table(write(tmp_path / "b.zip", bytes(each)))


def test_parquet_and_json(tmp_path):
    pd.DataFrame(COLUMNS).to_parquet(tmp_path / "a.parquet")
    check(tmp_path / "a.parquet")
    rows = pd.DataFrame(COLUMNS).to_dict("records")
    check(write(tmp_path / "a.jsonl", "\n".join(json.dumps(row) for row in rows)))
    check(write(tmp_path / "a.json", json.dumps(rows, indent=2)))


def test_objects_within_objects_become_columns(tmp_path):
    rows = pd.DataFrame(COLUMNS).to_dict("records")
    nested = [{"of": {"colour": row.pop("colour"), "date": "2024"}, **row} for row in rows]
    found = adopt_table(write(tmp_path / "a.json", json.dumps(nested)), TARGET)
    assert found.rows["of.colour"].tolist()[:3] == COLUMNS["colour"][:3]
    assert found.rows["of.date"][0] == "2024"


def test_typed_values_keep_their_meaning(tmp_path):
    frame = pd.DataFrame(COLUMNS).assign(
        count=pd.Series([1, 2, None, 40] * 75, dtype="Int64"),
        part=[0.5, 1.25, None, 3.0] * 75,
        good=[True, False, False, True] * 75,
        day=pd.to_datetime(["2024-02-03", "2024-02-04"] * 150),
    )
    frame.to_parquet(tmp_path / "a.parquet")
    rows = adopt_table(tmp_path / "a.parquet", TARGET).rows
    assert rows["count"].tolist()[:2] == ["1", "2"] and rows["count"].isna().sum() == 75
    assert rows["part"].tolist()[:2] == ["0.5", "1.25"]
    assert rows["good"].tolist()[:2] == ["true", "false"]
    assert rows["day"].tolist()[:2] == ["2024-02-03", "2024-02-04"]


def test_excel_needs_a_reader_and_says_which(tmp_path):
    path = write(tmp_path / "a.xlsx", b"PK\x03\x04")
    with pytest.raises(UserError, match="uv run --with openpyxl|cannot be read as an Excel file"):
        adopt_table(path)


def test_names_are_repaired_and_noted(tmp_path, capsys):
    values = list(zip(*COLUMNS.values(), strict=True))
    lines = [f"class,,{TARGET}", *(",".join(row) for row in values)]
    found = adopt_table(write(tmp_path / "a.csv", "\n".join(lines)))
    assert list(found.entries) == ["class", "column 2", TARGET]
    lines[0] = f" the  size? ,the size?,{TARGET}"
    found = adopt_table(write(tmp_path / "a.csv", "\n".join(lines)))
    assert list(found.entries) == ["the size?", "the size? 2", TARGET]
    assert "columns renamed: `the  size?  → the size?`" in capsys.readouterr().out


def test_a_file_without_names(tmp_path, capsys):
    lines = [f"{place * 7 % 31},{place * 3 % 17},{'ab'[place % 2]}" for place in range(90)]
    found = adopt_table(write(tmp_path / "a.csv", "\n".join(lines)), "column 3")
    assert list(found.entries) == ["column 1", "column 2", "column 3"] and len(found.rows) == 90
    assert "the first line looks like data" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", "a,b\n", "no rows"),
        ("a.csv", ",,\n,,\n", "no rows"),
        ("a.csv", "a,b\n1,2\n", "1 rows are too few to learn from"),
        ("a.csv.gz", gzip.compress(b"a,b\n1,2\n", mtime=0)[:-6], "truncated or damaged"),
        ("a.bin", b"\x89PNG\r\n\x1a\n\x00\x00", "is not a table that can be read"),
        ("a.zst", b"\x28\xb5\x2f\xfd\x00", "compressed with zstd"),
        ("a.json", '{"a": ', "is not JSON"),
        ("a.json", "[1, 2]", "is not JSON"),
        ("a.csv", "a,b\n" + "1,2\n" * 50 + "1,2,3,4\n", "is broken: Expected 2 fields"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(name, content, message, tmp_path):
    with pytest.raises(UserError, match=message):
        adopt_table(write(tmp_path / name, content))


def test_a_target_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UserError, match=f"no column 'price'; there are: colour, length, {TARGET}"):
        adopt_table(write(tmp_path / "a.csv", as_csv(COLUMNS)), "price")


@pytest.mark.parametrize(
    ("task", "values", "needed"),
    [
        ("classification", ["1.5", "2.25", "3.125"], "regression"),
        ("regression", ["red", "green", "blue"], "classification"),
    ],
)
def test_a_target_of_another_task_is_refused_with_the_right_command(task, values, needed, tmp_path):
    path = write(tmp_path / "a.csv", as_csv({**COLUMNS, "other": values * 100}))
    with pytest.raises(UserError, match=f"uvx cookiecutter .* track=tabular-{needed}"):
        adopt_table(path, "other", task)


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(UserError, match="is a folder"):
        adopt_table(tmp_path)


def test_the_delimiter_is_that_of_most_lines():
    assert find_delimiter('a;b\n"1,5";"2,5"\n1,5;2,5\n') == ";"
    assert find_delimiter("size;price\n1,5;2,5\n3,5;4,5\n") == ";"
    assert find_delimiter("name,note\nx,a;b;c\ny,d;e\n") == ","


def test_an_encoding_is_found_far_down():
    content = b"a\n" * 900_000 + "Größe\n".encode("cp1252")
    assert find_encoding(content) == ("cp1252", ["read as cp1252 (such as 'Größe')"])


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", ["Genève", "où", "garçon", "Noël"]),
        ("cp1252", ["España", "año", "Málaga", "señor"]),
        ("cp1252", ["Malmö", "Göteborg", "Ångström", "på"]),
        ("cp1252", ["Genève", "Zürich", "Köln", "Škoda"] + ["Genève"] * 20),
        ("cp1250", ["Plzeň", "Žďár", "kůň", "síť"]),
        ("cp1250", ["Šibenik", "Čakovec", "Žminj", "Đakovo"]),
        ("cp1250", ["Győr", "tűz", "Pécs", "Szűcs", "őrült"]),
        ("cp1250", ["Białystok", "Kraków", "Gdańsk", "Wałcz"]),
    ],
)
def test_letters_of_western_and_of_central_europe(encoding, words, tmp_path):
    content = as_csv(make_table(town=(words * 75)[:300])).encode(encoding)
    found = adopt_table(write(tmp_path / "a.csv", content))
    assert found.rows["town"].tolist()[: len(words)] == words
    assert f"read as {encoding} (such as" in found.changes[0]
    assert any(f"'{word}'" in found.changes[0] for word in words)


@pytest.mark.parametrize("above", ["sep=;\r\n", "Report 2024\n\n", "Report 2024;;\n;;\n"])
def test_a_title_above_the_names_is_skipped_and_noted(above, tmp_path):
    comma = {name: [value.replace(".", ",") for value in COLUMNS[name]] for name in COLUMNS}
    found = adopt_table(write(tmp_path / "a.csv", above + as_csv(comma, ";")))
    assert found.rows["colour"].tolist()[:3] == COLUMNS["colour"][:3]
    assert f"below `{above.split(';')[0].strip()}" in found.changes[0]


def test_a_title_in_an_excel_sheet(tmp_path):
    pytest.importorskip("openpyxl")
    above = [["Report 2024", "", ""], [""] * 3]
    rows = [*above, list(COLUMNS), *zip(*COLUMNS.values(), strict=True)]
    pd.DataFrame(rows).to_excel(tmp_path / "a.xlsx", index=False, header=False)
    check(tmp_path / "a.xlsx")


def test_a_document_in_a_field(tmp_path):
    path = write(tmp_path / "a.csv", as_csv(make_table(report=["la " * 60_000, *["so"] * 299])))
    assert list(adopt_table(path).entries) == ["report", "length", TARGET]


def test_half_an_emoji_is_replaced(tmp_path):
    path = write(tmp_path / "a.json", json.dumps(pd.DataFrame(COLUMNS).to_dict("records")))
    path.write_text(path.read_text(encoding="utf-8").replace('"rot"', '"rot\\ud83d"'))
    assert adopt_table(path).rows["colour"][0] == "rot?"


def test_a_name_that_yaml_would_take_for_a_boolean(tmp_path):
    path = write(tmp_path / "a.csv", as_csv({"yes": ["1", "7", "5"] * 100, **COLUMNS}))
    assert adopt_table(path, TARGET).entries["yes"]["type"] == "integer"
