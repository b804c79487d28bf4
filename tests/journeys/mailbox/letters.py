"""What a journey does with letters: knows them apart, and sends one from the desk."""

from playwright.sync_api import expect

DRAFT = (
    "SELECT e.id, e.number FROM newsletters_edition e JOIN newsletters_newsletter n"
    " ON n.id = e.newsletter_id WHERE n.slug = ? AND e.state = 'draft'"
)

NEWEST = DRAFT.replace("e.id, e.number", "e.state").replace(
    " AND e.state = 'draft'", " ORDER BY e.id DESC LIMIT 1"
)


def subject(beginning):
    """Whether a mail's subject begins so."""
    return lambda mail: str(mail["Subject"]).startswith(beginning)


def edition_of(slug):
    """Whether a mail is a letter of this list."""
    return lambda mail: "Archived-At" in mail and str(mail["List-Id"]).startswith(f"<{slug}.")


def let_go(admin, network, slug):
    """Check the draft of a list and send it now; return its id and its number in the list."""
    edition, number = network.one(DRAFT, slug)
    page = admin.open("desk", f"/letters/{edition}/preflight/")
    page.get_by_role("button", name="Check now").click()
    expect(page.locator("p[role=status]")).to_contain_text("Nothing keeps this letter back.")
    admin.open("desk", f"/letters/{edition}/send/")
    page.get_by_role("button", name="Send now").click()
    expect(page.locator(".messages")).to_contain_text("Kept.")
    return edition, number


def state(network, edition):
    return network.one("SELECT state FROM newsletters_edition WHERE id = ?", edition)[0]


def newest(network, slug):
    """The state of the letter of a list that was made last."""
    return network.one(NEWEST, slug)[0]
