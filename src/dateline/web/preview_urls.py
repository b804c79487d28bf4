"""What a preview on the desk's host needs of a masthead: its colours and its wordmark."""

from django.urls import path

from dateline.web import standing, styleguide, views

urlpatterns = [
    path("<slug:masthead>/look.css", views.preview_look),
    path("<slug:masthead>/wordmark.svg", views.preview_wordmark),
    path("<slug:masthead>/styleguide/", styleguide.styleguide),
    path("<slug:masthead>/standing/<slug:kind>/", standing.preview),
]
