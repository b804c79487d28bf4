"""What the page of a story says about itself to other sites and to search engines."""

from datetime import datetime
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.media.domain.sizes import Ratio
from dateline.stories.domain.body_pictures import GALLERY, shown_in
from dateline.stories.domain.pages import StoryPage
from dateline.web import kinds
from dateline.web.domain.article_data import ArticlePicture, news_article
from dateline.web.domain.lite import twin
from dateline.web.domain.meta import Language, Meta, breadcrumbs

SHAPES: tuple[Ratio, ...] = ("16:9", "4:3", "1:1")  # as search engines ask for them
WIDTH = 1280
SHARE_SIZE = (1200, 630)


def story_meta(
    site: Site, page: StoryPage, part: kinds.KindPart, *, at: datetime, minutes: int,
    comments: int | None, first: int | None = None,
) -> Meta:  # fmt: skip
    """The head of a story's page at `at`, aware UTC; `comments` None where there is no thread.

    `first` is the entry of a live blog that the page begins with: search engines get the newest.
    """
    card = page.card
    trail = [(above.name, above.path) for above in site.trail(card.section_id)]
    share = f"{site.origin}{card.path}/share.jpg" if page.shareable and card.story_id else ""
    pictures = _pictures(site, card.picture, at=at) + _hung(site, page, at=at)
    url = page.canonical_url
    article = news_article(page, site, pictures=pictures, minutes=minutes, comments=comments)
    return Meta(
        hidden=first is not None,
        title=f"{card.headline} — {site.name}",
        headline=card.headline,
        description=card.standfirst,
        canonical=page.canonical_url,
        kind="article",
        image=share,
        image_alt=card.headline,
        image_size=SHARE_SIZE,
        feed=f"{card.section_path}feed.xml",
        feed_title=f"{site.name}: {card.kicker}",
        lite=twin(card.path if first is None else f"{card.path}/live/{first}"),
        published_at=card.published_at,
        modified_at=card.updated_at,
        languages=_languages(site, page),
        data=(
            kinds.article_of(article, part, url=url),
            *kinds.more_data(part, url=url, image=pictures[0].url if pictures else ""),
            breadcrumbs(site, [*trail, (card.headline, card.path)]),
        ),
    )


def _pictures(site: Site, picture: Any, *, at: datetime) -> list[ArticlePicture]:
    """The lead picture in every shape, or nothing where it may not be shown."""
    if picture is None or not media.may_show(picture, at=at):
        return []
    return [_shape(site, picture, ratio) for ratio in SHAPES]


def _hung(site: Site, page: StoryPage, *, at: datetime) -> list[ArticlePicture]:
    """The pictures of its galleries that may be shown, whole, each once and not the lead again."""
    galleries = (block for block in page.body if block.block_type == GALLERY)
    found = {one["picture"].pk: one["picture"] for one in shown_in(galleries)}
    if page.card.picture:
        found.pop(page.card.picture.pk, None)
    return [_shape(site, one, "full") for one in found.values() if media.may_show(one, at=at)]


def _shape(site: Site, picture: Any, ratio: Ratio) -> ArticlePicture:
    width, height = media.size_of(picture, ratio, WIDTH)
    return ArticlePicture(
        url=site.origin + media.rendition_path(picture, ratio, WIDTH, "jpeg"),
        width=width,
        height=height,
        caption=picture.caption,
        credit=picture.credit,
        copyright_notice=picture.copyright_notice,
        byline=picture.byline,
        licence=picture.web_statement,
        source_type=picture.digital_source_type,
    )


def _languages(site: Site, page: StoryPage) -> tuple[Language, ...]:
    """The same story on this title's other editions, and its original and translations."""
    placed = dict(page.elsewhere)
    found = [Language(e.language, placed[e.slug]) for e in site.editions if e.slug in placed]
    made_from = page.translation.original if page.translation else None
    for other in (made_from, *page.tongues):
        if other and other.language not in {site.language, *(one.code for one in found)}:
            found.append(Language(other.language, other.url))
    return (Language(site.language, site.origin + page.card.path), *found) if found else ()
