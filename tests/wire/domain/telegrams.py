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
