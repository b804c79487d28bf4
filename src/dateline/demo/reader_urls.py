"""Addresses of the mailbox for readers, below /mailbox/ on the account host.

Patterns of their own: Wagtail wraps the desk's in its log-in, where they stand.
"""

from django.urls import path

from dateline.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<str:file>/<int:place>/", views.letter, name="letter"),
    path("<str:file>/<int:place>/html/", views.letter_html, name="letter_html"),
]
