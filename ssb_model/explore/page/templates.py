"""The page's HTML and CSS, from the template files beside: whatever is put in is shown as text."""

import jinja2

ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("ssb_model.explore.page", "."),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def part(name: str, *content: object) -> str:
    """One of the parts of ``parts.html``, filled in."""
    macro = getattr(ENVIRONMENT.get_template("parts.html").module, name)
    return str(macro(*content))  # no Markup, which would escape what Panel does with it
