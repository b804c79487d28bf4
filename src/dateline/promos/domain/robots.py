"""Which user agents are no readers: their events are answered, and counted nowhere."""

import re

# Words that browsers never have and programs say of themselves; after the IAB's list of robots.
ROBOT = re.compile(
    r"bot\b|bot[/;_ -]|crawl|spider|slurp|scan|preview|fetch|monitor|headless|lighthouse|phantom"
    r"|curl|wget|python|java/|okhttp|go-http|node|axios|libwww|perl|ruby|php|httpclient|facebookexternal"
    r"|whatsapp|feed|archive|validator",
    re.IGNORECASE,
)
LIKE_A_BROWSER = "Mozilla/"


def is_robot(agent: str, *, purpose: str = "") -> bool:
    """Whether a request is no reader's.

    `agent` is the User-Agent field; `purpose` that of Sec-Purpose, which browsers send when they
    fetch what nobody has asked for yet.
    """
    return (
        not agent.startswith(LIKE_A_BROWSER) or bool(ROBOT.search(agent)) or "prefetch" in purpose
    )
