"""Find parameter sets, published coatings and experiments: by name in the shipped library, or by
path anywhere.

An installed wheel carries the data in `ssb_model/_data`; a checkout or an editable install has the
folders beside the package.
"""

from pathlib import Path

from ssb_model.errors import InputError, suggestion

_PACKAGE = Path(__file__).resolve().parents[1]
_PUBLISHED = "published"  # what papers report of coatings; no cell can be made of it
_DESCRIBED = "described"  # what is known of a coating, for a prediction


def known_parameter_sets() -> tuple[str, ...]:
    """Return the names of the shipped parameter sets, each with its folder: "coatings/zni2-0.5"."""
    folder = _data_folder("parameter_sets")
    files = (
        path for path in folder.rglob("*.toml") if path.parent.name not in (_PUBLISHED, _DESCRIBED)
    )
    return tuple(sorted(path.relative_to(folder).with_suffix("").as_posix() for path in files))


def known_published() -> tuple[str, ...]:
    """Return the names of the published coatings that come with ssb_model, such as "ito"."""
    return tuple(sorted(path.stem for path in published_files()))


def published_files() -> tuple[Path, ...]:
    """Return the files of the published coatings that come with ssb_model."""
    return tuple(sorted(_published_folder().glob("*.toml")))


def known_experiments() -> tuple[str, ...]:
    """Return the names of the shipped experiments, such as "zhai2024"."""
    return tuple(
        sorted(path.parent.name for path in _data_folder("experiments").glob("*/experiment.toml"))
    )


def find_parameter_set(name_or_path: str | Path) -> Path:
    """Return the file of "zni2-0.5", of "coatings/zni2-0.5", or of the path of a .toml file.

    Raises InputError if there is none, with the names nearest to it.
    """
    if _is_path(name_or_path):
        return _existing(name_or_path)
    known = known_parameter_sets()
    found = [full for full in known if name_or_path in (full, full.rpartition("/")[2])]
    if not found:
        raise InputError(
            _unknown("parameter set", name_or_path, [full.rpartition("/")[2] for full in known])
        )
    if len(found) > 1:
        raise InputError(
            f"the parameter set '{name_or_path}' is ambiguous: write one of {', '.join(found)}."
        )
    return _data_folder("parameter_sets") / f"{found[0]}.toml"


def known_described() -> tuple[str, ...]:
    """Return the names of the shipped coating files: "bare-llzto" and "lii-znlix"."""
    return tuple(sorted(path.stem for path in _described_folder().glob("*.toml")))


def find_coating(name_or_path: str | Path) -> Path:
    """Return the coating file of "lii-znlix", of a coating among the parameter sets, or of a path.

    Raises InputError if there is none, with the names nearest to it.
    """
    if _is_path(name_or_path):
        return _existing(name_or_path)
    if name_or_path in known_described():
        return _described_folder() / f"{name_or_path}.toml"
    sets = [name for name in known_parameter_sets() if name.startswith("coatings/")]
    known = [*known_described(), *(name.rpartition("/")[2] for name in sets)]
    if name_or_path not in known:
        raise InputError(_unknown("coating", name_or_path, known))
    return find_parameter_set(f"coatings/{name_or_path}")


def find_published(name_or_path: str | Path) -> Path:
    """Return the file of the published coating "ito", or of the path of a .toml file.

    Raises InputError if there is none, with the names nearest to it.
    """
    if _is_path(name_or_path):
        return _existing(name_or_path)
    if name_or_path not in known_published():
        raise InputError(_unknown("published coating", name_or_path, known_published()))
    return _published_folder() / f"{name_or_path}.toml"


def find_experiment(name_or_path: str | Path) -> Path:
    """Return the file of "zhai2024", of a .toml path, or of a folder with an experiment.toml.

    Raises InputError if there is none, with the names nearest to it.
    """
    if _is_path(name_or_path):
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


def _is_path(name_or_path: str | Path) -> bool:
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
        beside = [item.name for item in path.parent.glob("*.toml")]
        cure = suggestion(path.name, beside) if beside else "Check the path."
        raise InputError(f"there is no file {path}. {cure}")
    return path


def _unknown(what: str, name: str | Path, known: list[str] | tuple[str, ...]) -> str:
    own = "For a file of your own write its path, ending in .toml."
    return f"there is no {what} '{name}'. {suggestion(name, known)} {own}"
