"""What ``ssb data`` does: tell what was understood, and draw it where that is asked for."""

from ssb_model.data.describe import describe
from ssb_model.data.read import read
from ssb_model.library.folder import writable_folder


def show(files, plot=None):
    """Print a description of every file; with ``plot``, a folder, write a picture a dataset.

    Raises
    ------
    InputError
        For the first file that is not understood, or a folder that cannot be written.
    """
    folder = None if plot is None else writable_folder(plot)
    for path in files:
        datasets = read(path)
        print(describe(datasets))
        if folder is not None:
            _draw(datasets, path, folder)


def _draw(datasets, path, folder):
    from ssb_model.data.plot import plot_data

    for k, dataset in enumerate(datasets):
        number = f"_{k + 1}" if len(datasets) > 1 else ""
        target = folder / f"{path.stem}{number}.png"
        plot_data(dataset).savefig(target)
        print(f"  drawn in   {target}")
