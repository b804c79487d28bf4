"""A title whose morning letter is made, at six on a Friday morning in Tokyo.

Fixtures:
  six        the clock, standing at factories.editions.SIX
  nao        somebody who makes the title's letters
  letter     the list `morning`, with a recipe of a text, two sections and an offer
  stories    five stories of `world`, the newest last
  edition    a draft of it
  dns_names  a real DNS server on 127.0.0.1: names to lists of TXT records, and how to ask it
"""

import socketserver
import threading
from datetime import timedelta

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from dateline.newsletters.adapters.txt_records import asking
from dateline.newsletters.domain.editions import BlockKind
from dateline.newsletters.services.recipes import BlockTerms
from tests.factories.editions import SIX, a_letter_editor, a_recipe, an_edition
from tests.factories.newsroom import a_story


@pytest.fixture(autouse=True)
def six(noon):
    noon.at = SIX
    return noon


@pytest.fixture
def nao(masthead):
    return a_letter_editor(masthead)


@pytest.fixture
def letter(morning, nao):
    text = "Good morning.\n\nMore at https://press.example/ today."
    a_recipe(
        morning,
        BlockTerms(kind=BlockKind.TEXT, text=text),
        BlockTerms(kind=BlockKind.SECTION, about="world", count=3),
        BlockTerms(kind=BlockKind.OFFER),
        BlockTerms(kind=BlockKind.SECTION, about="politics", title="Politics", count=2),
        by=nao,
    )
    return morning


@pytest.fixture
def stories(masthead):
    return [
        a_story(f"Ferry number {n}", at=SIX - timedelta(hours=6 - n), standfirst=f"It came at {n}.")
        for n in range(1, 6)
    ]


@pytest.fixture
def edition(letter, stories):
    return an_edition(letter)


class Names(dict):
    """TXT records by name; a name that is None is one that no answer comes for."""

    ask = None


class Answers(socketserver.BaseRequestHandler):
    """Answers one question over UDP from the server's names."""

    def handle(self):
        data, socket = self.request
        query = dns.message.from_wire(data)
        name = query.question[0].name
        told = self.server.names.get(name.to_text(omit_final_dot=True).lower(), ())
        reply = dns.message.make_response(query)
        reply.flags |= dns.flags.AA
        if told is None:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif told:
            texts = [
                " ".join(f'"{text[i : i + 255]}"' for i in range(0, len(text), 255))
                for text in told
            ]
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *texts))
        else:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        socket.sendto(reply.to_wire(), self.client_address)


@pytest.fixture
def dns_names():
    names = Names()
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Answers) as server:
        server.names = names
        names.ask = asking(["127.0.0.1"], server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield names
        server.shutdown()
        thread.join()
