"""Ways in which a measured file is damaged, and what the refusal must say of each."""

from dataclasses import replace

from tests.data.synthetic import File

ROW = 5


def cell(quantity: str, text: str):
    """Another text in one cell of a row in the middle."""
    return lambda file: file.with_cell(ROW, quantity, text).text


def line(text: str):
    """Another text in place of a whole row in the middle."""

    def damaged(file: File) -> str:
        lines = file.text.split("\n")
        lines[file.first_line + ROW - 1] = text
        return "\n".join(lines)

    return damaged


def extra_cell(file: File) -> str:
    """One cell too many in a row."""
    rows = [[*row, "1.0"] if i == ROW else row for i, row in enumerate(file.rows)]
    return replace(file, rows=rows).text


def missing_cell(file: File) -> str:
    """One cell too few in a row that is not the last."""
    rows = [row[:-1] if i == ROW else row for i, row in enumerate(file.rows)]
    return replace(file, rows=rows).text


def other_separator(file: File) -> str:
    """One row parted by another character."""
    other = "|"
    rows = [[other.join(row)] if i == ROW else row for i, row in enumerate(file.rows)]
    return replace(file, rows=rows).text


def no_rows(file: File) -> str:
    """A header and nothing below."""
    return replace(file, rows=[]).text


def cut_before_the_table(file: File) -> str:
    """The preamble alone."""
    return "\n".join(file.preamble) + "\nmeasurement"


def no_header(file: File) -> str:
    """The same numbers without the line that names them."""
    lines = file.text.split("\n")
    del lines[len(file.preamble)]
    return "\n".join(lines)


def renamed(quantity: str):
    """A column under a name that nobody knows."""
    return lambda file: file.with_header(quantity, "mystery").text


def named_twice(quantity: str):
    """Another column under the same name."""

    def damaged(file: File) -> str:
        place = file.quantities[quantity]
        header = (*file.header, file.header[place])
        rows = [[*row, "7.0"] for row in file.rows]
        return replace(file, header=header, rows=rows).text

    return damaged


def control_characters(file: File) -> bytes:
    """Binary noise in the middle."""
    content = file.text.encode()
    middle = len(content) // 2
    return content[:middle] + b"\x00\x01\x02" + content[middle:]


def utf_16_without_a_mark(file: File) -> bytes:
    """Two bytes a character, and nothing that says so."""
    return file.text.encode("utf-16-le")


def utf_16_cut_in_half(file: File) -> bytes:
    """A byte-order mark and an odd number of bytes."""
    return file.text.encode("utf-16")[:-1]


IN_EVERY_TABLE = {
    "a word in place of a row": (line("interrupted by user"), r"text among the numbers"),
    "one cell too many": (extra_cell, r"line \d+ has \d+ cells where line \d+ names \d+ columns"),
    "one cell too few": (missing_cell, r"line \d+ has \d+ cells where line \d+ names \d+ columns"),
    "another separator in a row": (other_separator, r"line \d+ (has \d+ cells|holds text among)"),
    "no rows": (no_rows, r"no row of numbers below its header|no line that names two columns"),
    "cut before the table": (cut_before_the_table, r"no line that names two columns"),
    "no header": (no_header, r"no line that names two columns"),
    "binary noise": (control_characters, r"not a text file \(a control character in line \d+\)"),
    "UTF-16 without its mark": (utf_16_without_a_mark, r"not a text file"),
    "UTF-16 cut in half": (utf_16_cut_in_half, r"begins as utf-16 text but byte \d+ is not"),
}


def of_a_number(quantity: str) -> dict:
    """What can be wrong with one number of a required column."""
    return {
        f"{quantity}: {what}": (cell(quantity, text), rf"line \d+.*{told}")
        for what, text, told in (
            ("a word", "overload", r"holds 'overload', which is not a finite number"),
            ("nan", "NaN", r"holds 'NaN', which is not a finite number"),
            ("infinity", "inf", r"holds 'inf', which is not a finite number"),
            ("too large for a double", "1e999", r"holds '1e999', which is not a finite number"),
            ("an underscore", "1_000", r"holds '1_000', which is not a finite number"),
            ("a unit behind it", "12 ohm", r"(holds '12 ohm'|has \d+ cells)"),
            ("two points", "1.2.3", r"holds '1\.2\.3', which is not a finite number"),
        )
    }
