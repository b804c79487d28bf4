"""Addresses of the screens for offers on the desk, under /offers/."""

from django.urls import path

from dateline.promos.views import desk, desk_preview

app_name = "offers_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("new/", desk.book, name="book"),
    path("ads-txt/", desk.ads_txt, name="ads_txt"),
    path("<int:campaign_id>/", desk.campaign, name="campaign"),
    path("<int:campaign_id>/preview/", desk_preview.preview, name="preview"),
    path("<int:campaign_id>/edit/", desk.edit, name="edit"),
    path("<int:campaign_id>/move/", desk.move, name="move"),
]
