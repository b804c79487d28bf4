"""Addresses of a masthead's pages. Names of our own come before sections."""

from django.urls import path

from dateline.web import (
    comment_verbs,
    comments,
    feeds,
    live,
    mix,
    notices,
    own_comments,
    views,
)

app_name = "web"
urlpatterns = [
    path("", views.front, name="front"),
    path("feed.xml", feeds.front, name="feed"),
    path("look.css", views.look, name="look"),
    path("favicon.svg", views.favicon, name="favicon"),
    path("wordmark.svg", views.wordmark, name="wordmark"),
    path("robots.txt", views.robots, name="robots"),
    path("newsletters/", views.newsletters, name="newsletters"),
    path("privacy/", views.privacy, name="privacy"),
    path("account/", views.account, name="account"),
    path("account/comments/", own_comments.own_comments, name="own_comments"),
    path("account/comments/mail/", own_comments.choose, name="answer_mail"),
    path("account/comments/stop/<str:link>/", own_comments.stop, name="stop_answers"),
    path("account/comments/<int:decision_id>/appeal/", own_comments.appeal, name="appeal"),
    path("notices/", notices.notice, name="notice"),
    path("notices/numbers/<int:year>/", notices.numbers, name="notice_numbers"),
    path("notices/numbers/<int:year>.csv", notices.numbers_csv, name="notice_csv"),
    path("notices/numbers/<int:year>.json", notices.numbers_json, name="notice_json"),
    path("notices/<str:link>/", notices.status, name="notice_status"),
    path("me", live.me, name="me"),
    path("new.json", live.new, name="new"),
    path("trending.json", mix.items, name="trending_items"),
    path("trending/", mix.how, name="trending"),
    path("member/<uuid:key>/", comments.member, name="member"),
    path("member/<uuid:key>/mute", comment_verbs.mute, name="mute"),
    path("<slug:section>", views.to_section, name="to_section"),
    path("<slug:section>/", views.section, name="section"),
    path("<slug:section>/feed.xml", feeds.section, name="section_feed"),
    path("<slug:section>/<slug:tail>", views.story, name="story"),
    path("<slug:section>/<slug:tail>/versions", views.versions, name="versions"),
    path("<slug:section>/<slug:tail>/now.json", live.now, name="now"),
    path("<slug:section>/<slug:tail>/comments/", comment_verbs.thread, name="comments"),
    path("<slug:section>/<slug:tail>/comments/mine.json", comments.mine, name="mine"),
    path("<slug:section>/<slug:tail>/comments/new.json", live.talk, name="talk"),
    path("<slug:section>/<slug:tail>/comments/follow", comment_verbs.follow, name="follow"),
    path("<slug:section>/<slug:tail>/comments/<int:comment_id>", comments.comment, name="comment"),
    path(
        "<slug:section>/<slug:tail>/comments/<int:comment_id>/<slug:verb>",
        comment_verbs.act,
        name="act",
    ),
    path("<path:anything>", views.not_found, name="not_found"),
]
