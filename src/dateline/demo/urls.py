"""Addresses of the mailbox, below /mailbox/ on the desk's host."""

from django.urls import path

from dateline.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<str:file>/<int:place>/", views.letter, name="letter"),
    path("<str:file>/<int:place>/html/", views.letter_html, name="letter_html"),
]
