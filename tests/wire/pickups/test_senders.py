"""Whether a mail is from whom it says: only the own server's finding counts."""

import pytest

from dateline.wire.domain.mail_senders import refusal_of

SENDERS, SERVER = ("desk@kna.example", "@wire.example"), "mx.paper.example"


def mail(*, of="KNA <desk@kna.example>", found=f"{SERVER}; dmarc=pass header.from=kna.example"):
    lines = [f"Authentication-Results: {one}" for one in ([found] if found else [])]
    return "\r\n".join([*lines, f"From: {of}", "Subject: Ferry", "", "Text"]).encode()


def refusal(data):
    return refusal_of(data, senders=SENDERS, checked_by=SERVER)


@pytest.mark.parametrize(
    "data",
    [
        mail(),
        mail(of="Desk <Desk@KNA.example>"),
        mail(of="anyone@wire.example", found=f"{SERVER}; dmarc=pass header.from=wire.example"),
        mail(found=f"{SERVER.upper()} 1; spf=fail; dmarc=pass (p=reject) header.from=kna.example"),
        mail(found=f"{SERVER};\r\n dkim=none;\r\n dmarc = pass"),
        mail(found=f"{SERVER}; dmarc/1=pass (ok (p=none) \\) here) header.from=KNA.example."),
        mail(found=f'{SERVER}; spf=fail smtp.mailfrom="a\\";b"@x.example; dmarc=pass'),
        mail(found=f"{SERVER}; dmarc=pass action=none header.from=kna.example"),
    ],
)
def test_a_mail_whose_sender_is_proved_may_be_read(data):
    assert refusal(data) == ""


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (mail(of="desk@other.example"), "desk@other.example, who is none of this provider's"),
        (mail(of="desk@kna.example.evil.example"), "who is none of"),
        (mail(of="a@sub.wire.example"), "who is none of"),
        (mail(of="desk@kna.example, a@wire.example"), "names 2 senders"),
        (mail(of=""), "names no senders"),
        (mail(found=""), "mx.paper.example has not checked"),
        (mail(found="evil.example; dmarc=pass"), "has not checked"),
        (mail(found=f"evil.example ({SERVER}); dmarc=pass"), "has not checked"),
        (mail(found=f"{SERVER}; dmarc=fail"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; none"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; dkim=pass header.d=dmarc=pass.example"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; spf=pass (; dmarc=pass)"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; dmarc=passed"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; dmarc=pass-ish"), "no dmarc=pass"),
        (
            mail(found=f'{SERVER}; spf=pass smtp.mailfrom="x; dmarc=pass"@e.example; dmarc=fail'),
            "no dmarc",
        ),
        (
            mail(found=f'{SERVER}; spf=pass smtp.mailfrom="x; dmarc=pass"@e.example'),
            "no dmarc=pass",
        ),
        (mail(found=f"{SERVER}; dmarc=fail (a (b) ; dmarc=pass)"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; dmarc=fail (a \\) ; dmarc=pass)"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; dmarc=pass; dmarc=fail"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; dmarc=pass; dmarc=pass"), "no dmarc=pass"),
        (mail(found=f"{SERVER}; dmarc=pass (no end"), "does not end"),
        (mail(found=f'{SERVER}; dmarc=pass reason="no end'), "does not end"),
        (mail(found=f"{SERVER}; dmarc=pass header.from=evil.example"), "proved another sender"),
        (mail(found=f'{SERVER}; dmarc=pass header.from="kna.example"'), "proved another sender"),
        (
            mail(found=f"{SERVER}; dmarc=pass header.from=a.example header.from=kna.example"),
            "another",
        ),
        (mail(of="a@b.c " + "(" * 600 + ")" * 600), "From line cannot be read"),
        (mail(of=", ".join(["desk@kna.example"] * 200)), "From line cannot be read"),
    ],
)
def test_any_other_mail_waits_for_a_person(data, problem):
    assert problem in refusal(data)


def test_only_the_first_finding_counts():
    """Ours is put above all others; those below came with the mail."""
    ours = mail(found=f"{SERVER}; dmarc=fail").decode()
    forged = f"Authentication-Results: {SERVER}; dmarc=pass\r\n"
    data = ours.replace("From:", f"{forged}From:").encode()

    assert "no dmarc=pass" in refusal(data)


def test_two_from_lines_are_two_senders():
    data = b"From: desk@kna.example\r\n" + mail()

    assert "names 2 senders" in refusal(data)
