"""Addresses of the moderators' screens on the desk, under /comments/."""

from django.urls import path

from dateline.discussion.views import (
    desk_appeals,
    desk_house,
    desk_notices,
    desk_queues,
    desk_readers,
    desk_verbs,
)

app_name = "discussion_desk"
urlpatterns = [
    path("", desk_queues.index, name="index"),
    path("<int:comment_id>/", desk_queues.comment, name="comment"),
    path("<int:comment_id>/decide/", desk_verbs.decide, name="decide"),
    path("<int:comment_id>/undo/", desk_verbs.undo, name="undo"),
    path("appeals/", desk_appeals.index, name="appeals"),
    path("appeals/<int:appeal_id>/", desk_appeals.answer, name="answer"),
    path("house/", desk_house.houses, name="houses"),
    path("house/<slug:slug>/", desk_house.house, name="house"),
    path("notices/", desk_notices.index, name="notices"),
    path("notices/<int:notice_id>/", desk_notices.decide, name="decide_notice"),
    path("people/<uuid:reader_id>/", desk_readers.reader, name="reader"),
    path("queue/<slug:name>/", desk_queues.queue, name="queue"),
    path("threads/<int:story_id>/", desk_house.thread, name="thread"),
    path("words/<slug:where>/", desk_house.words, name="words"),
]
