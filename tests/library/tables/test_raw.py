"""Raw files: good ones are read as text, bad ones are named with what to do."""

import gzip

import pytest
from ml_portfolio.config.errors import UserError
from ml_portfolio.config.files import sha256
from ml_portfolio.tables.raw import Source, read_raw

COLUMNS = ["size", "colour", "kind"]
GOOD = "size,colour,kind\n1, red,a\n2,?,b\n3,café,a\n"


def source(path, text, **changes):
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    about = {
        "file": path,
        "sha256": sha256(path),
        "delimiter": ",",
        "encoding": "utf-8",
        "missing": ("?",),
    }
    words = dict.fromkeys(("title", "url", "licence", "citation", "changes"), "-")
    return Source(**(words | about | changes))


def test_a_good_file_is_read_as_text_with_its_line_numbers(tmp_path):
    rows = read_raw(source(tmp_path / "good.csv", GOOD), COLUMNS)
    assert rows["colour"].isna().tolist() == [False, True, False]
    assert rows.loc[2].tolist() == ["1", "red", "a"]
    assert rows.index.name == "line"


@pytest.mark.parametrize(
    ("text", "changes", "message"),
    [
        ("", {}, "is empty"),
        ("size,colour,kind\n", {}, "no rows"),
        (GOOD.replace("size", "Size"), {}, "has no column 'size' .it has 'Size', 'colour', 'kind'"),
        (GOOD.replace(",", ";"), {}, "delimited by ';', not by ',': write 'delimiter: \";\"'"),
        (GOOD.replace(",", "\t"), {}, "delimited by .*, not by ','"),
        (GOOD.encode("cp1252"), {}, "is not utf-8 text"),
        (GOOD.encode("utf-16"), {}, "is not utf-8 text"),
        (GOOD, {"encoding": "no-such"}, "is not no-such text"),
        (GOOD + "4,red,a,b,c\n", {}, "Expected 3 fields in line 5, saw 5"),
        (GOOD + '4,"red', {}, "is malformed"),
        (GOOD, {"sha256": "0" * 64}, "restore it with git or, .* write 'sha256: "),
    ],
)
def test_a_bad_file_is_named_with_what_to_do(tmp_path, text, changes, message):
    with pytest.raises(UserError, match=message):
        read_raw(source(tmp_path / "bad.csv", text, **changes), COLUMNS)


def test_a_compressed_file_cut_in_half_is_named(tmp_path):
    half = gzip.compress(GOOD.encode() * 1000)
    with pytest.raises(UserError, match="truncated or damaged"):
        read_raw(source(tmp_path / "half.csv.gz", half[: len(half) // 2]), COLUMNS)


def test_a_file_that_is_not_there_is_named(tmp_path):
    about = source(tmp_path / "gone.csv", GOOD)
    about.file.unlink()
    with pytest.raises(UserError, match="gone.csv is missing"):
        read_raw(about, COLUMNS)
