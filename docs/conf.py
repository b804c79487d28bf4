"""How Sphinx builds the documentation: `make docs`."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "Dateline"
author = "Dateline contributors"
copyright = "2026, Dateline contributors"
extensions = ["myst_parser", "sphinx_copybutton", "generated_reference"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_ext", "reference/_generated"]
language = "en"

myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Dateline"
html_copy_source = False
html_static_path: list[str] = []
