"""Addresses of the moderators' screens on the desk, under /comments/."""

from django.urls import path

from dateline.discussion.views import desk_queues, desk_readers, desk_verbs

app_name = "discussion_desk"
urlpatterns = [
    path("", desk_queues.index, name="index"),
    path("<int:comment_id>/", desk_queues.comment, name="comment"),
    path("<int:comment_id>/decide/", desk_verbs.decide, name="decide"),
    path("<int:comment_id>/undo/", desk_verbs.undo, name="undo"),
    path("people/<uuid:reader_id>/", desk_readers.reader, name="reader"),
    path("queue/<slug:name>/", desk_queues.queue, name="queue"),
]
