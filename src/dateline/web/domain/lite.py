"""How text-only pages look: one short sheet in the page, allowed by its hash."""

import hashlib
from base64 import b64encode

LITE = "/lite"
STYLE = (
    "body{background:#fff;color:#111;font:1.125rem/1.6 serif}"
    "body{max-width:38rem;margin:0 auto;padding:0 1rem 3rem}"
    "h1,h2{line-height:1.25}h1{font-size:1.6rem}small,footer,nav{font-size:.9rem;line-height:1.9}"
    "li{margin:.4em 0}aside{border:2px solid;padding:0 1rem}"
    "a{overflow-wrap:anywhere}table{display:block;overflow-x:auto}"
    ":lang(ja){line-height:1.85}a{color:#00c}a:visited{color:#551a8b}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}"
    "a:visited{color:#d7b8ff}}"
)
HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()  # CSP Level 3, 2.3.1
# Nothing is fetched with such a page: the icon is an empty address in the page itself.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{HASH}'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def twin(path: str) -> str:
    """The address of the text-only twin of a front, section or story of the same masthead."""
    return f"{LITE}{path}"
