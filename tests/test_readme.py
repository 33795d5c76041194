"""The README's examples run as they stand."""

import re

import pytest


@pytest.fixture(scope="module")
def blocks(repository):
    readme = (repository / "README.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", readme, re.DOTALL)


def test_a_measured_file_is_fitted_and_drawn_in_three_statements(
    blocks, repository, monkeypatch, tmp_path, capsys
):
    file = "coated_25C.csv"
    (tmp_path / file).write_bytes((repository / "docs" / "examples" / file).read_bytes())
    monkeypatch.chdir(tmp_path)
    exec(compile(blocks[0], "README.md", "exec"), {})
    assert "Garnet conductivity" in capsys.readouterr().out


def test_the_ten_lines_of_python_run(blocks, capsys):
    assert len(blocks) == 2
    exec(compile(blocks[1], "README.md", "exec"), {})
    assert "(64, 61)" in capsys.readouterr().out
