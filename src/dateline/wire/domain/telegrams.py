"""Read documents of the telegraph: letters, frames and messages, whatever a message says."""

from collections.abc import Callable
from dataclasses import replace

from dateline.wire.domain import charsets, frames
from dateline.wire.domain.frames import Message
from dateline.wire.domain.item import IncomingItem
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.messages import read_each
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent


def read(
    data: bytes,
    sent_of: Callable[[Message, str], Sent],
    *,
    source: str,
    profile: ProviderProfile | None,
) -> tuple[IncomingItem, ...]:
    """Turn the messages of a document into items, in document order.

    `sent_of` collects what one message says, or refuses it. Letters are read in the profile's
    character set, else as their bytes tell, with a warning.

    Raises:
        WireFormatError: no message could be read, or it has too many bytes or messages.

    """
    frames.check_size(data, source=source)
    text, warnings = charsets.decode(data, charset=profile.charset if profile else None)

    def one(message: Message) -> IncomingItem:
        sent = sent_of(message, source)
        told = replace(sent, warnings=warnings + sent.warnings)
        return judge(told, source=source, profile=profile)

    return read_each(frames.messages(text), one, source=source)
