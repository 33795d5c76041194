"""Copy the gallery's pictures from the results of the commands, small enough for a repository.

Run ``ssb reproduce zhai2024`` and ``ssb predict lii-znlix``, then
``python docs/figures/gallery.py`` in the same folder.
"""

from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parent
PICTURES = (
    "zhai2024/fig2c_nyquist.png",
    "zhai2024/fig2f_arrhenius.png",
    "zhai2024/fig3a_ramps.png",
    "zhai2024/fig3b_critical_currents.png",
    "zhai2024/fig4gj_focusing.png",
    "zhai2024/fig5b_rate.png",
    "zhai2024/residuals.png",
    "lii-znlix/prediction.png",
)
WIDTH = 1100  # pixels
COLOURS = 128


def shrink(source, target):
    """A picture of at most WIDTH pixels in COLOURS colours."""
    picture = Image.open(source).convert("RGB")
    height = round(picture.height * WIDTH / picture.width)
    small = picture.resize((WIDTH, height), Image.Resampling.LANCZOS)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    for name in PICTURES:
        shrink(Path("results") / name, FOLDER / Path(name).name)
        print(name)
