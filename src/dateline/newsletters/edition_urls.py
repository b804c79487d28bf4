"""Addresses of the screens for letters on the desk, under /letters/."""

from django.urls import path

from dateline.newsletters.views import edition_figures, edition_sending, editions

app_name = "letters_desk"
urlpatterns = [
    path("", editions.index, name="index"),
    path("lists/<slug:slug>/recipe/", editions.recipe, name="recipe"),
    path("lists/<slug:slug>/make/", editions.make, name="make"),
    path("lists/<slug:slug>/figures/", edition_figures.of_list, name="list_figures"),
    path("lists/<slug:slug>/figures.csv", edition_figures.list_csv, name="list_figures_csv"),
    path("<int:edition_id>/", editions.edition, name="edition"),
    path("<int:edition_id>/change/", editions.change, name="change"),
    path("<int:edition_id>/preview/", edition_sending.preview, name="preview"),
    path("<int:edition_id>/letter.html", edition_sending.letter, name="letter"),
    path("<int:edition_id>/test/", edition_sending.test, name="test"),
    path("<int:edition_id>/preflight/", edition_sending.preflight, name="preflight"),
    path("<int:edition_id>/send/", edition_sending.send, name="send"),
    path("<int:edition_id>/figures/", edition_figures.edition, name="figures"),
    path("<int:edition_id>/links.csv", edition_figures.edition_csv, name="figures_csv"),
]
