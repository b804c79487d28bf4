"""Addresses of the screens for standing pages on the desk, under /pages-about/."""

from django.urls import path

from dateline.standing.views import desk

app_name = "standing_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("on/<slug:slug>/messages/", desk.contact, name="contact"),
    path("on/<slug:slug>/<slug:kind>/", desk.page, name="page"),
    path("on/<slug:slug>/<slug:kind>/back/<int:number>/", desk.put_back, name="put_back"),
]
