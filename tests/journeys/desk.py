"""What an editor does on the desk, by its own buttons and fields."""

import re
import time

from playwright.sync_api import expect

from tests.journeys.network import wait_until

STORY = re.compile(r"/snippets/stories/story/edit/(\d+)/")


def add_provider(visitor, name, slug):
    """Add an agency by the desk's form; its folder is made by the intake."""
    page = visitor.open("desk", "/snippets/wire/provider/add/")
    page.locator("#id_name").fill(name)
    page.locator("#id_slug").fill(slug)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text(name)


def watch_the_wire(visitor, headline):
    """Wait on the open wire list, without loading it again, until a line appears; return it."""
    page = visitor.page
    line, new = page.get_by_role("row").filter(has_text=headline), page.locator("[data-wire-show]")

    def arrived():
        if new.is_visible():
            new.click()
        return line.count()

    wait_until(arrived, what=f"{headline!r} on the wire list")
    expect(line).to_be_visible()
    return line


def open_story(visitor, story_id):
    page = visitor.open("desk", f"/snippets/stories/story/edit/{story_id}/")
    expect(page.locator("#id_headline")).to_be_visible()
    return page


def story_id_of(page):
    return int(STORY.search(page.url)[1])


def place(page, number, masthead, section):
    """Add one placement in the form of the story that is open."""
    page.get_by_role("tab", name="Placement").click()
    page.get_by_role("button", name="Add Placement").click()
    page.locator(f"#id_placements-{number}-masthead").select_option(label=masthead)
    sections = page.locator(f"#id_placements-{number}-section")
    group = sections.locator(f'optgroup[label="{masthead}"]')
    one = group.locator("option").filter(has_text=re.compile(f"^{re.escape(section)}$"))
    sections.select_option(value=one.get_attribute("value"))


def publish(page):
    """Publish from the action menu; return the moment of the click."""
    choose_action(page, "Publish")
    clicked = time.monotonic()
    expect(page.locator(".messages")).to_contain_text("published")
    return clicked


def choose_action(page, name):
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name, exact=True).click()


def kill(page, reason):
    """Kill the story that is open, from the menu of its header, giving a reason."""
    page.get_by_role("button", name="Actions", exact=True).click()
    page.get_by_role("link", name="Kill…").click()
    page.get_by_label("Why?").fill(reason)
    page.get_by_role("button", name="Kill this story").click()
    expect(page.get_by_role("heading", name="Kill report")).to_be_visible()


def seconds_per_surface(page):
    """Load the kill report that is open until every surface is clear; address → seconds."""

    def read():
        page.reload()
        rows = page.locator("table.desk-table tbody tr").all()
        found = [[cell.inner_text() for cell in row.locator("td").all()] for row in rows]
        return found and all(re.fullmatch(r"[\d.]+", cells[3]) for cells in found) and found

    return {cells[1]: float(cells[3]) for cells in wait_until(read, what="a kill without a trace")}
