"""How Sphinx builds the site of `docs/`: `nox -s docs`, or `sphinx-build -W --keep-going docs site`."""

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
# Compiled rules have no signature that Sphinx can read; with the compiler off they are plain functions.
os.environ["NUMBA_DISABLE_JIT"] = "1"

project = "landingsbaan"
author = "landingsbaan contributors"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
templates_path = ["_templates"]

myst_enable_extensions = ["colon_fence"]
# Links to a heading of another page; GitHub makes the same anchors.
myst_heading_anchors = 3
# The notebooks of the lab run in tests, not here: one exercise takes longer than the whole site.
nb_execution_mode = "off"
# Pages load nothing from other hosts; without these, widgets of notebooks would.
nb_ipywidgets_js: dict[str, dict[str, str]] = {}

autosummary_generate = True
add_module_names = False
autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_typehints = "none"
numpydoc_show_class_members = False

html_theme = "pydata_sphinx_theme"
html_title = "landingsbaan"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_context = {"default_mode": "auto"}
# Pages without pages below them need no list of these.
html_sidebars: dict[str, list[str]] = {"index": [], "gallery": []}
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_align": "left",
    "show_prev_next": True,
    "show_toc_level": 2,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": [],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}

DUTCH = ("flagship_nl", "phase_in_nl", "lab/docent", "lab/landingsbaanlab", "tutorials/wethouder")


def name_language(_app: Any, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    """Say in which language a page is, so that it is read aloud and hyphenated in that language."""
    if page in DUTCH:
        context["language"] = "nl"


def setup(app: Any) -> None:
    """Have Sphinx ask for the language of every page."""
    app.connect("html-page-context", name_language)
