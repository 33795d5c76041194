"""Find parameter sets, published coatings and experiments: by name in the shipped library, or by
path anywhere; parameter sets in other packages too (:mod:`.registered`).

An installed wheel carries the data in `ssb_model/_data`; a checkout or an editable install has the
folders beside the package.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from ssb_model.errors import InputError, suggestion
from ssb_model.library.file_kinds import refuse_other_kind
from ssb_model.library.registered import registered_sets

_PACKAGE = Path(__file__).resolve().parents[1]
_PUBLISHED = "published"  # what papers report of coatings; no cell can be made of it
_DESCRIBED = "described"  # what is known of a coating, for a prediction


def known_parameter_sets() -> tuple[str, ...]:
    """Return the names of the shipped parameter sets, each with its folder: "coatings/zni2-0.5";
    then those of other packages, each with its entry point's name."""
    return (*_shipped_sets(), *registered_sets())


def _shipped_sets() -> dict[str, Path]:
    folder = _data_folder("parameter_sets")
    files = (
        path for path in folder.rglob("*.toml") if path.parent.name not in (_PUBLISHED, _DESCRIBED)
    )
    found = {path.relative_to(folder).with_suffix("").as_posix(): path for path in files}
    return {name: found[name] for name in sorted(found)}


def known_published() -> tuple[str, ...]:
    """Return the names of the published coatings that come with ssb_model, such as "ito"."""
    return tuple(sorted(path.stem for path in published_files()))


def published_files() -> tuple[Path, ...]:
    """Return the files of the published coatings that come with ssb_model."""
    return tuple(sorted(_published_folder().glob("*.toml")))


def published_cells_folder() -> Path:
    """Return the folder of published cells that comes with ssb_model."""
    return _data_folder("parameter_sets") / "cells" / _PUBLISHED


def known_experiments() -> tuple[str, ...]:
    """Return the names of the shipped experiments, such as "zhai2024"."""
    return tuple(
        sorted(path.parent.name for path in _data_folder("experiments").glob("*/experiment.toml"))
    )


def find_parameter_set(name_or_path: str | Path) -> Path:
    """Return the file of "zni2-0.5", of "coatings/zni2-0.5", or of the path of a .toml file.

    A name that a shipped set has is the shipped one's.

    Raises InputError if there is none, with the names nearest to it.
    """
    if names_file(name_or_path):
        return _existing(name_or_path)
    return _chosen("parameter set", str(name_or_path), _shipped_sets())


def _chosen(what: str, name: str, shipped: Mapping[str, Path], more: Collection[str] = ()) -> Path:
    """The file of a full or a short name among shipped sets, else among those of other packages.

    Raises InputError for a name that none or several have; ``more`` are known names beside them.
    """
    files = dict(shipped)
    if not _named(name, files):
        files |= registered_sets()
    found = _named(name, files)
    if not found:
        short = [full.rpartition("/")[2] for full in files]
        raise InputError(_unknown(what, name, [*more, *short]))
    if len(found) > 1:
        raise InputError(f"the {what} '{name}' is ambiguous: write one of {', '.join(found)}.")
    return files[found[0]]


def _named(name: str, files: Mapping[str, Path]) -> list[str]:
    return [full for full in files if name in (full, full.rpartition("/")[2])]


def beside(name_or_path: str, folder: Path) -> str:
    """A part's name as it is, or its path as seen from the folder of the file that names it."""
    if not names_file(name_or_path):
        return name_or_path
    return str(folder / Path(name_or_path).expanduser())


def known_described() -> tuple[str, ...]:
    """Return the names of the shipped coating files: "bare-llzto" and "lii-znlix"."""
    return tuple(sorted(path.stem for path in _described_folder().glob("*.toml")))


def find_coating(name_or_path: str | Path) -> Path:
    """Return the coating file of "lii-znlix", of a coating among the parameter sets, or of a path.

    Raises InputError if there is none, with the names nearest to it.
    """
    if names_file(name_or_path):
        return _existing(name_or_path)
    if name_or_path in known_described():
        return _described_folder() / f"{name_or_path}.toml"
    sets = {n: path for n, path in _shipped_sets().items() if n.startswith("coatings/")}
    return _chosen("coating", str(name_or_path), sets, known_described())


def find_published(name_or_path: str | Path) -> Path:
    """Return the file of the published coating "ito", or of the path of a .toml file.

    Raises InputError if there is none, with the names nearest to it.
    """
    if names_file(name_or_path):
        return _existing(name_or_path)
    if name_or_path not in known_published():
        raise InputError(_unknown("published coating", name_or_path, known_published()))
    return _published_folder() / f"{name_or_path}.toml"


def find_experiment(name_or_path: str | Path) -> Path:
    """Return the file of "zhai2024", of a .toml path, or of a folder with an experiment.toml.

    Raises InputError if there is none, with the names nearest to it.
    """
    if names_file(name_or_path):
        path = _existing(name_or_path)
        inside = path / "experiment.toml"
        return inside if inside.is_file() else path
    if name_or_path not in known_experiments():
        raise InputError(_unknown("experiment", name_or_path, known_experiments()))
    return _data_folder("experiments") / name_or_path / "experiment.toml"


def _described_folder() -> Path:
    return _data_folder("parameter_sets") / "coatings" / _DESCRIBED


def _published_folder() -> Path:
    return _data_folder("parameter_sets") / "coatings" / _PUBLISHED


def _data_folder(name: str) -> Path:
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise InputError(
        f"the data folder '{name}' of ssb_model is missing: install the package again."
    )


def names_file(name_or_path: str | Path) -> bool:
    """Whether this is the path of a file, and no name in a library."""
    if isinstance(name_or_path, Path):
        return True
    if not isinstance(name_or_path, str) or not name_or_path.strip():
        raise InputError(
            f"{name_or_path!r} is not a name or a path: "
            "write for example 'zni2-0.5' or 'my-coating.toml'."
        )
    path = Path(name_or_path)
    return path.suffix == ".toml" or path.is_absolute() or name_or_path.startswith((".", "~"))


def _existing(path: str | Path) -> Path:
    path = Path(path).expanduser()
    if not path.exists():
        beside = [item.name for item in path.parent.glob("*.toml") if item.is_file()]
        cure = suggestion(path.name, beside) if beside else "Check the path."
        raise InputError(f"there is no file {path}. {cure}")
    return path


def _unknown(what: str, name: str | Path, known: list[str] | tuple[str, ...]) -> str:
    if Path(name).exists():
        refuse_other_kind(Path(name), what)
    own = "For a file of your own write its path, ending in .toml."
    return f"there is no {what} '{name}'. {suggestion(name, known)} {own}"
