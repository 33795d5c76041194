"""How the documentation is built: ``make docs``, or ``sphinx-build -W -n docs build/docs``.

Nothing is fetched: no inventories of other projects, no remote fonts, MathJax from its own package.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("PYBAMM_DISABLE_TELEMETRY", "true")
sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "ssb_model"
author = "The ssb_model authors"
copyright = author
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.mathjax",
    "sphinx-mathjax-offline",
    "sphinx_design",
    "sphinx_copybutton",
    "reference",
    "tables",
    "docstrings",
    "measured",
]
exclude_patterns = ["README.md", "_build", "examples/*.md"]
myst_enable_extensions = ["dollarmath", "colon_fence", "attrs_block"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
# types and shapes stand in the signatures, by the names that the code gives them
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_type_aliases = {
    name: name
    for name in (
        "ArrayLike",
        "CellOptions",
        "Face",
        "Given",
        "Map",
        "Numbers",
        "Scalar",
        "Value",
        "Variables",
    )
}
python_maximum_signature_line_length = 80
autodoc_default_options = {"members": True, "exclude-members": "model_config, model_post_init"}
autoclass_content = "class"
autodoc_class_signature = "separated"
napoleon_google_docstring = False
# types are words ("array (T, B), optional"), not names to be looked up
napoleon_use_param = False
napoleon_use_rtype = False
napoleon_use_keyword = False
# a list of the class, beside its members, which would otherwise be described twice
napoleon_use_ivar = True
nitpicky = True

html_theme = "furo"
html_title = "ssb_model"
html_static_path = ["_static", "figures"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0072B2",
        "color-brand-content": "#0072B2",
        "color-brand-visited": "#0072B2",
    },
    "dark_css_variables": {
        "color-brand-primary": "#56B4E9",
        "color-brand-content": "#56B4E9",
        "color-brand-visited": "#56B4E9",
    },
}
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
