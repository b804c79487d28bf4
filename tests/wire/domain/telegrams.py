"""Wire messages in the frames of the telegraph, built for the tests of their readers."""


def telegram(
    text, *, header="hwn0061 4 i 61   hwn 0061", slug="Harbour/", tail="301137 GMT Nov 26"
):
    """One IPTC 7901 message."""
    message = f"\x01{header}\n\n{slug}\n\x02{text}\n\x03{tail}\n\x7f\x04\n"
    return message.replace("\n", "\r\n").encode()


HEAD = "Ferry stays in port =\n\n"
BODY = "Port Mallow (dpa) - The ferry stays in port.\n"
STORY = HEAD + BODY


def anpa(text=None, *, first="a0061\x1f_hwn", second="r i", keyword="Ferry-Doors", tail=None):
    """One ANPA 1312 message, in AP's layout unless `text` says otherwise."""
    body = ANPA_STORY if text is None else text
    end = "HW-WF-11-30-26 1137GMT<" if tail is None else tail
    message = (
        f"\x16\x16\x01{first}\n{second}\x13\x11 BC-{keyword}   11-30 0061\n"
        f"\x02{body}\n\t   \x03{end}\n\n\x0c\n\x04"
    )
    return message.replace("\n", "\r\n").encode("latin-1")


ANPA_HEAD = "^BC-US--Ferry Doors,61<\n^Ferry stays in port<\n"
ANPA_BODY = "\t   PORT MALLOW (AP) _ The ferry stays in port.\n"
ANPA_STORY = ANPA_HEAD + ANPA_BODY
