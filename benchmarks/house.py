"""The house in numbers: modules, lines, length of functions, share of annotations, type errors.

``python -m benchmarks.house [FOLDER]`` prints them for the package in FOLDER, by default this one;
with ``--types`` also the type checker's count.
"""

import argparse
import ast
import subprocess
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parents[1]
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.Module) -> list[FUNCTIONS]:
    """Every function and method."""
    return [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]


def length(function: FUNCTIONS) -> int:
    """Lines of a function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def annotated(function: FUNCTIONS) -> bool:
    """Whether every argument and the result say their type."""
    a = function.args
    arguments = [*a.posonlyargs, *a.args, *a.kwonlyargs, *filter(None, (a.vararg, a.kwarg))]
    own = [x for x in arguments if x.arg not in ("self", "cls")]
    return function.returns is not None and all(x.annotation is not None for x in own)


def fields_typed_object(tree: ast.Module) -> int:
    """Fields of classes that say no more than ``object``."""
    return sum(
        isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "object"
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
    )


def report(folder: Path) -> dict[str, float]:
    """The numbers of the package in a folder."""
    package = folder / "ssb_model"
    paths = [p for p in sorted(package.rglob("*.py")) if "ssb_" not in str(p.relative_to(package))]
    texts = [path.read_text("utf-8") for path in paths]
    trees = [ast.parse(text) for text in texts]
    every = [function for tree in trees for function in functions(tree)]
    lengths = [length(function) for function in every]
    lines = [text.count("\n") for text in texts]
    return {
        "modules": len(paths),
        "lines": sum(lines),
        "lines of the longest module": max(lines),
        "functions": len(every),
        "median length of a function": float(np.median(lengths)),
        "90th percentile": float(np.percentile(lengths, 90)),
        "completely annotated [%]": round(100 * np.mean([annotated(f) for f in every]), 1),
        "fields typed object": sum(map(fields_typed_object, trees)),
    }


def type_errors(folder: Path) -> str:
    """The last line of the type checker."""
    checker = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable]
    run = subprocess.run(
        [*checker, "--project", str(HERE), str(folder / "ssb_model")],
        capture_output=True,
        text=True,
        cwd=folder,
    )
    return run.stdout.strip().splitlines()[-1]


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.house", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    parser.add_argument("--types", action="store_true", help="also run the type checker")
    given = parser.parse_args()
    for name, value in report(given.folder).items():
        print(f"{name:32} {value:g}")
    if given.types:
        print(f"{'type checker':32} {type_errors(given.folder)}")


if __name__ == "__main__":
    main()
