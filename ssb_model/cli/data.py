"""What ``ssb data`` does: tell what was understood, look at spectra, and draw what is asked for."""

from ssb_model.data import ImpedanceData, describe, read
from ssb_model.errors import InputError
from ssb_model.library import writable_folder


def show(files, plot=None):
    """Print a description of every file, and what its spectra show at first sight.

    With ``plot``, a folder, write a picture a dataset, and a second one a spectrum with its
    distribution of relaxation times.

    Raises
    ------
    InputError
        For the first file that is not understood, or a folder that cannot be written.
    """
    folder = None if plot is None else writable_folder(plot)
    for path in files:
        datasets = read(path)
        print(describe(datasets))
        for k, dataset in enumerate(datasets):
            name = f"{path.stem}_{k + 1}" if len(datasets) > 1 else path.stem
            _look(dataset, name, folder)


def _look(dataset, name, folder):
    figures = {}
    if folder is not None:
        from ssb_model.data import plot_data

        figures[name] = plot_data(dataset)
    if isinstance(dataset, ImpedanceData):
        figures |= _first_look(dataset, name, folder is not None)
    for stem, figure in figures.items():
        target = folder / f"{stem}.png"
        figure.savefig(target)
        print(f"  drawn in   {target}")


def _first_look(spectrum, name, drawn):
    """Print validity and peaks; the distribution as a figure by its file's name, if asked for."""
    from ssb_model.data.validation import first_look

    try:
        look = first_look(spectrum.frequency, spectrum.impedance)
    except InputError as error:  # too few points are no fault of the file
        print(f"\n{spectrum.name}: not validated\n  {error}")
        return {}
    lines = look.summary().splitlines()
    print("\n".join([f"\n{spectrum.name}: validity and first look", *(f"  {x}" for x in lines)]))
    if look.relaxation is None or not drawn:
        return {}
    return {f"{name}_relaxation": look.relaxation.figure()}
