"""Where things stand: sliders at the left, figures in a grid; on a phone the figures are a strip
that is swiped, above the sliders, so that a curve is seen while its slider moves."""

import html

import panel as pn

from ssb_model.explore.figures import HEIGHT

PHONE = "(max-width: 760px)"
SIDE = 330  # px
TITLE = "ssb explore"
ABOUT = (
    "Lines: the model at its most probable values; shades: central 95 % of what is uncertain. "
    "A slider that was moved counts as known. Black: measured."
)
#: each figure is a root of its own: one that makes room for longer labels leaves the others alone
PAGE = """
{% extends base %}
{% block postamble %}
<style>
body { margin: 0; }
.page { display: grid; grid-template-columns: SIDE minmax(0, 1fr); gap: 14px;
        padding: 10px 14px; box-sizing: border-box; }
.side { max-height: 100vh; overflow-y: auto; position: sticky; top: 0; }
.main, .tile { min-width: 0; }
.figures { display: grid; gap: 10px;
           grid-template-columns: repeat(auto-fill, minmax(360px, 1fr)); }
@media PHONE {
  .page { grid-template-columns: minmax(0, 1fr); padding: 4px; gap: 4px; }
  .side { max-height: none; position: static; order: 2; }
  .main { position: sticky; top: 0; z-index: 5; background: white; order: 1; }
  .figures { display: flex; overflow-x: auto; scroll-snap-type: x mandatory; }
  .tile { flex: 0 0 94vw; scroll-snap-align: center; }
}
</style>
{% endblock %}
{% block contents %}
{{ embed(roots.location) }}
<div class="page">
  <div class="side">{{ embed(roots.side) }}</div>
  <div class="main">
    {{ embed(roots.messages) }}
    {{ embed(roots.numbers) }}
    <div class="figures">
      {% for name in tiles %}<div class="tile">{{ embed(roots[name]) }}</div>{% endfor %}
    </div>
  </div>
</div>
{% endblock %}
""".replace("SIDE", f"{SIDE}px").replace("PHONE", PHONE)
NUMBERS = f"""
div:has(> div > b) {{ display: flex; flex-wrap: wrap; gap: 4px 22px; font-size: 13px; }}
b {{ font-size: 16px; }}
span {{ color: #6E6E6E; }}
@media {PHONE} {{
  div:has(> div > b) {{ flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; }} }}
"""
HEAD = ":host { font-size: 13px; color: #444; } h1 { font-size: 20px; margin: 0 0 2px 0; }"
NOTE = ":host { font-size: 12px; color: #6E6E6E; margin: 0 8px; }"
WIDE = {"sizing_mode": "stretch_width"}


def page_layout(choice, buttons, messages, sliders, measured, numbers, tiles):
    """All of the page; ``tiles`` are :class:`Tile` s."""
    head = pn.pane.HTML(f"<h1>{TITLE}</h1>{html.escape(ABOUT)}", stylesheets=[HEAD], **WIDE)
    numbers.stylesheets = [NUMBERS]
    page = pn.Template(PAGE, location=True)
    page.add_panel("side", pn.Column(head, choice, buttons, sliders, measured, margin=0, **WIDE))
    page.add_panel("messages", messages)
    page.add_panel("numbers", numbers)
    names = [f"tile_{k}" for k in range(len(tiles))]
    for name, tile in zip(names, tiles, strict=True):
        page.add_panel(name, tile.layout)
    page.add_variable("tiles", names)
    return page


class Tile:
    """A figure with a line below it; the line alone where there is nothing to draw."""

    def __init__(self, figure):
        self.figure = figure
        self._pane = pn.pane.Bokeh(figure.figure, margin=0, visible=False, **WIDE)
        self._note = pn.pane.HTML(f"{self._title}: …", stylesheets=[NOTE], **WIDE)
        self.layout = pn.Column(self._pane, self._note, min_height=HEIGHT, margin=0, **WIDE)

    @property
    def _title(self):
        return f"<b>{html.escape(self.figure.figure.title.text)}</b>"

    def show(self, found):
        """Draw a curve, or say why there is none."""
        missing = isinstance(found, str)
        if not missing:
            self.figure.draw(found)
        self._pane.visible = not missing
        title = f"{self._title}: " if missing else ""
        self._note.object = title + html.escape(found if missing else self.figure.note(found))
